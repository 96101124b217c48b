-- One row per staging window, person and course: the facet block days seen before it, and those since the previous course.
-- A look-back of m months before day D takes D − m months ≤ block < D: the same day is never before.
select
    course_days.staged_days,
    course_days.person,
    course_days.course_number,
    count(*) filter (where block_days.date >= course_days.date - interval 6 month) as blocks_before_6m,
    count(*) filter (where block_days.date >= course_days.date - interval 12 month) as blocks_before_12m,
    count(*) filter (where block_days.date >= course_days.date - interval 24 month) as blocks_before_24m,
    course_days.date - max(block_days.date) filter (
        where block_days.date >= course_days.date - interval 24 month
    ) as days_since_block,
    coalesce(bool_or(
        block_days.date > course_intervals.previous_end and block_days.date >= course_days.date - interval 6 month
    ), false) as new_block_6m,
    coalesce(bool_or(
        block_days.date > course_intervals.previous_end and block_days.date >= course_days.date - interval 12 month
    ), false) as new_block_12m,
    coalesce(bool_or(
        block_days.date > course_intervals.previous_end and block_days.date >= course_days.date - interval 24 month
    ), false) as new_block_24m,
from course_days
left join course_intervals
    on
        course_days.staged_days = course_intervals.staged_days
        and course_days.person = course_intervals.person
        and course_days.course_number = course_intervals.course_number
left join block_days
    on course_days.person = block_days.person and block_days.date < course_days.date
group by course_days.staged_days, course_days.person, course_days.course_number, course_days.date
