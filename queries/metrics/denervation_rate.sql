-- One row per denervation of the chosen cohort with a sex the population is known by.
--
-- person | lumbar | sex | numerator | because ($cohort = 'lumbar')
-- Ann    | true   | 2   | 1         | in a stratum
-- Bob    | true   | 9   | -         | there is no population of that sex to divide by
-- Cat    | true   | -   | -         | nor of an unknown one
select
    of_cohort.*,
    1 as numerator,
    1 as denominator,
from of_cohort
where sex in (select population.sex from population)
