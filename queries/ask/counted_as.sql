-- One row per denervation of the chosen cohort and thing it is counted as: itself, each hospital spell, episode and mention of a code.
-- Each is a whole of its own, no part of another, so its outcome is its name.
with counted as (
    select
        of_cohort.*,
        unnest(
            ['denervations']
            || list_resize(['spells'], spells, 'spells')
            || list_resize(['episodes'], episodes, 'episodes')
            || list_resize(['code_mentions'], code_mentions, 'code_mentions')
        ) as part,
    from of_cohort
)

select
    counted.*,
    part as outcome,
from counted
