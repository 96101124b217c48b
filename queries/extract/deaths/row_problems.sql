-- One row per thing wrong with a row of the deaths files; each puts the row aside, but a death of nobody known, which is only flagged.
select
    file_no,
    line,
    'quarantine' as severity,
    rule,
    column_name,
    value,
from rejected_lines

union all

select
    file_no,
    line,
    'flag',
    'null-person',
    'TOKEN_PERSON_ID',
    null,
from dated_deaths
where person is null and record is null

union all

select
    file_no,
    line,
    'quarantine',
    'no-usable-date',
    'DATE_OF_DEATH',
    sent,
from dated_deaths
where (person is not null or record is not null) and died is null and (person is null or record is null or sent is not null)

union all

select
    file_no,
    line,
    'quarantine',
    'future-date',
    'DATE_OF_DEATH',
    sent,
from dated_deaths
where died > $today
