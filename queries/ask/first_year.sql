-- One row per index block and stage: what came of it within 12 months, the block itself first, then a second block.
-- An index block without a year of data after it, alive, and without an outcome in that year, is still waiting.
with outcomes as (
    select
        index_blocks.* exclude (outcome),
        blocks_365 >= 2 as second_block,
        case
            when outcome = 'rfd' and days <= 365 then 'rfd'
            when outcome = 'death' and days <= 365 then 'death'
            when followed_12m then 'neither'
            else 'still_waiting'
        end as result,
    from index_blocks
)

select
    outcomes.*,
    'index_block' as part,
    case when second_block then 'second_block' else result end as outcome,
from outcomes
union all
select
    outcomes.*,
    'second_block' as part,
    result as outcome,
from outcomes
where second_block
