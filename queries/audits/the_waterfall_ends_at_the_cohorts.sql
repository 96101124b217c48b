-- One row per version in which the days that reach a cohort are not that cohort's denervations. There must be none.
select *
from (
    select
        (select count(*) from days where lost_at is null or lost_at in ('lumbar', 'ebi_position', 'ebi_site', 'ebi_diagnosis')) as broad_days,
        (select count(*) from denervations) as broad_denervations,
        (select count(*) from days where lost_at is null) as ebi_days,
        (select count(*) from denervations where ebi) as ebi_denervations,
)
where broad_days <> broad_denervations or ebi_days <> ebi_denervations
