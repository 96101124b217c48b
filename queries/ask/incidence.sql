-- One row per place, period, split and step of time: who leaves at the step, and what the gate must know of them.
-- A step is a day, or a month that ends on the last whole day of its 30.4375 days; all that is later than the
-- horizon is one last step. `last_patients` are the patients of whom nothing remains after the step, so their
-- sum backwards is the patients at risk; `new_patients` are those whose first event it is.
with stepped as (
    select
        place,
        period,
        split_1,
        split_2,
        patient_key,
        row_key % 5 as row_key,
        provisional,
        case $step
            when 'day' then least(days, $horizon + 1)
            when 'month' then least(ceil(days / 30.4375), $horizon + 1)
        end::int as step,
        case when step <= $horizon then outcome_code else 0 end as outcome,
    from chosen
),

steps as (
    select
        place,
        period,
        split_1,
        split_2,
        step,
        count(*) as leaving,
        count(*) filter (where outcome = 1) as events,
        count(*) filter (where outcome = 2) as deaths,
        sum(row_key) as leaving_key,
        coalesce(sum(row_key) filter (where outcome = 1), 0) as event_key,
        coalesce(sum(row_key) filter (where outcome = 2), 0) as death_key,
        0 as last_patients,
        0 as new_patients,
        bool_or(provisional) as provisional,
    from stepped
    group by all
),

patients as (
    select
        place,
        period,
        split_1,
        split_2,
        patient_key,
        max(step) as last_step,
        min(step) filter (where outcome = 1) as first_event,
    from stepped
    group by all
),

ends as (
    select
        place,
        period,
        split_1,
        split_2,
        last_step as step,
        0 as leaving,
        0 as events,
        0 as deaths,
        0 as leaving_key,
        0 as event_key,
        0 as death_key,
        count(*) as last_patients,
        0 as new_patients,
        false as provisional,
    from patients
    group by all
),

firsts as (
    select
        place,
        period,
        split_1,
        split_2,
        first_event as step,
        0 as leaving,
        0 as events,
        0 as deaths,
        0 as leaving_key,
        0 as event_key,
        0 as death_key,
        0 as last_patients,
        count(*) as new_patients,
        false as provisional,
    from patients
    where first_event is not null
    group by all
),

together as (
    select * from steps
    union all
    select * from ends
    union all
    select * from firsts
)

select
    place,
    period,
    split_1,
    split_2,
    step,
    sum(leaving)::bigint as leaving,
    sum(events)::bigint as events,
    sum(deaths)::bigint as deaths,
    (sum(leaving_key) % 5)::int as leaving_key,
    (sum(event_key) % 5)::int as event_key,
    (sum(death_key) % 5)::int as death_key,
    sum(last_patients)::bigint as last_patients,
    sum(new_patients)::bigint as new_patients,
    bool_or(provisional) as provisional,
from together
group by all
order by all
