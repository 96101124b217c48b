-- One row per episode, position and codelist that its procedure code belongs to. A codelist entry is a prefix of the code.
select
    staged_episodes.episode_id,
    mentioned.position,
    codelists.list,
    staged_episodes.operated[mentioned.position] as operated_on,
from staged_episodes
cross join unnest(staged_episodes.procedure_codes) with ordinality as mentioned (code, position)
inner join codelists
    on starts_with(mentioned.code, codelists.code)
where
    codelists.list not in ('ebi_diagnosis', 'cancer', 'conservative_care_specialty')
