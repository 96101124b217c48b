-- One row per row parsed from one file of which every line gave a row, with the file's number and the physical line.
select
    $file_no as file_no,
    parsed.rowid + $first_line as line,
    parsed.*,
from parsed
