-- One row per facet block (medial branch block or facet joint injection): one person, one day.
--
-- person | lumbar_site | numerator | because
-- Ann    | true        | 1         | a lumbar site
-- Bob    | false       | 1         | no spinal site at all, so taken as lumbar
-- -      | true        | 1         | without a person it still is a procedure
select
    blocks.*,
    1 as numerator,
    1 as denominator,
from blocks
