-- One row per place, period and split: how many different known people, each of them one event with one key.
-- Where all are unknown there is nobody to count, and no cell.
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
    where person is not null
    group by all
)

select
    place,
    period,
    split_1,
    split_2,
    count(*) as numerator,
    count(*) as numerator_patients,
    (sum(patient_key % 5) % 5)::int as numerator_key,
    bool_or(provisional) as provisional,
from people
group by all
