-- One row per financial year and code with published national mentions: those of this data beside them.
select
    codes_found.code,
    codes_found.year,
    sum(codes_found.mentions)::bigint as mentions_here,
    any_value(published.value)::bigint as published,
from codes_found
inner join published
    on codes_found.code = published.measure and codes_found.year = published.year
group by all
order by codes_found.code, codes_found.year
