-- One row per staging window and linked lumbar denervation, with the course it belongs to and its place in that course.
select
    course_steps.staged_days,
    course_steps.course_number,
    ordered_denervations.*,
    row_number() over (
        partition by course_steps.staged_days, course_steps.person, course_steps.course_number
        order by course_steps.nth
    ) as place_in_course,
from course_steps
inner join ordered_denervations
    on course_steps.person = ordered_denervations.person and course_steps.nth = ordered_denervations.nth
