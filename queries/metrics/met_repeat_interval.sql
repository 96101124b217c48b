-- One row per course: those that meet repeat_interval, of those that meet it or not.
--
-- person | is_repeat | interval_months | history_months | numerator | denominator | because ($repeat_min_months = 16)
-- Ann    | true      | 16              | 60             | 1         | 1           | reached
-- Bob    | true      | 15              | 60             | 0         | 1           | not reached
-- Cat    | false     | -               | 60             | 0         | 0           | a first course with enough history
-- Dan    | false     | -               | 15             | 0         | 0           | may be a repeat of one before the data
select
    judged.*,
    (repeat_interval = 'met')::int as numerator,
    (repeat_interval in ('met', 'not_met'))::int as denominator,
from judged
