-- One row per course, with the highest number of levels coded in it.
select
    courses.*,
    coalesce(levels, 'unknown') as part,
    '' as outcome,
from courses
where staged_days = $staged_days
