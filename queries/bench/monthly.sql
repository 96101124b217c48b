-- One row per month: lumbar denervations and patients, as an analyst would count them.
select
    month,
    count(*) as denervations,
    count(distinct patient_key) as patients
from denervations
where lumbar
group by month
