-- One row per course and criterion, in the order of the policy: the state, the value seen and the threshold.
select
    person,
    course_number,
    date as start,
    provider,
    criterion,
    state,
    value,
    threshold,
    place_in_order,
    commissioner,
    region,
    year,
from criteria
