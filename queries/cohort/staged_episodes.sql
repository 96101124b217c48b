-- One row per staged episode of the extracts in force, with a number, and a key of its content that decides ties:
-- the number depends on how files were split and sorted, the key does not.
select
    staged_rows.*,
    row_number() over () as episode_id,
    hash(financial_year, epikey, person, started, epiorder, procedures, diagnoses, operated) as content_key,
from staged_rows
