-- One row per place, period, criterion and state: how many courses, and what the gate must know of the number.
-- `any` is the verdict: met is adherent, not met is non-adherent.
with courses_by_mask as (
    select
        place,
        period,
        mask::bigint as mask,
        count(*) as number,
        sum(row_key % 5) as key,
        bool_or(provisional) as provisional,
    from chosen
    group by all
),

patient_masks as (
    select
        place,
        period,
        patient_key,
        bit_or(mask::bigint) as mask,
    from chosen
    group by all
),

patients_by_mask as (
    select
        place,
        period,
        mask,
        count(*) as patients,
    from patient_masks
    group by all
),

numbers as (
    select
        place,
        period,
        part,
        outcome,
        sum(number) as number,
        sum(key) % 5 as key,
    from courses_by_mask
    inner join reason_bits on (courses_by_mask.mask >> bit) % 2 = 1
    group by all
),

people as (
    select
        place,
        period,
        part,
        outcome,
        sum(patients) as patients,
    from patients_by_mask
    inner join reason_bits on (patients_by_mask.mask >> bit) % 2 = 1
    group by all
),

places as (
    select
        place,
        period,
        bool_or(provisional) as provisional,
    from courses_by_mask
    group by all
)

select
    numbers.place,
    numbers.period,
    numbers.part,
    numbers.outcome,
    numbers.number::bigint as number,
    people.patients::bigint as patients,
    numbers.key::int as key,
    places.provisional,
from numbers
inner join people
    on
        numbers.place = people.place
        and numbers.period = people.period
        and numbers.part = people.part
        and numbers.outcome = people.outcome
inner join places on numbers.place = places.place and numbers.period = places.period
