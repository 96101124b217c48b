-- One row per person and day seen in outpatients (ATTENDED 5 or 6) under a specialty that counts as conservative care.
with typed as (
    select
        person,
        try_strptime(left(apptdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as seen_on,
        attended,
        tretspef,
    from raw
)

select distinct
    year(typed.seen_on - interval 3 month) as financial_year,
    typed.person,
    typed.seen_on,
from typed
inner join codelists
    on codelists.list = 'conservative_care_specialty' and typed.tretspef = codelists.code
where typed.person is not null and typed.seen_on is not null and typed.attended in ('5', '6')
