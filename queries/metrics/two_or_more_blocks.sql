-- One row per index course: those with two or more block days in the policy's look-back count.
--
-- person | is_index | blocks_before_6m | blocks_before_24m | numerator | denominator | because ($block_lookback_months = 6)
-- Ann    | true     | 2                | 2                 | 1         | 1           | two within 6 months
-- Bob    | true     | 1                | 2                 | 0         | 1           | the second was earlier than the look-back
-- Cat    | false    | 2                | 2                 | -         | -           | too little data before it
select
    ruled.*,
    (blocks_seen >= 2)::int as numerator,
    1 as denominator,
from ruled
where is_index
