-- One row per denervation of the chosen cohort: those whose number of levels is coded count.
--
-- person | lumbar | levels | numerator | denominator | because ($cohort = 'lumbar')
-- Ann    | true   | 3+     | 1         | 1           | a number of levels is coded
-- Bob    | true   | -      | 0         | 1           | none is
-- Cat    | false  | 3+     | -         | -           | not of the cohort
select
    of_cohort.*,
    (levels is not null)::int as numerator,
    1 as denominator,
from of_cohort
