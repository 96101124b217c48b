-- One row per linked lumbar denervation, numbered in date order within the person.
select
    *,
    row_number() over (partition by person order by date) as nth,
from denervation_days
where person is not null and lumbar
