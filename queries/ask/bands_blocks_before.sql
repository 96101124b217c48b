-- One row per index course, with how many block days were seen in the policy's look-back: 0, 1, 2, 3 or more.
select
    ruled.*,
    case when blocks_seen >= 3 then '3+' else blocks_seen::varchar end as part,
    '' as outcome,
from ruled
where is_index
