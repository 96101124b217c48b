-- One row per provider and month with data: rows sent, and whether the month looks complete (at least half the provider's usual month).
with monthly as (
    select
        provider_map.provider,
        staged_months.month,
        sum(staged_months.rows_kept)::bigint as rows,
    from staged_months
    left join provider_map
        on
            staged_months.procode3 is not distinct from provider_map.procode3
            and staged_months.procodet is not distinct from provider_map.procodet
            and staged_months.sitetret is not distinct from provider_map.sitetret
    group by all
)

select
    coalesce(provider, 'unknown') as provider,
    strftime(month, '%Y-%m') as month,
    rows,
    rows >= 0.5 * median(rows) over (partition by provider) as complete,
from monthly
order by all
