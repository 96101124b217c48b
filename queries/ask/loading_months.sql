-- One row per month of the data: providers whose month looks complete, providers whose month looks short, and those that sent nothing.
-- Complete is at least half of the provider's usual month of the year around it. Only providers that sent something in the whole data are counted.
with senders as (
    select distinct provider
    from months
    where provider = $provider or $provider is null
),

every_month as (
    select distinct month
    from months
)

select
    every_month.month,
    count(*) filter (where months.complete) as complete,
    count(*) filter (where not months.complete) as short,
    count(*) filter (where months.provider is null) as nothing_sent,
from every_month
cross join senders
left join months
    on every_month.month = months.month and senders.provider = months.provider
group by all
order by every_month.month
