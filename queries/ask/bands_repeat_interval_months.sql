-- One row per repeat course, with the band of whole months since the course before.
select
    courses.*,
    case
        when interval_months < 3 then '0-2'
        when interval_months < 6 then '3-5'
        when interval_months < 9 then '6-8'
        when interval_months < 12 then '9-11'
        when interval_months < 16 then '12-15'
        when interval_months < 20 then '16-19'
        when interval_months < 24 then '20-23'
        when interval_months < 36 then '24-35'
        else '36+'
    end as part,
    '' as outcome,
from courses
where is_repeat and staged_days = $staged_days
