-- One row per index course, the only one of its person, with the days from its last day to what happened first, and what.
--
-- person | is_index | repeat_days | repeat_outcome | days | outcome_code | because ($staged_days = 90)
-- Ann    | true     | 200         | 1              | 200  | 1            | the next course began
-- Bob    | true     | 500         | 2              | 500  | 2            | died first
-- Cat    | true     | 730         | 0              | 730  | 0            | nothing by the end of the data
-- Dan    | false    | 200         | 1              | -    | -            | too little data before it: not an index course
select
    courses.*,
    repeat_days as days,
    repeat_outcome as outcome_code,
    true as is_first,
from courses
where is_index and staged_days = $staged_days
