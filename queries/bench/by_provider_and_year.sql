-- One row per provider and year: lumbar denervations and patients, as an analyst would count them.
select
    provider,
    year,
    count(*) as denervations,
    count(distinct patient_key) as patients
from denervations
where lumbar
group by
    provider,
    year
