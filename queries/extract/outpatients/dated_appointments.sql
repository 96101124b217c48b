-- One row per row of the outpatient files, its day typed.
select
    file_no,
    line,
    person,
    attended,
    tretspef,
    apptdate as sent,
    try_strptime(left(apptdate, 10), ['%Y-%m-%d', '%Y%m%d'])::date as seen_on,
from raw
