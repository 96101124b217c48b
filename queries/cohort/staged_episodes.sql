-- One row per staged episode of the extracts in force, numbered in an order that does not depend on how files were split or sorted.
select
    staged_rows.*,
    row_number() over (
        order by financial_year, epikey, person, started, epiorder, procedure_codes::varchar, diagnosis_codes::varchar
    ) as episode_id,
from staged_rows
