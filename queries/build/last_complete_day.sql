-- One row per version: the last day of the last month in which at least half of the usual month's episodes were sent.
with national as (
    select
        month,
        sum(rows_kept) as rows_kept,
    from staged_months
    group by all
)

select (max(month) + interval 1 month - interval 1 day)::date as last_day
from national
where rows_kept >= 0.5 * (select median(rows_kept) from national)
