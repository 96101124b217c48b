-- One row per course of the chosen staging. Days since the last block are told where it lies in the 24 months before.
select
    courses.* replace (case when blocks_before_24m > 0 then days_since_block end as days_since_block),
    date as start,
    end_date as "end",
from courses
where staged_days = $staged_days
