-- One row per episode: whether any diagnosis is a cancer, and whether the first is one EBI 2K counts.
with mentioned as (
    select
        episode_id,
        unnest(string_split(diagnoses, ';')) as code,
        generate_subscripts(string_split(diagnoses, ';'), 1) as position,
    from staged_episodes
),

listed as (
    select
        met.code,
        bool_or(codelists.list = 'cancer') as is_cancer,
        bool_or(codelists.list = 'ebi_diagnosis') as is_ebi,
    from (select distinct code from mentioned) as met
    inner join codelists
        on starts_with(met.code, codelists.code)
    where codelists.list in ('cancer', 'ebi_diagnosis')
    group by all
)

select
    mentioned.episode_id,
    bool_or(listed.is_cancer) as has_cancer,
    bool_or(listed.is_ebi and mentioned.position = 1) as has_ebi_diagnosis,
from mentioned
inner join listed
    on mentioned.code = listed.code
group by all
