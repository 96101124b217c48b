-- One row per rule of the waterfall, in order; `all` and `broad` lose nothing, they name what is left there.
select
    stage,
    rule,
from (
    values
        (0, 'all'),
        (1, 'age'),
        (2, 'emergency'),
        (3, 'private'),
        (4, 'cancer'),
        (5, 'broad'),
        (6, 'lumbar'),
        (7, 'ebi_position'),
        (8, 'ebi_site'),
        (9, 'ebi_diagnosis')
) as rules (stage, rule)
