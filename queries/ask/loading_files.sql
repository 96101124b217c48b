-- One row per file the version was made of: how many of its rows were read, loaded, put aside and flagged.
select
    file,
    kind,
    layout,
    status,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_flagged,
from sources
order by kind, file
