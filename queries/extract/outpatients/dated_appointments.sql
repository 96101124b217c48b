-- One row per row of the outpatient files, its day typed.
select
    file_no,
    line,
    -- 5.0 is how pandas writes 5 in a column that has a blank
    case when person like '%.0' then left(person, length(person) - 2) else person end as person,
    replace(attended, '.0', '') as attended,
    replace(tretspef, '.0', '') as tretspef,
    apptdate as sent,
    -- a date before 1900 is one of the archive's ways of saying "none"
    case when day >= date '1900-01-01' then day end as seen_on,
from (
    select
        *,
        try_strptime(left(apptdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as day,
    from raw
)
