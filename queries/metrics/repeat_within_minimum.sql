-- One row per repeat course under a policy with a minimum interval: those that came before it count.
--
-- person | is_repeat | interval_months | interval_days | numerator | denominator | because ($repeat_min_months = 12)
-- Ann    | false     | -               | -             | -         | -           | her first course
-- Ann    | true      | 14              | 429           | 0         | 1           | 14 whole months later
-- Ann    | true      | 0               | 21            | 1         | 1           | 21 days later
-- Bob    | true      | 12              | 366           | 0         | 1           | to the day: the interval is reached
-- Bob    | true      | 11              | 364           | 1         | 1           | one day short of it
select
    ruled.*,
    (interval_months < repeat_min_months)::int as numerator,
    1 as denominator,
from ruled
where is_repeat and repeat_min_months is not null
