-- One row per reason to refuse a whole file of appointments, with the first line that shows it.
with found as (
    select
        file_no,
        'date-order' as rule,
        line,
        'APPTDATE' as column_name,
        apptdate as value,
    from raw
    where regexp_matches(apptdate, '^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}')

    union all

    -- most of the column says no day in either of the two ways
    select
        file_no,
        'date-format',
        min(line) filter (where not regexp_matches(apptdate, '^([0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ].*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9])$')),
        'APPTDATE',
        arg_min(apptdate, line) filter (where not regexp_matches(apptdate, '^([0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ].*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9])$')),
    from raw
    group by file_no
    having count(*) filter (where not regexp_matches(apptdate, '^([0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ].*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9])$')) > count(apptdate) / 2

    union all

    select
        file_no,
        'mangled-key',
        line,
        'TOKEN_PERSON_ID',
        person,
    from raw
    where regexp_matches(upper(person), '^\d(\.\d+)?E\+\d+$')

    union all

    select
        file_no,
        'columns-disagree',
        line,
        disagreeing,
        null,
    from raw
    where disagreeing is not null
)

select
    file_no,
    rule,
    min(line) as line,
    arg_min(column_name, line) as column_name,
    arg_min(value, line) as value,
from found
group by all
order by file_no, line, rule
