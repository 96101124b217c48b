-- One row per person and financial year with a discharge as dead (DISMETH 4): the earliest such day.
select
    financial_year,
    person,
    min(coalesce(discharged, ended)) as death_date,
from kept_rows
where dismeth = '4' and person is not null and coalesce(discharged, ended) is not null
group by all
