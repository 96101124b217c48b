-- One row per first course, when outpatient data is loaded: those with conservative care seen in the 24 months before count.
--
-- person | is_repeat | conservative_care_days | numerator | denominator | because ($staged_days = 90)
-- Ann    | false     | 3                      | 1         | 1           | attended three times
-- Bob    | false     | 0                      | 0         | 1           | not seen, which is not the same as not given
-- Cat    | true      | 2                      | -         | -           | about first courses only
select
    courses.*,
    (conservative_care_days > 0)::int as numerator,
    1 as denominator,
from courses
where
    not is_repeat
    and staged_days = $staged_days
    and exists (select 1 from about where about.key = 'outpatient_loaded' and about.value = 'true')
