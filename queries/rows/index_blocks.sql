-- One row per index block, with what happened first after it; elsewhere is told only of a denervation.
select *
from index_blocks
