-- One row per staging window (42, 90, 180 days) and linked lumbar denervation: the course it belongs to.
-- A denervation joins the open course when it is within the window of that course's first day and treats no side already treated.
with recursive steps as (
    select
        stops.staged_days,
        ordered_denervations.person,
        ordered_denervations.nth,
        ordered_denervations.date,
        1 as course_number,
        ordered_denervations.date as course_start,
        ordered_denervations.treats_left as left_treated,
        ordered_denervations.treats_right as right_treated,
    from ordered_denervations
    cross join (select unnest([42, 90, 180])::smallint as staged_days) as stops
    where ordered_denervations.nth = 1

    union all

    select
        judged.staged_days,
        judged.person,
        judged.nth,
        judged.date,
        judged.course_number + case when judged.joins then 0 else 1 end,
        case when judged.joins then judged.course_start else judged.date end,
        judged.treats_left or (judged.joins and judged.left_treated),
        judged.treats_right or (judged.joins and judged.right_treated),
    from (
        select
            steps.staged_days,
            steps.person,
            steps.course_number,
            steps.course_start,
            steps.left_treated,
            steps.right_treated,
            next_one.nth,
            next_one.date,
            next_one.treats_left,
            next_one.treats_right,
            next_one.date - steps.course_start <= steps.staged_days
            and not (next_one.treats_left and steps.left_treated)
            and not (next_one.treats_right and steps.right_treated) as joins,
        from steps
        inner join ordered_denervations as next_one
            on steps.person = next_one.person and next_one.nth = steps.nth + 1
    ) as judged
)

select
    staged_days,
    person,
    nth,
    course_number,
from steps
