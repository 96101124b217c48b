-- One row per code of a codelist found in finished episodes: its mentions in all years.
select
    code,
    sum(mentions)::bigint as mentions,
from (
    -- a code that is on several lists was found once
    select distinct
        code,
        year,
        mentions,
    from codes_found
)
group by all
order by code
