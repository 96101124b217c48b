-- One row per course: those that meet block_before, of those that meet it or not.
--
-- person | is_repeat | blocks_before_24m | history_24m | numerator | denominator | because ($min_blocks = 2)
-- Ann    | false     | 2                 | false       | 1         | 1           | enough, even in a look-back that is cut off
-- Bob    | false     | 1                 | true        | 0         | 1           | one too few
-- Cat    | false     | 1                 | false       | 0         | 0           | the second may be before the data
-- Dan    | true      | 2                 | true        | 0         | 0           | about first courses only
select
    judged.*,
    (block_before = 'met')::int as numerator,
    (block_before in ('met', 'not_met'))::int as denominator,
from judged
