-- One row per staging window (42, 90, 180 days), person and course, with every fact a question or a policy may need.
with followed as (
    select
        *,
        lead(date) over (partition by staged_days, person order by course_number) as next_date,
    from course_days
),

measured as (
    select
        followed.*,
        course_intervals.same_side,
        course_intervals.interval_from,
        deaths.death_date,
        -- whole calendar months reached: an interval has reached m months when the day is on or after from + m months, month ends clamped
        datediff('month', course_intervals.interval_from, followed.date)
        - case
            when
                course_intervals.interval_from
                + to_months(datediff('month', course_intervals.interval_from, followed.date)) > followed.date
                then 1
            else 0
        end as interval_months,
        datediff('month', $data_start, followed.date)
        - case
            when $data_start + to_months(datediff('month', $data_start, followed.date)) > followed.date then 1
            else 0
        end as history_months,
    from followed
    left join course_intervals
        on
            followed.staged_days = course_intervals.staged_days
            and followed.person = course_intervals.person
            and followed.course_number = course_intervals.course_number
    left join deaths
        on followed.person = deaths.person
)

select
    measured.staged_days,
    row_number() over (order by measured.staged_days, measured.person, measured.course_number) as course_id,
    measured.person,
    measured.person as patient,
    measured.course_number,
    measured.date,
    measured.end_date,
    first_one.provider,
    first_one.commissioner,
    first_one.region,
    first_one.sex,
    first_one.age,
    first_one.age_band,
    first_one.setting,
    case measured.levels_number when 1 then '1' when 2 then '2' when 3 then '3+' end as levels,
    measured.levels_number,
    case when measured.course_number = 1 then 'first' else 'repeat' end as course,
    calendar.year,
    calendar.quarter,
    calendar.month,
    calendar.provisional,
    keyed_hash('course ' || measured.person || ' ' || measured.date) as row_key,
    keyed_hash('patient ' || measured.person) as patient_key,
    measured.denervations,
    case
        when measured.treats_left and measured.treats_right then 'both'
        when measured.treats_left then 'left'
        when measured.treats_right then 'right'
        else 'unknown'
    end as sides,
    measured.course_number = 1 and measured.date - interval 24 month >= $data_start as is_index,
    measured.course_number > 1 as is_repeat,
    (measured.date - measured.interval_from)::int as interval_days,
    measured.interval_months,
    measured.same_side,
    measured.side_unknown,
    measured.history_months,
    course_blocks.blocks_before_6m,
    course_blocks.blocks_before_12m,
    course_blocks.blocks_before_24m,
    course_blocks.days_since_block,
    course_blocks.new_block_6m,
    course_blocks.new_block_12m,
    course_blocks.new_block_24m,
    measured.date - interval 6 month >= $data_start as history_6m,
    measured.date - interval 12 month >= $data_start as history_12m,
    measured.date - interval 24 month >= $data_start as history_24m,
    coalesce(course_care.conservative_care_days, 0) as conservative_care_days,
    -- time to repeat runs from the course's last day; a treatment on the day of a death comes first
    greatest(0, least(measured.next_date, measured.death_date, $data_end) - measured.end_date) as repeat_days,
    case
        when measured.next_date <= coalesce(measured.death_date, measured.next_date) then 1
        when measured.death_date is not null then 2
        else 0
    end::smallint as repeat_outcome,
from measured
inner join course_denervations as first_one
    on
        measured.staged_days = first_one.staged_days
        and measured.person = first_one.person
        and measured.course_number = first_one.course_number
        and first_one.place_in_course = 1
inner join course_blocks
    on
        measured.staged_days = course_blocks.staged_days
        and measured.person = course_blocks.person
        and measured.course_number = course_blocks.course_number
left join course_care
    on
        measured.staged_days = course_care.staged_days
        and measured.person = course_care.person
        and measured.course_number = 1
inner join calendar
    on measured.date = calendar.date
order by measured.staged_days, measured.date, measured.person
