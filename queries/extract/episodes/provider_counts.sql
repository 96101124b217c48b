-- One row per provider as sent: rows read and rows put aside, for the limit on what one provider may lose.
select
    coalesce(typed_rows.procode3, typed_rows.procodet) as provider_as_sent,
    sum(typed_rows.rows)::bigint as rows_read,
    count(*) filter (where exists (
        select 1
        from row_problems
        where
            row_problems.file_no = typed_rows.file_no
            and row_problems.line = typed_rows.line
            and row_problems.severity = 'quarantine'
    )) as rows_quarantined,
from typed_rows
group by all
