-- One row per place, period and rule: the days it loses, the days that remain, and the patients and keys of both.
-- `reach` is the place in the order of the rule that lost the day. Patients are at least the bits of a mask with one
-- set for each; where those are too few to be sure, they are counted.
with ordered as (
    select
        place,
        period,
        patient_key,
        row_key,
        provisional,
        coalesce(stages.stage, 10) as reach,
    from chosen
    left join stages on chosen.lost_at = stages.rule
),

reached as (
    select
        place,
        period,
        reach,
        count(*) as days,
        sum(row_key % 5) as key,
        bit_or(1::ubigint << (patient_key & 63)) as mask,
        bool_or(provisional) as provisional,
    from ordered
    group by all
),

rules as (
    select
        reached.place,
        reached.period,
        stages.stage,
        stages.rule,
        coalesce(sum(days) filter (where reach = stage), 0) as lost,
        coalesce(sum(key) filter (where reach = stage) % 5, 0) as lost_key,
        coalesce(bit_count(bit_or(mask) filter (where reach = stage)), 0) as lost_bits,
        coalesce(sum(days) filter (where reach > stage), 0) as remaining,
        coalesce(sum(key) filter (where reach > stage) % 5, 0) as remaining_key,
        coalesce(bit_count(bit_or(mask) filter (where reach > stage)), 0) as remaining_bits,
        bool_or(provisional) as provisional,
    from reached
    cross join stages
    group by all
),

few as (
    select
        place,
        period,
        stage,
    from rules
    where (lost >= $threshold and lost_bits < $threshold) or (remaining >= $threshold and remaining_bits < $threshold)
),

counted as (
    select
        few.place,
        few.period,
        few.stage,
        count(distinct patient_key) filter (where reach = stage) as lost_patients,
        count(distinct patient_key) filter (where reach > stage) as remaining_patients,
    from few
    inner join ordered on few.place = ordered.place and few.period = ordered.period and few.stage <= ordered.reach
    group by all
)

select
    rules.place,
    rules.period,
    rules.stage,
    rules.rule,
    rules.lost::bigint as lost,
    coalesce(counted.lost_patients, rules.lost_bits) as lost_patients,
    rules.lost_key::int as lost_key,
    rules.remaining::bigint as remaining,
    coalesce(counted.remaining_patients, rules.remaining_bits) as remaining_patients,
    rules.remaining_key::int as remaining_key,
    rules.provisional,
from rules
left join counted
    on rules.place = counted.place and rules.period = counted.period and rules.stage = counted.stage
