-- One row per reason to refuse a whole file, with the first line that shows it.
with values_seen as (
    select
        file_no,
        line,
        unnest(['ADMIDATE', 'DISDATE', 'EPISTART', 'EPIEND']) as column_name,
        unnest([admidate, disdate, epistart, epiend]) as value,
    from raw

    union all

    select
        file_no,
        line,
        'OPDATE',
        regexp_extract(procedure_dates, '\d{1,2}[/.-]\d{1,2}[/.-]\d{4}'),
    from raw
    where regexp_matches(procedure_dates, '(^|;)\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}')
),

found as (
    select
        file_no,
        'date-order' as rule,
        line,
        column_name,
        value,
    from values_seen
    where regexp_matches(value, '^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}')

    union all

    select
        file_no,
        'mangled-key',
        line,
        'EPIKEY',
        epikey,
    from raw
    where regexp_matches(upper(epikey), '^\d(\.\d+)?E\+?\d+$')

    union all

    select
        file_no,
        'columns-disagree',
        line,
        disagreeing,
        null,
    from raw
    where disagreeing is not null

    union all

    select
        file_no,
        'columns-disagree',
        line,
        'OPERTN_nn and OPERTN_4_nn, or DIAG_nn and DIAG_4_nn',
        null,
    from raw
    where
        (procedures <> procedures_again or diagnoses <> diagnoses_again)
        and len(list_filter(
            list_zip(
                string_split(upper(translate(procedures, '. -&*_/' || chr(9), '')), ';'),
                string_split(upper(translate(procedures_again, '. -&*_/' || chr(9), '')), ';')
            ),
            lambda pair: left(pair[1], 4) <> left(pair[2], 4) and pair[1] <> '' and pair[2] <> ''
        ))
        + len(list_filter(
            list_zip(
                string_split(upper(translate(diagnoses, '. -&*_/' || chr(9), '')), ';'),
                string_split(upper(translate(diagnoses_again, '. -&*_/' || chr(9), '')), ';')
            ),
            lambda pair: left(pair[1], 4) <> left(pair[2], 4) and pair[1] <> '' and pair[2] <> ''
        )) > 0
)

select
    file_no,
    rule,
    min(line) as line,
    arg_min(column_name, line) as column_name,
    arg_min(value, line) as value,
from found
group by all
