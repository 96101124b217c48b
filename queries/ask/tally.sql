-- One row per place, period, part and outcome: how many, and what the gate must know of the number.
-- Patients are at least the bits of a mask with one set for each; where those are too few to be sure, they are counted.
with cells as (
    select
        place,
        period,
        part,
        outcome,
        count(*) as number,
        sum(row_key % 5) as key,
        bit_count(bit_or(1::ubigint << (patient_key & 63))) as bits,
        bool_or(provisional) as provisional,
    from chosen
    where part is not null
    group by all
),

few as (
    select
        place,
        period,
        part,
        outcome,
    from cells
    where number >= $threshold and bits < $threshold
),

counted as (
    select
        chosen.place,
        chosen.period,
        chosen.part,
        chosen.outcome,
        count(distinct patient_key) as patients,
    from chosen
    inner join few
        on
            chosen.place = few.place
            and chosen.period = few.period
            and chosen.part = few.part
            and chosen.outcome = few.outcome
    group by all
)

select
    cells.place,
    cells.period,
    cells.part,
    cells.outcome,
    cells.number,
    coalesce(counted.patients, cells.bits) as patients,
    (cells.key % 5)::int as key,
    cells.provisional,
from cells
left join counted
    on
        cells.place = counted.place
        and cells.period = counted.period
        and cells.part = counted.part
        and cells.outcome = counted.outcome
