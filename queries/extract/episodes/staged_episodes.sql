-- One row per kept episode row that holds a denervation or facet block code. Diagnoses are cleaned only here: few rows need them.
select
    kept_rows.* exclude (age_text, age, diagnoses),
    case when kept_rows.age = 999 then null else kept_rows.age::smallint end as age,
    list_transform(
        kept_rows.diagnoses,
        lambda code: nullif(left(upper(translate(code, '. -&*_/' || chr(9), '')), 4), '')
    ) as diagnosis_codes,
from kept_rows
inner join relevant_rows
    on kept_rows.file_no = relevant_rows.file_no and kept_rows.line = relevant_rows.line
