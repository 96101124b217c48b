-- One row per month of the data: rows of the chosen provider or of all that were loaded, put aside, dropped as copies or flagged.
-- A row that could not be parsed, or has no date, is of no month.
select
    coalesce(month, 'none') as month,
    sum(rows_loaded)::bigint as rows_loaded,
    sum(rows_quarantined)::bigint as rows_quarantined,
    sum(rows_dropped)::bigint as rows_dropped,
    sum(rows_flagged)::bigint as rows_flagged,
from fated_rows
group by all
order by month
