-- One row per kept episode row that holds a denervation or facet block code.
select
    kept_rows.* exclude (
        age_text, age, procedure_text, procedure_text_again, diagnosis_text, diagnosis_text_again, procedure_dates
    ),
    case when kept_rows.age = 999 then null else kept_rows.age::smallint end as age,
    split_codes.procedure_codes,
    split_codes.diagnosis_codes,
    split_codes.operated,
from kept_rows
inner join relevant_rows
    on kept_rows.file_no = relevant_rows.file_no and kept_rows.line = relevant_rows.line
inner join split_codes
    on kept_rows.file_no = split_codes.file_no and kept_rows.line = split_codes.line
