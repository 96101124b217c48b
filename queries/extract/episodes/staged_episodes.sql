-- One row per kept episode row that holds a denervation or facet block code.
select
    kept_rows.* exclude (rows, age_text, age, operated_only),
    case when kept_rows.age = 999 then null else floor(kept_rows.age)::smallint end as age,
    cleaned_codes.procedures,
    cleaned_codes.diagnoses,
    -- an operation that has not happened yet has no day
    array_to_string(
        list_transform(
            string_split(cleaned_codes.operated, ';'),
            lambda day: case when day > strftime($today::date, '%Y%m%d') then '' else day end
        ),
        ';'
    ) as operated,
from kept_rows
inner join relevant_rows
    on kept_rows.file_no = relevant_rows.file_no and kept_rows.line = relevant_rows.line
inner join cleaned_codes
    on kept_rows.file_no = cleaned_codes.file_no and kept_rows.line = cleaned_codes.line
