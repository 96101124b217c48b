-- One row per row read that is neither put aside nor a copy of one that is kept.
select typed_rows.*
from typed_rows
where not exists (
    select 1
    from row_problems
    where
        row_problems.file_no = typed_rows.file_no
        and row_problems.line = typed_rows.line
        and (row_problems.severity = 'quarantine' or row_problems.rule = 'exact-copy')
)
