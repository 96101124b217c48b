-- One row per provider and month with data: rows sent, and whether the month looks complete (at least half the provider's usual month).
with monthly as (
    select
        coalesce(provider_map.provider, 'unknown') as provider,
        staged_months.month,
        sum(staged_months.rows_kept)::bigint as rows,
    from staged_months
    left join provider_map
        on
            staged_months.procode3 is not distinct from provider_map.procode3
            and staged_months.procodet is not distinct from provider_map.procodet
            and staged_months.sitetret is not distinct from provider_map.sitetret
    group by all
),

usual as (
    select
        provider,
        median(rows) as rows,
    from monthly
    group by all
)

select
    monthly.provider,
    strftime(monthly.month, '%Y-%m') as month,
    monthly.rows,
    monthly.rows >= 0.5 * usual.rows as complete,
from monthly
inner join usual
    on monthly.provider = usual.provider
order by all
