-- One row per course of the chosen staging, with the policy it is judged by and what was seen in that policy's look-back.
-- A chosen policy judges every course; `local` is the commissioner's own on the course's first day, else the reference.
select
    courses.*,
    thresholds.policy,
    thresholds.min_blocks,
    thresholds.block_lookback_months,
    thresholds.repeat_min_months,
    thresholds.repeat_needs_new_block,
    thresholds.max_levels,
    case thresholds.block_lookback_months
        when 6 then courses.blocks_before_6m
        when 12 then courses.blocks_before_12m
        when 24 then courses.blocks_before_24m
    end as blocks_seen,
    case thresholds.block_lookback_months
        when 6 then courses.history_6m
        when 12 then courses.history_12m
        when 24 then courses.history_24m
    end as history_seen,
    case thresholds.block_lookback_months
        when 6 then courses.new_block_6m
        when 12 then courses.new_block_12m
        when 24 then courses.new_block_24m
    end as new_block_seen,
from courses
left join in_force
    on
        $policy = 'local'
        and courses.commissioner = in_force.commissioner
        and courses.date >= in_force.from_day
        and courses.date < in_force.until_day
inner join thresholds
    on thresholds.policy = case when $policy = 'local' then coalesce(in_force.policy, 'reference') else $policy end
where courses.staged_days = $staged_days
