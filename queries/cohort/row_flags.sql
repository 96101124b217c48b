-- One row per staged episode and thing the cohort rules noted about it.
select
    staged_episodes.batch,
    staged_episodes.file_no,
    staged_episodes.line,
    'flag' as severity,
    'closed-provider' as rule,
    'PROCODE3' as column_name,
    episode_providers.provider_as_sent as value,
from staged_episodes
inner join episode_providers
    on staged_episodes.episode_id = episode_providers.episode_id
where episode_providers.provider <> episode_providers.organisation

union all

select
    staged_episodes.batch,
    staged_episodes.file_no,
    staged_episodes.line,
    'flag',
    'split-sub-icb',
    episode_commissioners.split_column,
    episode_commissioners.split_area,
from staged_episodes
inner join episode_commissioners
    on staged_episodes.episode_id = episode_commissioners.episode_id
where episode_commissioners.is_split

union all

select
    staged_episodes.batch,
    staged_episodes.file_no,
    staged_episodes.line,
    'flag',
    'conflicting-sites',
    'OPERTN',
    null,
from staged_episodes
inner join episode_procedures
    on staged_episodes.episode_id = episode_procedures.episode_id
where episode_procedures.has_lumbar_site and episode_procedures.has_other_spine_site

union all

-- its only days are of operations, and none of them is of the code that counts: no date can be given to it, so nothing counts it
select
    staged_episodes.batch,
    staged_episodes.file_no,
    staged_episodes.line,
    'quarantine',
    'no-usable-date',
    'OPDATE',
    null,
from staged_episodes
inner join episodes
    on staged_episodes.episode_id = episodes.episode_id
where coalesce(episodes.denervation_date, episodes.block_date) is null
