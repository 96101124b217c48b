-- One row per fact without a key, which the gate could not protect. There must be none.
select row_key from denervations where row_key is null or patient_key is null
union all
select row_key from blocks where row_key is null or patient_key is null
union all
select row_key from courses where row_key is null or patient_key is null
union all
select row_key from index_blocks where row_key is null or patient_key is null
union all
select row_key from days where row_key is null or patient_key is null
