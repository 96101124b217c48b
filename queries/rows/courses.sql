-- One row per course of the chosen staging. Days since the last block are told where it lies in the 24 months before.
select
    person,
    course_number,
    date as start,
    end_date as "end",
    provider,
    commissioner,
    sides,
    denervations,
    is_index,
    is_repeat,
    interval_days,
    interval_months,
    same_side,
    side_unknown,
    blocks_before_24m,
    case when blocks_before_24m > 0 then days_since_block end as days_since_block,
    region,
    year,
from courses
where staged_days = $staged_days
