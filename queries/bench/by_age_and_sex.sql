-- One row per age band and sex: lumbar denervations and patients, as an analyst would count them.
select
    age_band,
    sex,
    count(*) as denervations,
    count(distinct patient_key) as patients
from denervations
where lumbar
group by
    age_band,
    sex
