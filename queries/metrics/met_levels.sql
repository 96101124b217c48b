-- One row per course: those that meet levels, of those that meet it or not.
--
-- person | levels_number | numerator | denominator | because ($max_levels = 2)
-- Ann    | 2             | 1         | 1           | within the maximum
-- Bob    | 3             | 0         | 1           | three or more
-- Cat    | -             | 0         | 0           | levels not coded
select
    judged.*,
    (levels_within = 'met')::int as numerator,
    (levels_within in ('met', 'not_met'))::int as denominator,
from judged
