-- One row per person in the deaths files: the earliest date of death given, to the person or through a bridge of record numbers.
with of_people as (
    select
        person,
        died,
    from dated_deaths
    where person is not null

    union all

    select
        bridge.person,
        deaths.died,
    from dated_deaths as bridge
    inner join dated_deaths as deaths
        on bridge.record = deaths.record
    where
        bridge.person is not null
        and bridge.sent is null
        -- a match that its makers do not use is none
        and upper(coalesce(bridge.used, '1')) in ('1', 'Y', 'TRUE')
        and deaths.person is null
)

select
    person,
    min(died) as death_date,
from of_people
where died <= $today
group by all
