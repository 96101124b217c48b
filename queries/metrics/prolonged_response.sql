-- One row per index block with 12 months of follow-up: those with neither block nor denervation in it count.
--
-- person | followed_12m | prolonged | numerator | denominator | because
-- Ann    | true         | true      | 1         | 1           | nothing more for a year
-- Bob    | true         | false     | 0         | 1           | had a block or a denervation
-- Cat    | false        | false     | -         | -           | died, or the data ends, within the year
select
    index_blocks.*,
    prolonged::int as numerator,
    1 as denominator,
from index_blocks
where followed_12m
