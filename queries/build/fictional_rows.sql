-- One row per version: how many episodes belong to providers that are invented, which makes a version synthetic, and how many to real
-- ones, in files that do not call themselves artificial.
select
    count(*) filter (where providers.fictional) as invented,
    count(*) filter (where not providers.fictional and providers.sector <> 'unknown' and not batch_files.synthetic) as real,
from staged_episodes
inner join batch_files
    on staged_episodes.batch = batch_files.batch and staged_episodes.file_no = batch_files.file_no
inner join episode_providers
    on staged_episodes.episode_id = episode_providers.episode_id
inner join providers
    on episode_providers.provider = providers.code
