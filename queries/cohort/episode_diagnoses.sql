-- One row per episode: whether any diagnosis is a cancer, and whether the first is one EBI 2K counts.
select
    staged_episodes.episode_id,
    bool_or(codelists.list = 'cancer') as has_cancer,
    bool_or(codelists.list = 'ebi_diagnosis' and mentioned.position = 1) as has_ebi_diagnosis,
from staged_episodes
cross join unnest(staged_episodes.diagnosis_codes) with ordinality as mentioned (code, position)
inner join codelists
    on starts_with(mentioned.code, codelists.code)
where codelists.list in ('cancer', 'ebi_diagnosis')
group by all
