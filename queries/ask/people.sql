-- One row per place, period and split: how many different known people, each of them one event with one key.
with people as (
    select
        place,
        period,
        split_1,
        split_2,
        person,
        any_value(patient_key) as patient_key,
        bool_or(provisional) as provisional,
    from chosen
    group by all
)

select
    place,
    period,
    split_1,
    split_2,
    count(person) as numerator,
    count(person) as numerator_patients,
    coalesce(sum(patient_key % 5) filter (where person is not null) % 5, 0)::int as numerator_key,
    bool_or(provisional) as provisional,
from people
group by all
