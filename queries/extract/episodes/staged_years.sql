-- One row per financial year of the files: rows kept and the last day an episode ended, which say whether an extract is newer.
select
    financial_year,
    sum(rows)::bigint as rows_kept,
    max(coalesce(ended, discharged, started, admitted, operated_only)) as last_end,
from kept_rows
group by all
