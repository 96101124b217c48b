-- One row per place, period and number of events per person (1, 2, 3 or more): people, and the key of the number.
with people as (
    select
        place,
        period,
        person,
        case when person is null then denervation_id end as unlinked,
        least(count(*), 3) as part,
        any_value(patient_key) as patient_key,
    from chosen
    group by all
)

select
    place,
    period,
    part,
    count(*) as number,
    count(distinct patient_key) as patients,
    (sum(patient_key % 5) % 5)::int as key,
from people
group by all
