-- One row per row parsed from one file, with the file's number and the physical line it stood on.
-- `skips` holds the lines that gave no row (refused or blank): those after which a row was parsed push its line number down.
select
    $file_no as file_no,
    parsed.rowid + $first_line + coalesce(skips.skipped, 0) as line,
    parsed.*,
from parsed
asof left join skips
    on parsed.rowid >= skips.rows_before
