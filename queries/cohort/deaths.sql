-- One row per person known to have died by the end of the data: the earliest of a discharge as dead and the deaths file.
select
    person,
    min(death_date) as death_date,
from (
    select
        person,
        death_date,
    from staged_deaths

    union all

    select
        person,
        death_date,
    from staged_deaths_file
)
where death_date is not null
group by all
having min(death_date) <= $data_end
