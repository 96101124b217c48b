-- One row per staging window, person and course: its days, and the sides and levels treated in it.
select
    staged_days,
    person,
    course_number,
    min(date) as date,
    max(date) as end_date,
    count(*)::integer as denervations,
    bool_or(treats_left) as treats_left,
    bool_or(treats_right) as treats_right,
    bool_or(not treats_left and not treats_right) as side_unknown,
    max(levels_number) as levels_number,
from course_denervations
group by all
