-- One row per provider as sent: rows read and rows put aside, for the limit on what one provider may lose.
with put_aside as (
    select distinct
        file_no,
        line,
    from row_problems
    where severity = 'quarantine'
)

select
    coalesce(typed_rows.procode3, typed_rows.procodet) as provider_as_sent,
    sum(typed_rows.rows)::bigint as rows_read,
    count(put_aside.line) as rows_quarantined,
from typed_rows
left join put_aside
    on typed_rows.file_no = put_aside.file_no and typed_rows.line = put_aside.line
group by all
