-- One row per place that can be asked about: static lists, and the providers with any fact in this version.
with active as (
    select provider from denervations
    union
    select provider from blocks
    union
    select provider from days
)

select
    'england' as place_type,
    'E92' as place,
    'England' as place_name,
    null as region,
    null as sector,
union all
select distinct
    'region' as place_type,
    region as place,
    region_name as place_name,
    region,
    null as sector,
from commissioners
union all
select
    'commissioner' as place_type,
    code as place,
    name as place_name,
    region,
    null as sector,
from commissioners
union all
select
    'provider' as place_type,
    active.provider as place,
    coalesce(providers.name, active.provider) as place_name,
    providers.region,
    providers.sector,
from active
left join providers on active.provider = providers.code
where active.provider is not null
