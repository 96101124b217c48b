-- One row per provider: those of the reference, and any other that the data names, under its own code.
select
    code,
    name,
    sector,
    icb,
    region,
    fictional = '1' as fictional,
from known_providers

union all

select distinct
    provider_map.provider,
    provider_map.provider,
    'unknown',
    null,
    null,
    false,
from provider_map
where
    provider_map.provider is not null
    and not exists (select 1 from known_providers where known_providers.code = provider_map.provider)
