-- One row per person and day counted twice. There must be none.
select
    person,
    date,
from denervations
where person is not null
group by all
having count(*) > 1
