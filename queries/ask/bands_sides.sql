-- One row per repeat course with its side against the course before, and one per course staged over several days.
select
    courses.*,
    same_side as part,
    '' as outcome,
from courses
where is_repeat and staged_days = $staged_days

union all

select
    courses.*,
    'staged' as part,
    '' as outcome,
from courses
where denervations > 1 and staged_days = $staged_days
