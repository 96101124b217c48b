-- One row per fact dated after the last day for which the data is stated to be complete. There must be none.
select date from denervations where date > $data_end
union all
select date from blocks where date > $data_end
