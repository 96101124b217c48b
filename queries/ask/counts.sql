-- One row per place, period and split: how many, and what the gate must know of the number.
-- Patients are at least the bits of a mask with one set for each; where those are too few to be sure, they are counted.
-- A key is a sum of row keys; only its remainder by 5 is ever used. Nulls are rows of which the rule does not say whether they count.
with cells as (
    select
        place,
        period,
        split_1,
        split_2,
        count(numerator) as numerator,
        sum(row_key % 5) as numerator_key,
        bit_count(bit_or(1::ubigint << (patient_key & 63))) as bits,
        bool_or(provisional) as provisional,
        count(*) filter (where numerator is null or denominator is null) as nulls,
    from chosen
    where numerator = 1 or numerator is null
    group by all
),

few as (
    select
        place,
        period,
        split_1,
        split_2,
    from cells
    where numerator >= $threshold and bits < $threshold
),

counted as (
    select
        chosen.place,
        chosen.period,
        chosen.split_1,
        chosen.split_2,
        count(distinct patient_key) as patients,
    from chosen
    inner join few
        on
            chosen.place = few.place
            and chosen.period = few.period
            and chosen.split_1 = few.split_1
            and chosen.split_2 = few.split_2
    where numerator = 1
    group by all
)

select
    cells.place,
    cells.period,
    cells.split_1,
    cells.split_2,
    cells.numerator,
    coalesce(counted.patients, cells.bits) as numerator_patients,
    (cells.numerator_key % 5)::int as numerator_key,
    cells.provisional,
    cells.nulls,
from cells
left join counted
    on
        cells.place = counted.place
        and cells.period = counted.period
        and cells.split_1 = counted.split_1
        and cells.split_2 = counted.split_2
