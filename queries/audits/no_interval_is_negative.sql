-- One row per course whose interval or follow-up runs backwards. There must be none.
select course_id
from courses
where interval_days <= 0 or repeat_days < 0 or end_date < date or end_date - date > staged_days
