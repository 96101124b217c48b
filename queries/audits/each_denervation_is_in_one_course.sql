-- One row per staging window whose courses do not hold every linked lumbar denervation once. There must be none.
select staged_days
from courses
group by all
having sum(denervations) <> (select count(*) from denervations where lumbar and person is not null)
