-- One row per place, period, criterion and state: how many courses, and what the gate must know of the number.
-- `any` is the verdict: met is adherent, not met is non-adherent. Patients are at least the bits of a mask with one
-- set for each; where those are too few to be sure, they are counted.
with combinations as (
    select
        place,
        period,
        mask::bigint as mask,
        count(*) as number,
        sum(row_key % 5) as key,
        bit_or(1::ubigint << (patient_key & 63)) as patient_mask,
        bool_or(provisional) as provisional,
    from chosen
    group by all
),

numbers as (
    select
        place,
        period,
        bit,
        part,
        outcome,
        sum(number) as number,
        sum(key) as key,
        bit_count(bit_or(patient_mask)) as bits,
        bool_or(provisional) as provisional,
    from combinations
    inner join reason_bits on (combinations.mask >> bit) % 2 = 1
    group by all
),

few as (
    select
        place,
        period,
        bit,
    from numbers
    where number >= $threshold and bits < $threshold
),

counted as (
    select
        few.place,
        few.period,
        few.bit,
        count(distinct patient_key) as patients,
    from few
    inner join chosen
        on
            few.place = chosen.place
            and few.period = chosen.period
            and (chosen.mask::bigint >> few.bit) % 2 = 1
    group by all
)

select
    numbers.place,
    numbers.period,
    numbers.part,
    numbers.outcome,
    numbers.number::bigint as number,
    coalesce(counted.patients, numbers.bits) as patients,
    (numbers.key % 5)::int as key,
    numbers.provisional,
from numbers
left join counted
    on numbers.place = counted.place and numbers.period = counted.period and numbers.bit = counted.bit
