-- One row per denervation of the chosen cohort; the question counts each known person once.
--
-- person | lumbar | numerator | because ($cohort = 'lumbar')
-- Ann    | true   | 1         | counted
-- Ann    | true   | 1         | the same person, so the count of people stays 1
-- -      | true   | 0         | nobody can say who, so it is no patient
select
    of_cohort.*,
    (person is not null)::int as numerator,
    1 as denominator,
from of_cohort
