-- One row per place, period and thing that denervations are counted as: how many, and what the gate must know of the number.
-- Each is a whole of its own, no part of another, so its outcome is its name; all are of the same patients, who are at least the bits
-- of a mask with one set for each; where those are too few to be sure, they are counted.
with cells as (
    select
        place,
        period,
        count(*) as denervations,
        sum(spells) as spells,
        sum(episodes) as episodes,
        sum(code_mentions) as code_mentions,
        sum(row_key % 5) as denervations_key,
        sum((row_key % 5) * spells) as spells_key,
        sum((row_key % 5) * episodes) as episodes_key,
        sum((row_key % 5) * code_mentions) as code_mentions_key,
        bit_count(bit_or(1::ubigint << (patient_key & 63))) as bits,
        bool_or(provisional) as provisional,
    from chosen
    where numerator = 1
    group by all
),

few as (
    select
        place,
        period,
    from cells
    where denervations >= $threshold and bits < $threshold
),

counted as (
    select
        chosen.place,
        chosen.period,
        count(distinct patient_key) as patients,
    from chosen
    inner join few
        on chosen.place = few.place and chosen.period = few.period
    where numerator = 1
    group by all
),

listed as (
    select
        cells.place,
        cells.period,
        coalesce(counted.patients, cells.bits) as patients,
        cells.provisional,
        unnest([
            {'part': 'denervations', 'number': denervations, 'key': denervations_key},
            {'part': 'spells', 'number': spells, 'key': spells_key},
            {'part': 'episodes', 'number': episodes, 'key': episodes_key},
            {'part': 'code_mentions', 'number': code_mentions, 'key': code_mentions_key}
        ]) as told,
    from cells
    left join counted
        on cells.place = counted.place and cells.period = counted.period
)

select
    place,
    period,
    told.part,
    told.part as outcome,
    told.number::bigint as number,
    patients,
    (told.key % 5)::int as key,
    provisional,
from listed
