-- One row per provider: repeat courses before the minimum, and all repeat courses, as an analyst would count them.
select
    provider,
    sum(interval_months < $repeat_min_months) as early,
    count(*) as repeats,
    count(distinct patient_key) as patients
from courses
where is_repeat and staged_days = $staged_days
group by provider
