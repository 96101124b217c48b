-- One row per place, period and split: how many, of how many, and what the gate must know of each number.
-- Grouped by patient first, because each number is released on its own patients: those it counts, those it is out of,
-- and those of its complement. A key is a sum of row keys; only its remainder by 5 is ever used.
with patients as (
    select
        place,
        period,
        split_1,
        split_2,
        patient_key,
        sum(numerator) as numerator,
        count(*) as denominator,
        sum(row_key % 5) filter (where numerator = 1) as numerator_key,
        sum(row_key % 5) as denominator_key,
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
    sum(numerator)::bigint as numerator,
    sum(denominator)::bigint as denominator,
    count(*) filter (where numerator > 0) as numerator_patients,
    count(*) as denominator_patients,
    count(*) filter (where denominator > numerator) as complement_patients,
    coalesce(sum(numerator_key) % 5, 0)::int as numerator_key,
    (sum(denominator_key) % 5)::int as denominator_key,
    bool_or(provisional) as provisional,
from patients
group by all
