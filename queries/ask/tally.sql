-- One row per place, period, part and outcome: how many, and what the gate must know of the number.
with patients as (
    select
        place,
        period,
        part,
        outcome,
        patient_key,
        count(*) as numerator,
        sum(row_key % 5) as key,
        bool_or(provisional) as provisional,
    from chosen
    where part is not null
    group by all
)

select
    place,
    period,
    part,
    outcome,
    sum(numerator)::bigint as number,
    count(*) as patients,
    (sum(key) % 5)::int as key,
    bool_or(provisional) as provisional,
from patients
group by all
