-- One row per kept episode row that holds a denervation or facet block code.
select
    kept_rows.* exclude (rows, age_text, age, has_operation_date),
    case when kept_rows.age = 999 then null else kept_rows.age::smallint end as age,
    cleaned_codes.procedures,
    cleaned_codes.diagnoses,
    cleaned_codes.operated,
from kept_rows
inner join relevant_rows
    on kept_rows.file_no = relevant_rows.file_no and kept_rows.line = relevant_rows.line
inner join cleaned_codes
    on kept_rows.file_no = cleaned_codes.file_no and kept_rows.line = cleaned_codes.line
