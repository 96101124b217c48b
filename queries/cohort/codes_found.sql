-- One row per codelist, procedure code and financial year: its mentions in finished episodes, by the year the episode was filed in.
select
    codelists.list,
    codelists.code,
    staged_episodes.financial_year || '/' || lpad(((staged_episodes.financial_year + 1) % 100)::varchar, 2, '0') as year,
    count(*) as mentions,
from staged_episodes
cross join unnest(staged_episodes.procedure_codes) as mentioned (code)
inner join codelists
    on starts_with(mentioned.code, codelists.code)
where staged_episodes.epistat = '3' and codelists.list not in ('ebi_diagnosis', 'cancer', 'conservative_care_specialty')
group by all
order by all
