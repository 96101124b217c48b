-- One row per denervation that qualifies for `broad`, with the flags of the narrower cohorts.
-- `course` is first or repeat at the reference staging window (90 days); empty where the denervation is in no course.
select
    row_number() over (order by days.unit, days.date) as denervation_id,
    days.person,
    days.patient,
    days.date,
    days.provider,
    days.commissioner,
    days.region,
    days.sex,
    days.age,
    days.age_band,
    days.setting,
    case days.levels_number when 1 then '1' when 2 then '2' when 3 then '3+' end as levels,
    case when course_denervations.course_number = 1 then 'first' when course_denervations.course_number > 1 then 'repeat' end as course,
    calendar.year,
    calendar.quarter,
    calendar.month,
    calendar.provisional,
    keyed_hash('denervation ' || days.unit || ' ' || days.date) as row_key,
    keyed_hash('patient ' || days.patient) as patient_key,
    days.lumbar,
    true as broad,
    days.ebi,
    case
        when days.treats_left and days.treats_right then 'both'
        when days.treats_left then 'left'
        when days.treats_right then 'right'
        else 'unknown'
    end as sides,
    days.image_control,
    days.episodes,
    days.spells,
    days.code_mentions,
from denervation_days as days
inner join calendar
    on days.date = calendar.date
left join course_denervations
    on
        course_denervations.staged_days = 90
        and days.person = course_denervations.person
        and days.date = course_denervations.date
order by days.date, days.unit
