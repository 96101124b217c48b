-- One row per count of rows of a provider and month, under what became of them: of the chosen provider, or of all.
-- A row with two things wrong is counted under each.
select
    provider,
    month,
    complete,
    rows as rows_loaded,
    0 as rows_quarantined,
    0 as rows_dropped,
    0 as rows_flagged,
from months
where provider = $provider or $provider is null

union all

select
    provider,
    month,
    null,
    0,
    case when severity = 'quarantine' then rows else 0 end,
    case when rule = 'exact-copy' then rows else 0 end,
    case when severity = 'flag' and rule <> 'exact-copy' then rows else 0 end,
from fates
where provider = $provider or $provider is null
