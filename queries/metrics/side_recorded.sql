-- One row per denervation of the chosen cohort: those whose side is coded count.
--
-- person | lumbar | sides   | numerator | denominator | because ($cohort = 'lumbar')
-- Ann    | true   | both    | 1         | 1           | both sides are coded, or bilateral is
-- Bob    | true   | left    | 1         | 1           | one side is
-- Cat    | true   | unknown | 0         | 1           | no code says a side
-- Dan    | false  | left    | -         | -           | not of the cohort
select
    of_cohort.*,
    (sides <> 'unknown')::int as numerator,
    1 as denominator,
from of_cohort
