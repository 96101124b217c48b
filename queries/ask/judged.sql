-- One row per course, with the state of each criterion that hospital data can show, and the verdict.
-- Not seen is never not met where the care can be outside the data.
with states as (
    select
        ruled.*,
        case
            when is_repeat or min_blocks is null then 'not_applicable'
            when blocks_seen >= min_blocks then 'met'
            when history_seen then 'not_met'
            else 'not_assessable'
        end as block_before,
        case
            when repeat_min_months is null then 'not_applicable'
            when is_repeat and interval_months >= repeat_min_months then 'met'
            when is_repeat then 'not_met'
            when history_months < repeat_min_months then 'not_assessable'
            else 'not_applicable'
        end as repeat_interval,
        case
            when not is_repeat or not coalesce(repeat_needs_new_block, false) then 'not_applicable'
            when new_block_seen then 'met'
            else 'not_met'
        end as repeat_block,
        case
            when max_levels is null then 'not_applicable'
            when levels_number is null then 'not_assessable'
            when levels_number <= max_levels then 'met'
            else 'not_met'
        end as levels_within,
        case
            when is_repeat then 'not_applicable'
            when conservative_care_days > 0 then 'met'
            else 'not_assessable'
        end as conservative_care,
    from ruled
)

select
    states.*,
    case
        when 'not_met' in (block_before, repeat_interval, repeat_block, levels_within) then 'non_adherent'
        when 'met' in (block_before, repeat_interval, repeat_block, levels_within) then 'adherent'
        else 'not_assessable'
    end as verdict,
    (block_before = 'not_met')::int
    + (repeat_interval = 'not_met')::int
    + (repeat_block = 'not_met')::int
    + (levels_within = 'not_met')::int as failures,
from states
