-- One row per denervation that EBI 2K counts and the headline does not. There must be none.
select denervation_id
from denervations
where ebi and not lumbar
