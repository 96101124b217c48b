-- One row per reason to refuse a whole file of appointments, with the first line that shows it.
with days as (
    select
        file_no,
        line,
        apptdate,
        not regexp_matches(apptdate, '^(' || $day || ')$') as is_no_day,
    from raw
),

found as (
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
        min(line) filter (where is_no_day),
        'APPTDATE',
        arg_min(apptdate, line) filter (where is_no_day),
    from days
    group by file_no
    having count(*) filter (where is_no_day) > count(apptdate) / 2
)

select
    file_no,
    rule,
    min(line) as line,
    arg_min(column_name, line) as column_name,
    arg_min(value, line) as value,
from found
group by all
