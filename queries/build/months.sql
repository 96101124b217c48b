-- One row per provider that has not sent a complete month in each month of the data: how many are complete, of how many.
select
    provider,
    count(*) filter (where complete) as complete,
    (select count(distinct month) from months) as months,
from months
group by all
having count(*) filter (where complete) < (select count(distinct month) from months)
order by complete, provider
