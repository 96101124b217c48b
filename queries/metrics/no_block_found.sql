-- One row per index course: those with no block found in the policy's look-back, in the data supplied, count.
--
-- person | is_index | blocks_before_6m | blocks_before_24m | numerator | denominator | because ($block_lookback_months = 24)
-- Ann    | false    | 0                | 0                 | -         | -           | too little data before it
-- Bob    | true     | 0                | 1                 | 0         | 1           | found, within 24 months
-- Cat    | true     | 0                | 0                 | 1         | 1           | none found
select
    ruled.*,
    (blocks_seen = 0)::int as numerator,
    1 as denominator,
from ruled
where is_index
