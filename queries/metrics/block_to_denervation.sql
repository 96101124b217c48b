-- One row per index block, with the days to what happened first, and what that was.
--
-- person | outcome    | days | outcome_code | because
-- Ann    | rfd        | 60   | 1            | a lumbar denervation
-- Bob    | next_block | 500  | 0            | begins a pathway of its own
-- Cat    | death      | 150  | 2            | competes with denervation
-- Dan    | end        | 365  | 0            | nothing by the end of the data
select index_blocks.*
from index_blocks
