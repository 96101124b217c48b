-- One row per staging window whose courses do not hold every linked lumbar denervation once, and one if there are no courses for them.
-- There must be none.
select staged_days
from courses
group by all
having sum(denervations) <> (select count(*) from denervations where lumbar and person is not null)

union all

select 0
from (select count(*) as linked from denervations where lumbar and person is not null)
where linked > 0 and not exists (select 1 from courses)
