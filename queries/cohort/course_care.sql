-- One row per staging window, person and first course: the outpatient days of conservative care in the 24 months before it.
select
    course_days.staged_days,
    course_days.person,
    count(distinct staged_attendances.seen_on) as conservative_care_days,
from course_days
inner join staged_attendances
    on
        course_days.person = staged_attendances.person
        and staged_attendances.seen_on < course_days.date
        and staged_attendances.seen_on >= course_days.date - interval 24 month
where course_days.course_number = 1
group by all
