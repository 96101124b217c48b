-- One row per version: how many facts belong to providers that are invented, which makes a version synthetic, and how many to real ones.
select
    count(*) filter (where providers.fictional) as invented,
    count(*) filter (where not providers.fictional and providers.sector <> 'unknown') as real,
from (
    select provider from blocks

    union all

    select provider from denervations
) as facts
inner join providers
    on facts.provider = providers.code
