-- One row per denervation of the chosen cohort: those with a person key count, which courses and intervals need.
--
-- person | lumbar | numerator | denominator | because ($cohort = 'lumbar')
-- Ann    | true   | 1         | 1           | a person can be followed
-- -      | true   | 0         | 1           | counted, never linked
-- Cat    | false  | -         | -           | not of the cohort
select
    of_cohort.*,
    (person is not null)::int as numerator,
    1 as denominator,
from of_cohort
