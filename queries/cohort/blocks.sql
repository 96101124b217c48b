-- One row per facet block: a unit (person, or spell of an unlinked person) and day with a block episode that counts.
with counted as (
    select
        *,
        row_number() over (
            partition by unit, block_date
            order by started nulls last, epiorder nulls last, epikey_padded nulls last, episode_id
        ) as place,
        bool_or(has_lumbar_site) over (partition by unit, block_date) as any_lumbar_site,
    from episodes
    where
        is_block
        and passes_age
        and passes_emergency
        and passes_private
        and passes_cancer
        and block_date <= $data_end
)

select
    row_number() over (order by counted.unit, counted.block_date) as block_id,
    counted.person,
    counted.patient,
    counted.block_date as date,
    counted.provider,
    counted.commissioner,
    counted.region,
    counted.sex,
    counted.age,
    counted.age_band,
    counted.setting,
    null::varchar as levels,
    null::varchar as course,
    calendar.year,
    calendar.quarter,
    calendar.month,
    calendar.provisional,
    keyed_hash('block ' || counted.unit || ' ' || counted.block_date) as row_key,
    keyed_hash('patient ' || counted.patient) as patient_key,
    counted.any_lumbar_site as lumbar_site,
from counted
inner join calendar
    on counted.block_date = calendar.date
where counted.place = 1
order by counted.block_date, counted.unit
