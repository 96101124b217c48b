-- One row per staging window and repeat course: the day its interval runs from, and whether the same side came back.
-- The interval runs from the latest day of the previous course that shares a side with the repeat's first denervation,
-- else from the previous course's last day.
with pairs as (
    select
        first_one.staged_days,
        first_one.person,
        first_one.course_number,
        first_one.treats_left or first_one.treats_right as has_side,
        previous.date as previous_date,
        previous.treats_left or previous.treats_right as previous_has_side,
        (first_one.treats_left and previous.treats_left) or (first_one.treats_right and previous.treats_right) as shares_side,
    from course_denervations as first_one
    inner join course_denervations as previous
        on
            first_one.staged_days = previous.staged_days
            and first_one.person = previous.person
            and first_one.course_number = previous.course_number + 1
    where first_one.place_in_course = 1
)

select
    staged_days,
    person,
    course_number,
    coalesce(max(previous_date) filter (where shares_side), max(previous_date)) as interval_from,
    max(previous_date) as previous_end,
    case
        when not has_side or not bool_or(previous_has_side) then 'unknown'
        when bool_or(shares_side) then 'same'
        else 'other'
    end as same_side,
from pairs
group by staged_days, person, course_number, has_side
