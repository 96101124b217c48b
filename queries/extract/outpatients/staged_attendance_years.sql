-- One row per financial year of outpatient appointments in the files: a newer file of a year replaces that year.
select
    year(try_strptime(left(apptdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date - interval 3 month) as financial_year,
    count(*) as rows_kept,
    max(try_strptime(left(apptdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date) as last_end,
from raw
where try_strptime(left(apptdate, 10), ['%Y-%m-%d', '%Y%m%d']) is not null
group by all
