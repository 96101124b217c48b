-- One row per person in the deaths files: the earliest date of death given.
select
    person,
    min(try_strptime(left(death_date, 10), ['%Y-%m-%d', '%Y%m%d'])::date) as death_date,
from raw
where person is not null and try_strptime(left(death_date, 10), ['%Y-%m-%d', '%Y%m%d']) is not null
group by all
