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
        unnest(list_distinct(procedure_dates)),
    from raw
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
        len(list_filter(
            list_zip(procedures || diagnoses, procedures_again || diagnoses_again),
            lambda pair:
            left(upper(translate(pair[1], '. -&*_/' || chr(9), '')), 4)
            <> left(upper(translate(pair[2], '. -&*_/' || chr(9), '')), 4)
            and translate(pair[1], '. -&*_/' || chr(9), '') <> ''
            and translate(pair[2], '. -&*_/' || chr(9), '') <> ''
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
