-- One row per course: those that meet repeat_block, of those that meet it or not.
--
-- person | is_repeat | new_block_6m | new_block_24m | numerator | denominator | because ($policy = 'humber_north_yorkshire')
-- Ann    | true      | true         | true          | 1         | 1           | a block since the course before
-- Bob    | true      | false        | true          | 0         | 1           | that block is older than the 6 months looked at
-- Cat    | false     | -            | -             | 0         | 0           | about repeats only
select
    judged.*,
    (repeat_block = 'met')::int as numerator,
    (repeat_block in ('met', 'not_met'))::int as denominator,
from judged
