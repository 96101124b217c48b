-- One row per financial year of outpatient appointments in the files: a newer file of a year replaces that year.
select
    year(seen_on - interval 3 month) as financial_year,
    count(*) as rows_kept,
    max(seen_on) as last_end,
from dated_appointments
where seen_on <= $today
group by all
