-- One row per row read that matters or whose record number comes again: its codes by position, `;` between them, four characters each,
-- and the days of its operations as YYYYMMDD. Where a layout has a code twice (OPERTN_01 and OPERTN_4_01), the one not blank holds.
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
),

shortened as (
    select
        raw.file_no,
        raw.line,
        regexp_replace(upper(translate(raw.procedures, '. -&*_/' || chr(9), '')), '([^;]{4})[^;]+', '\1', 'g') as procedures,
        regexp_replace(upper(translate(raw.procedures_again, '. -&*_/' || chr(9), '')), '([^;]{4})[^;]+', '\1', 'g') as procedures_again,
        regexp_replace(upper(translate(raw.diagnoses, '. -&*_/' || chr(9), '')), '([^;]{4})[^;]+', '\1', 'g') as diagnoses,
        regexp_replace(upper(translate(raw.diagnoses_again, '. -&*_/' || chr(9), '')), '([^;]{4})[^;]+', '\1', 'g') as diagnoses_again,
        -- a date before 1900 is one of the archive's ways of saying "none"
        regexp_replace(
            regexp_replace(raw.procedure_dates, '\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})[^;]*', '\1\2\3', 'g'),
            '(^|;)1[0-8][0-9]{6}', '\1', 'g'
        ) as operated,
    from raw
    inner join wanted
        on raw.file_no = wanted.file_no and raw.line = wanted.line
)

select
    file_no,
    line,
    rtrim(case
        when procedures_again in ('', procedures) then procedures
        else array_to_string(
            list_transform(
                list_zip(string_split(procedures, ';'), string_split(procedures_again, ';')),
                lambda pair: coalesce(nullif(pair[1], ''), pair[2], '')
            ),
            ';'
        )
    end, ';') as procedures,
    rtrim(case
        when diagnoses_again in ('', diagnoses) then diagnoses
        else array_to_string(
            list_transform(
                list_zip(string_split(diagnoses, ';'), string_split(diagnoses_again, ';')),
                lambda pair: coalesce(nullif(pair[1], ''), pair[2], '')
            ),
            ';'
        )
    end, ';') as diagnoses,
    rtrim(operated, ';') as operated,
from shortened
