-- One row per reason to refuse a whole deaths file, with the first line that shows it.
with days as (
    select
        file_no,
        line,
        death_date,
        not regexp_matches(death_date, '^(' || $day || ')$') as is_no_day,
    from raw
),

found as (
    select
        file_no,
        'date-order' as rule,
        line,
        'DATE_OF_DEATH' as column_name,
        death_date as value,
    from raw
    where regexp_matches(death_date, '^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}')

    union all

    select
        file_no,
        'no-bridge',
        line,
        'RECORD_ID',
        null,
    from raw
    where person is null and record is not null and not exists (select 1 from raw as bridge where bridge.person is not null and bridge.record is not null)

    union all

    select
        file_no,
        'no-records',
        line,
        'DATE_OF_DEATH',
        null,
    from raw
    where person is not null and record is not null and not exists (select 1 from raw as records where records.death_date is not null)

    union all

    -- most of the column says no day in either of the two ways
    select
        file_no,
        'date-format',
        min(line) filter (where is_no_day),
        'DATE_OF_DEATH',
        arg_min(death_date, line) filter (where is_no_day),
    from days
    group by file_no
    having count(*) filter (where is_no_day) > count(death_date) / 2
)

select
    file_no,
    rule,
    min(line) as line,
    arg_min(column_name, line) as column_name,
    arg_min(value, line) as value,
from found
group by all
