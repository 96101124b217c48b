-- One row per index course: those with a block in the 6 months before it count, whatever the policy.
--
-- person | is_index | blocks_before_6m | blocks_before_24m | numerator | denominator | because ($staged_days = 90)
-- Ann    | true     | 1                | 1                 | 1         | 1           | seen within 6 months
-- Bob    | true     | 0                | 2                 | 0         | 1           | both were earlier
-- Cat    | false    | 1                | 1                 | -         | -           | too little data before it
select
    courses.*,
    (blocks_before_6m > 0)::int as numerator,
    1 as denominator,
from courses
where is_index and staged_days = $staged_days
