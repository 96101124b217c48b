-- One row per denervation of the chosen cohort: one person, one day.
--
-- person | lumbar | ebi   | numerator | because ($cohort = 'lumbar')
-- Ann    | true   | true  | 1         | the headline cohort takes every lumbar denervation
-- Bob    | true   | false | 1         | whatever its position, site or diagnosis
-- -      | true   | false | 1         | without a person it still is a procedure
-- Cat    | false  | false | -         | broad only: a code that does not say lumbar
select
    of_cohort.*,
    1 as numerator,
    1 as denominator,
from of_cohort
