-- One row per reason to refuse a whole deaths file, with the first line that shows it.
with found as (
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
        min(line) filter (where not regexp_matches(death_date, '^([0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ].*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9])$')),
        'DATE_OF_DEATH',
        arg_min(death_date, line) filter (where not regexp_matches(death_date, '^([0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ].*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9])$')),
    from raw
    group by file_no
    having count(*) filter (where not regexp_matches(death_date, '^([0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]([T ].*)?|[0-9]{4}(0[0-9]|1[0-2])[0-3][0-9])$')) > count(death_date) / 2

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
