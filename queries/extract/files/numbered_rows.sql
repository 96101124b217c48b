-- One row per row parsed from one file, with the file's number and the physical line it stood on.
-- `skips` holds the lines that gave no row (refused or blank): those after which a row was parsed push its line number down.
-- The stretches between skips are few, so a range join over them is cheap.
with stretches as (
    select
        rows_before as first_row,
        coalesce(lead(rows_before) over (order by skipped) - 1, 9000000000000000) as last_row,
        skipped,
    from skips

    union all

    select
        0,
        coalesce(min(rows_before) - 1, 9000000000000000),
        0,
    from skips
)

select
    $file_no as file_no,
    parsed.rowid + $first_line + stretches.skipped as line,
    parsed.*,
from stretches
inner join parsed
    on parsed.rowid between stretches.first_row and stretches.last_row
