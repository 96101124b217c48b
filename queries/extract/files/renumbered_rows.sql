-- One row per row parsed from some of a file's lines, with the number each line has in the file itself.
select numbered_rows.* replace (own_lines.own_line as line),
from numbered_rows
inner join own_lines
    on numbered_rows.line = own_lines.nth
