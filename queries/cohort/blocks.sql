-- One row per facet block: a unit (person, or spell of an unlinked person) and day with a block episode that counts.
with counted as (
    select
        episode_id,
        row_number() over (
            partition by unit, block_date
            order by started nulls last, epiorder nulls last, epikey_padded nulls last, content_key, episode_id
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
    counted.episode_id as block_id,
    episodes.person,
    episodes.patient,
    episodes.block_date as date,
    episodes.provider,
    episodes.commissioner,
    episodes.region,
    episodes.sex,
    episodes.age,
    episodes.age_band,
    episodes.setting,
    null::varchar as levels,
    null::varchar as course,
    calendar.year,
    calendar.quarter,
    calendar.month,
    calendar.provisional,
    keyed_hash('block ' || episodes.unit || ' ' || episodes.block_date) as row_key,
    keyed_hash('patient ' || episodes.patient) as patient_key,
    counted.any_lumbar_site as lumbar_site,
from counted
inner join episodes
    on counted.episode_id = episodes.episode_id
inner join calendar
    on episodes.block_date = calendar.date
where counted.place = 1
order by episodes.block_date, episodes.unit
