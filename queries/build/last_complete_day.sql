-- One row per version: the last day of the last month in which at least half of the usual month's episodes were sent, of the year around it.
with national as (
    select
        month,
        sum(rows_kept) as rows_kept,
    from staged_months
    group by all
),

usual as (
    select
        *,
        median(rows_kept) over (
            order by month
            range between interval 12 months preceding and interval 12 months following
        ) as usual_rows,
    from national
)

select (max(month) + interval 1 month - interval 1 day)::date as last_day
from usual
where rows_kept >= 0.5 * usual_rows
