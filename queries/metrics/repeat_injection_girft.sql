-- One row per person's first index block with 365 days of follow-up, alive: those with repeat injections count.
--
-- person | is_first | followed_365 | blocks_180 | blocks_365 | numerator | denominator | because
-- Ann    | true     | true         | 2          | 2          | 1         | 1           | a second block day within 180 days
-- Bob    | true     | true         | 1          | 3          | 1         | 1           | a third within 365
-- Cat    | true     | true         | 1          | 2          | 0         | 1           | the second came after 180 days
-- Cat    | false    | true         | 2          | 2          | -         | -           | only the first index block of a person
-- Dan    | true     | false        | 2          | 2          | -         | -           | not followed for 365 days
select
    index_blocks.*,
    (blocks_180 >= 2 or blocks_365 >= 3)::int as numerator,
    1 as denominator,
from index_blocks
where is_first and followed_365
