-- One row per row read that matters or whose record number comes again: its codes by position, four characters each, and their dates.
-- Where a layout has a code twice (OPERTN_01 and OPERTN_4_01), the one that is not blank holds.
with wanted as (
    select
        file_no,
        line,
    from relevant_rows

    union

    select
        file_no,
        line,
    from repeated_rows
)

select
    typed_rows.file_no,
    typed_rows.line,
    case
        when typed_rows.procedure_text_again in ('', typed_rows.procedure_text)
            then list_transform(string_split(typed_rows.procedure_text, ';'), lambda code: left(nullif(code, ''), 4))
        else
            list_transform(
                list_zip(string_split(typed_rows.procedure_text, ';'), string_split(typed_rows.procedure_text_again, ';')),
                lambda pair: left(coalesce(nullif(pair[1], ''), nullif(pair[2], '')), 4)
            )
    end as procedure_codes,
    case
        when typed_rows.diagnosis_text_again in ('', typed_rows.diagnosis_text)
            then list_transform(string_split(typed_rows.diagnosis_text, ';'), lambda code: left(nullif(code, ''), 4))
        else
            list_transform(
                list_zip(string_split(typed_rows.diagnosis_text, ';'), string_split(typed_rows.diagnosis_text_again, ';')),
                lambda pair: left(coalesce(nullif(pair[1], ''), nullif(pair[2], '')), 4)
            )
    end as diagnosis_codes,
    -- a date before 1900 is one of the archive's ways of saying "none"
    list_transform(
        string_split(typed_rows.procedure_dates, ';'),
        lambda day: case
            when length(day) >= 8 and day >= '19' then try_strptime(left(trim(day), 10), ['%Y-%m-%d', '%Y%m%d'])::date
        end
    ) as operated,
from typed_rows
inner join wanted
    on typed_rows.file_no = wanted.file_no and typed_rows.line = wanted.line
