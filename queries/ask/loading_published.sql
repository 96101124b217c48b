-- One row per financial year and code with published national mentions: those of this data beside them.
select
    found.code,
    found.year,
    found.mentions::bigint as mentions_here,
    published.value::bigint as published,
from (
    -- a code that is on several lists was found once
    select distinct
        code,
        year,
        mentions,
    from codes_found
) as found
inner join published
    on found.code = published.measure and found.year = published.year
order by found.code, found.year
