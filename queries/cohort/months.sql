-- One row per provider and month with data: rows sent, and whether the month looks complete (at least half the usual month of the year around it).
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
        *,
        median(rows) over (
            partition by provider
            order by month
            range between interval 12 months preceding and interval 12 months following
        ) as usual_rows,
    from monthly
)

select
    provider,
    strftime(month, '%Y-%m') as month,
    rows,
    rows >= 0.5 * usual_rows as complete,
from usual
order by all
