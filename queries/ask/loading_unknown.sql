-- One row per provider code in the data that no reference list holds.
select
    code,
    'in no reference list' as note,
from providers
where sector = 'unknown'
order by code
