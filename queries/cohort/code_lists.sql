-- One row per procedure code met in the data and codelist it belongs to. A codelist entry is a prefix of the code.
select
    met.code,
    codelists.list,
    codelists.code as entry,
from (select distinct code from mentions) as met
inner join codelists
    on starts_with(met.code, codelists.code)
where codelists.list not in ('ebi_diagnosis', 'cancer', 'conservative_care_specialty')
