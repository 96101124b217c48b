-- One row per place, period, split and step of time: who leaves at the step, and what the gate must know of them.
-- A step is a day, or a month that ends on the last whole day of its 30.4375 days; all that is later than the
-- horizon is one last step. Patients of any run of steps are at least the bits of its masks taken together, and
-- at least the rows that are the first of their patient.
with stepped as (
    select
        place,
        period,
        split_1,
        split_2,
        patient_key,
        row_key,
        is_first,
        provisional,
        case $step
            when 'day' then least(days, $horizon + 1)
            when 'month' then least(ceil(days / 30.4375), $horizon + 1)
        end::int as step,
        case when step <= $horizon then outcome_code else 0 end as result,
    from chosen
)

select
    place,
    period,
    split_1,
    split_2,
    step,
    count(*) as leaving,
    count(*) filter (where result = 1) as events,
    count(*) filter (where result = 2) as deaths,
    (sum(row_key % 5) % 5)::int as leaving_key,
    coalesce(sum(row_key % 5) filter (where result = 1) % 5, 0)::int as event_key,
    coalesce(sum(row_key % 5) filter (where result = 2) % 5, 0)::int as death_key,
    count(*) filter (where is_first and result <> 1) as other_firsts,
    count(*) filter (where is_first and result = 1) as event_firsts,
    coalesce(bit_or(1::ubigint << (patient_key & 63)) filter (where result <> 1), 0) as other_mask,
    coalesce(bit_or(1::ubigint << (patient_key & 63)) filter (where result = 1), 0) as event_mask,
    bool_or(provisional) as provisional,
from stepped
group by all
