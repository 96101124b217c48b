-- One row per provider: its rows loaded, put aside, dropped as copies or flagged, and its months complete and sent, of those of the data.
select
    counted.provider as place,
    coalesce(providers.name, counted.provider) as place_name,
    sum(counted.rows_loaded)::bigint as rows_loaded,
    sum(counted.rows_quarantined)::bigint as rows_quarantined,
    sum(counted.rows_dropped)::bigint as rows_dropped,
    sum(counted.rows_flagged)::bigint as rows_flagged,
    count(*) filter (where counted.complete) as complete,
    count(counted.complete) as months_sent,
    (select count(distinct month) from months) as months,
from fated_rows as counted
left join providers
    on counted.provider = providers.code
group by counted.provider, providers.name
order by place_name, place
