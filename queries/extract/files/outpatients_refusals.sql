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
