-- One row per thing wrong with a row of the extracts in force: `quarantine` put it aside, `flag` kept it.
select
    batch_files.file,
    problems.line,
    problems.severity,
    problems.rule,
    problems.column_name as "column",
    problems.value,
from (
    select
        batch,
        file_no,
        line,
        severity,
        rule,
        column_name,
        value,
    from staged_refusals

    union all

    select
        batch,
        file_no,
        line,
        severity,
        rule,
        column_name,
        value,
    from row_flags
) as problems
inner join batch_files
    on problems.batch = batch_files.batch and problems.file_no = batch_files.file_no
order by all
