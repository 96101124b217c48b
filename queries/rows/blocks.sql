-- One row per facet block that is counted; a person who is not known is empty.
select *
from blocks
