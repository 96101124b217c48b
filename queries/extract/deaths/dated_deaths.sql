-- One row per row of the deaths files: a person and a day, a record number and a day, or (a bridge) a person and a record number.
select
    file_no,
    line,
    -- 9.0 is how pandas writes 9 in a column that has a blank
    case when person like '%.0' then left(person, length(person) - 2) else person end as person,
    record,
    used,
    death_date as sent,
    -- a date before 1900 is one of the archive's ways of saying "none"
    case when day >= date '1900-01-01' then day end as died,
from (
    select
        *,
        try_strptime(left(death_date, 10), ['%Y-%m-%d', '%Y%m%d'])::date as day,
    from raw
)
