-- One row per course of the chosen staging; days since the last block are of one in the 24 months before.
select
    *,
    date as start,
    end_date as "end",
from courses
where staged_days = $staged_days
