-- One row per thing wrong with a row of the outpatient files; each puts the row aside.
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
    'quarantine',
    'no-usable-date',
    'APPTDATE',
    sent,
from dated_appointments
where seen_on is null

union all

select
    file_no,
    line,
    'quarantine',
    'future-date',
    'APPTDATE',
    sent,
from dated_appointments
-- an appointment still to come has not been attended; one that has been cannot be ahead
where seen_on > $today and attended in ('5', '6')
