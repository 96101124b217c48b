-- One row per person and day seen in outpatients (ATTENDED 5 or 6) under a specialty that counts as conservative care.
select distinct
    year(dated_appointments.seen_on - interval 3 month) as financial_year,
    dated_appointments.person,
    dated_appointments.seen_on,
from dated_appointments
inner join codelists
    on codelists.list = 'conservative_care_specialty' and dated_appointments.tretspef = codelists.code
where
    dated_appointments.person is not null
    and dated_appointments.seen_on <= $today
    and dated_appointments.attended in ('5', '6')
