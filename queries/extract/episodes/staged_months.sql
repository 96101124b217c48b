-- One row per financial year, provider fields as sent, and month in which kept episodes ended: what completeness is judged by.
select
    financial_year,
    procode3,
    procodet,
    case when procode3 in (select provider from site_successors) then sitetret end as sitetret,
    date_trunc('month', coalesce(ended, discharged, started, admitted, operated_only))::date as month,
    sum(rows)::bigint as rows_kept,
from kept_rows
group by all
