-- One row per episode with a relevant code: what its procedure codes say, wherever they stand.
-- V48.7, V48.8 and V48.9 do not name a level of the spine: they count only beside a lumbar site code.
with facts as (
    select
        episode_id,
        bool_or(list = 'lumbar_site') as has_lumbar_site,
        bool_or(list = 'other_spine_site') as has_other_spine_site,
        bool_or(list = 'side_left' or list = 'side_both') as treats_left,
        bool_or(list = 'side_right' or list = 'side_both') as treats_right,
        max(case list when 'levels_one' then 1 when 'levels_two' then 2 when 'levels_three_plus' then 3 end) as levels_number,
        bool_or(list = 'image_control') as image_control,
        bool_or(list = 'ebi_position' and position = 1) as has_ebi_position,
        bool_or(list = 'ebi_site') as has_ebi_site,
        min(position) filter (where list = 'facet_block') as block_position,
    from episode_codes
    group by all
),

denervations as (
    select
        episode_codes.episode_id,
        min(episode_codes.position) as broad_position,
        bool_or(episode_codes.list in ('rfd_lumbar', 'rfd_unspecified_level')) as is_lumbar,
        count(distinct episode_codes.position) as code_mentions,
    from episode_codes
    inner join facts
        on episode_codes.episode_id = facts.episode_id
    where
        episode_codes.list in ('rfd_lumbar', 'rfd_broad')
        or (episode_codes.list in ('rfd_unspecified_level', 'rfd_broad_with_site') and facts.has_lumbar_site)
    group by all
)

select
    facts.*,
    denervations.broad_position,
    coalesce(denervations.is_lumbar, false) as is_lumbar,
    coalesce(denervations.code_mentions, 0) as code_mentions,
    facts.block_position is not null and (facts.has_lumbar_site or not facts.has_other_spine_site) as is_block,
from facts
left join denervations
    on facts.episode_id = denervations.episode_id
