-- One row per place, period and rule: the days it loses, the days that remain, and the patients and keys of both.
-- `reach` is the place in the order of the rule that lost the day; a patient remains after a rule when
-- any of that patient's days reaches further.
with ordered as (
    select
        place,
        period,
        patient_key,
        row_key % 5 as row_key,
        provisional,
        coalesce(stages.stage, 10) as reach,
    from chosen
    left join stages on chosen.lost_at = stages.rule
),

lost as (
    select
        place,
        period,
        reach,
        count(*) as lost,
        count(distinct patient_key) as lost_patients,
        sum(row_key) as lost_key,
        bool_or(provisional) as provisional,
    from ordered
    group by all
),

furthest as (
    select
        place,
        period,
        patient_key,
        max(reach) as reach,
    from ordered
    group by all
),

reached as (
    select
        place,
        period,
        reach,
        count(*) as patients,
    from furthest
    group by all
),

places as (
    select
        place,
        period,
        bool_or(provisional) as provisional,
    from lost
    group by all
),

remaining as (
    select
        lost.place,
        lost.period,
        stages.stage,
        sum(lost.lost) filter (where lost.reach > stages.stage) as remaining,
        sum(lost.lost_key) filter (where lost.reach > stages.stage) as remaining_key,
    from lost
    cross join stages
    group by all
),

remaining_people as (
    select
        reached.place,
        reached.period,
        stages.stage,
        sum(reached.patients) filter (where reached.reach > stages.stage) as patients,
    from reached
    cross join stages
    group by all
)

select
    places.place,
    places.period,
    stages.stage,
    stages.rule,
    coalesce(lost.lost, 0) as lost,
    coalesce(lost.lost_patients, 0) as lost_patients,
    coalesce(lost.lost_key % 5, 0)::int as lost_key,
    coalesce(remaining.remaining, 0)::bigint as remaining,
    coalesce(remaining_people.patients, 0)::bigint as remaining_patients,
    coalesce(remaining.remaining_key % 5, 0)::int as remaining_key,
    places.provisional,
from places
cross join stages
left join lost
    on places.place = lost.place and places.period = lost.period and stages.stage = lost.reach
left join remaining
    on places.place = remaining.place and places.period = remaining.period and stages.stage = remaining.stage
left join remaining_people
    on
        places.place = remaining_people.place
        and places.period = remaining_people.period
        and stages.stage = remaining_people.stage
