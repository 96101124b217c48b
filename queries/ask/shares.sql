-- One row per place, period and split: how many, of how many, and what the gate must know of each number.
-- Each number is released on its own patients: those it counts, those it is out of, and those of its complement.
-- A mask of 64 bits, one set for each patient, tells that there are at least as many patients as bits; only where
-- that is not yet enough are they counted, because counting all of them takes memory that few cells need.
-- A key is a sum of row keys; only its remainder by 5 is ever used. Nulls are rows of which the rule does not say whether they count.
with cells as (
    select
        place,
        period,
        split_1,
        split_2,
        sum(numerator) as numerator,
        count(*) as denominator,
        sum(row_key % 5) filter (where numerator = 1) as numerator_key,
        sum(row_key % 5) as denominator_key,
        bit_count(bit_or(1::ubigint << (patient_key & 63)) filter (where numerator = 1)) as numerator_bits,
        bit_count(bit_or(1::ubigint << (patient_key & 63))) as denominator_bits,
        bit_count(bit_or(1::ubigint << (patient_key & 63)) filter (where numerator = 0)) as complement_bits,
        bool_or(provisional) as provisional,
        count(*) filter (where numerator is null or denominator is null) as nulls,
    from chosen
    where denominator = 1 or denominator is null
    group by all
),

few as (
    select
        place,
        period,
        split_1,
        split_2,
    from cells
    where
        (numerator >= $threshold and numerator_bits < $threshold)
        or (denominator >= $threshold and denominator_bits < $threshold)
        or (denominator - numerator >= $threshold and complement_bits < $threshold)
),

counted as (
    select
        chosen.place,
        chosen.period,
        chosen.split_1,
        chosen.split_2,
        count(distinct patient_key) filter (where numerator = 1) as numerator_patients,
        count(distinct patient_key) as denominator_patients,
        count(distinct patient_key) filter (where numerator = 0) as complement_patients,
    from chosen
    inner join few
        on
            chosen.place = few.place
            and chosen.period = few.period
            and chosen.split_1 = few.split_1
            and chosen.split_2 = few.split_2
    where denominator = 1
    group by all
)

select
    cells.place,
    cells.period,
    cells.split_1,
    cells.split_2,
    cells.numerator::bigint as numerator,
    cells.denominator::bigint as denominator,
    coalesce(counted.numerator_patients, cells.numerator_bits, 0) as numerator_patients,
    coalesce(counted.denominator_patients, cells.denominator_bits) as denominator_patients,
    coalesce(counted.complement_patients, cells.complement_bits, 0) as complement_patients,
    coalesce(cells.numerator_key % 5, 0)::int as numerator_key,
    (cells.denominator_key % 5)::int as denominator_key,
    cells.provisional,
    cells.nulls,
from cells
left join counted
    on
        cells.place = counted.place
        and cells.period = counted.period
        and cells.split_1 = counted.split_1
        and cells.split_2 = counted.split_2
