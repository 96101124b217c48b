-- One row per unit and day that qualifies for `broad`, counted or not, with the rule that loses it (null: it reaches `ebi`).
-- The reason is the first of age, emergency, private, cancer that leaves no episode; then the first rule of lumbar and EBI 2K.
with judged as (
    select
        unit,
        date,
        bool_or(passes_age) as left_by_age,
        bool_or(passes_age and passes_emergency) as left_by_emergency,
        bool_or(passes_age and passes_emergency and passes_private) as left_by_private,
        bool_or(counts) as left_by_cancer,
        bool_or(counts and is_lumbar) as left_by_lumbar,
        bool_or(counts and is_lumbar and has_ebi_position) as left_by_position,
        bool_or(counts and is_lumbar and reaches_ebi_site) as left_by_site,
        bool_or(counts and is_lumbar and is_ebi) as left_by_diagnosis,
    from day_episodes
    group by all
)

select
    first_episode.person,
    first_episode.patient,
    first_episode.date,
    first_episode.provider,
    first_episode.commissioner,
    first_episode.region,
    first_episode.sex,
    first_episode.age,
    first_episode.age_band,
    first_episode.setting,
    case first_episode.levels_number when 1 then '1' when 2 then '2' when 3 then '3+' end as levels,
    null::varchar as course,
    calendar.year,
    calendar.quarter,
    calendar.month,
    calendar.provisional,
    -- a day that is counted is its denervation: one key, or the two answers would be two draws of one number
    keyed_hash('denervation ' || first_episode.unit || ' ' || first_episode.date) as row_key,
    keyed_hash('patient ' || first_episode.patient) as patient_key,
    case
        when not judged.left_by_age then 'age'
        when not judged.left_by_emergency then 'emergency'
        when not judged.left_by_private then 'private'
        when not judged.left_by_cancer then 'cancer'
        when not judged.left_by_lumbar then 'lumbar'
        when not judged.left_by_position then 'ebi_position'
        when not judged.left_by_site then 'ebi_site'
        when not judged.left_by_diagnosis then 'ebi_diagnosis'
    end as lost_at,
from judged
-- the earliest episode that counts speaks for the day; where none does, the earliest
inner join day_episodes as first_episode
    on judged.unit = first_episode.unit and judged.date = first_episode.date and first_episode.place = 1
inner join calendar
    on judged.date = calendar.date
