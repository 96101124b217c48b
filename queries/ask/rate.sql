-- One row per place, period, sex, age stratum and number of events per person: how many people have exactly that many.
-- Someone without a person key is a person with one event.
with strata as (
    select distinct
        age_from,
        age_to,
    from population
),

people as (
    select
        place,
        period,
        sex,
        strata.age_from,
        person,
        case when person is null then denervation_id end as unlinked,
        count(*) as events,
        bool_or(provisional) as provisional,
    from chosen
    inner join strata on chosen.age between strata.age_from and strata.age_to
    group by all
)

select
    place,
    period,
    sex,
    age_from,
    events,
    count(*) as people,
    bool_or(provisional) as provisional,
from people
group by all
