-- One row per index block that a denervation followed: those whose denervation was at another provider count.
--
-- person | outcome | elsewhere | numerator | denominator | because
-- Ann    | rfd     | true      | 1         | 1           | blocked at one provider, denervated at another
-- Bob    | rfd     | false     | 0         | 1           | both at the same
-- Cat    | end     | -         | -         | -           | no denervation followed
select
    index_blocks.*,
    elsewhere::int as numerator,
    1 as denominator,
from index_blocks
where elsewhere is not null
