-- One row per course: the adherent count, of those adherent or not; what cannot be judged is in neither.
--
-- person | is_repeat | interval_months | blocks_before_24m | history_24m | numerator | denominator | because ($policy = 'reference')
-- Ann    | false     | -               | 1                 | true        | 1         | 1           | a block before a first course
-- Ann    | true      | 5               | 1                 | true        | 0         | 1           | back before 12 months
-- Bob    | false     | -               | 0                 | true        | 0         | 1           | no block in the look-back
-- Cat    | false     | -               | 0                 | false       | 0         | 0           | the look-back is cut off: not assessable
-- Dan    | true      | 12              | 0                 | true        | 1         | 1           | a repeat needs no block under this policy
select
    judged.*,
    (verdict = 'adherent')::int as numerator,
    (verdict <> 'not_assessable')::int as denominator,
from judged
