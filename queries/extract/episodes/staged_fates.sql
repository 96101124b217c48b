-- One row per financial year, provider fields as sent, month and rule: rows put aside, dropped as copies or flagged.
-- A row that could not be parsed has no provider and no month.
select
    coalesce(typed_rows.financial_year, 0) as financial_year,
    typed_rows.procode3,
    typed_rows.procodet,
    case when typed_rows.procode3 in (select provider from site_successors) then typed_rows.sitetret end as sitetret,
    date_trunc('month', coalesce(typed_rows.ended, typed_rows.discharged, typed_rows.started, typed_rows.admitted, typed_rows.operated_only))::date as month,
    row_problems.severity,
    row_problems.rule,
    count(*) as rows,
from row_problems
left join typed_rows
    on row_problems.file_no = typed_rows.file_no and row_problems.line = typed_rows.line
group by all
