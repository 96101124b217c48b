-- One row per reason to refuse a whole file of any kind, with the first line that shows it.
with found as (
    select
        file_no,
        'mangled-key' as rule,
        line,
        'TOKEN_PERSON_ID' as column_name,
        person as value,
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
