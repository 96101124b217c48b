-- One row per file whose rows do not add up: more loaded and put aside than were read. There must be none.
select file
from sources
where rows_loaded < 0 or rows_quarantined < 0 or rows_loaded + rows_quarantined > rows_read
