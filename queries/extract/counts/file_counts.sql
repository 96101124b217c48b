-- One row per file: how many of its rows were read, kept, put aside and flagged.
with problems as (
    select
        file_no,
        line,
        bool_or(severity = 'quarantine') as put_aside,
        bool_or(rule = 'exact-copy') as is_copy,
    from row_problems
    group by all
),

counted as (
    select
        file_no,
        count(*) filter (where put_aside or is_copy) as not_loaded,
        count(*) filter (where put_aside) as put_aside,
        count(*) filter (where not put_aside) as flagged,
    from problems
    group by all
)

select
    files.file_no,
    files.rows_read,
    files.rows_read - coalesce(counted.not_loaded, 0) as rows_loaded,
    coalesce(counted.put_aside, 0) as rows_quarantined,
    coalesce(counted.flagged, 0) as rows_flagged,
from files
left join counted
    on files.file_no = counted.file_no
