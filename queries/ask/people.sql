-- One row per place, period and split: how many different people, each of them one event with one key.
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
    where denominator = 1
    group by all
)

select
    place,
    period,
    split_1,
    split_2,
    count(*) as numerator,
    count(*) as denominator,
    count(*) as numerator_patients,
    count(*) as denominator_patients,
    0 as complement_patients,
    (sum(patient_key % 5) % 5)::int as numerator_key,
    (sum(patient_key % 5) % 5)::int as denominator_key,
    bool_or(provisional) as provisional,
from people
group by all
