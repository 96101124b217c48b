-- One row per denervation of the broad cohort, which holds the others; a person who is not known is empty.
select *
from denervations
