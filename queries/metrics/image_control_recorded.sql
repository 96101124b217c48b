-- One row per denervation of the chosen cohort: those with image control coded count.
--
-- person | lumbar | image_control | numerator | denominator | because ($cohort = 'lumbar')
-- Ann    | true   | true          | 1         | 1           | image control is coded
-- Bob    | true   | false         | 0         | 1           | not coded, which is not the same as not used
-- Cat    | false  | true          | -         | -           | not of the cohort
select
    of_cohort.*,
    image_control::int as numerator,
    1 as denominator,
from of_cohort
