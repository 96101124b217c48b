-- One row per month of the data: rows of the chosen provider or of all that were loaded, put aside, dropped as copies or flagged.
-- A row that could not be parsed, or has no date, is of no month. A row with two things wrong is counted under each.
select
    coalesce(month, 'none') as month,
    sum(rows_loaded)::bigint as rows_loaded,
    sum(rows_quarantined)::bigint as rows_quarantined,
    sum(rows_dropped)::bigint as rows_dropped,
    sum(rows_flagged)::bigint as rows_flagged,
from (
    select
        month,
        rows as rows_loaded,
        0 as rows_quarantined,
        0 as rows_dropped,
        0 as rows_flagged,
    from months
    where provider = $provider or $provider is null

    union all

    select
        month,
        0,
        case when severity = 'quarantine' then rows else 0 end,
        case when rule = 'exact-copy' then rows else 0 end,
        case when severity = 'flag' and rule <> 'exact-copy' then rows else 0 end,
    from fates
    where provider = $provider or $provider is null
)
group by all
order by month
