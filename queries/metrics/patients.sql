-- One row per denervation of the chosen cohort with a known person; the question counts each person once.
--
-- person | lumbar | numerator | because ($cohort = 'lumbar')
-- Ann    | true   | 1         | counted
-- Ann    | true   | 1         | the same person, so the count of people stays 1
-- -      | true   | -         | nobody can say who, so it is no patient
select
    denervations.*,
    1 as numerator,
    1 as denominator,
from denervations
where
    person is not null
    and case $cohort
        when 'lumbar' then lumbar
        when 'ebi' then ebi
        when 'broad' then broad
    end
