-- One row per cohort table: how many rows it has and the sum of their hashes, which no order of rows can change.
select
    'denervations' as cohort,
    count(*) as rows,
    sum(hash(content)) as content,
from (select * exclude (row_key, patient_key) from denervations) as content

union all

select
    'blocks',
    count(*),
    sum(hash(content)),
from (select * exclude (block_id, row_key, patient_key) from blocks) as content

union all

select
    'courses',
    count(*),
    sum(hash(content)),
from (select * exclude (row_key, patient_key) from courses) as content

union all

select
    'index_blocks',
    count(*),
    sum(hash(content)),
from (select * exclude (row_key, patient_key) from index_blocks) as content

union all

select
    'days',
    count(*),
    sum(hash(content)),
from (select * exclude (row_key, patient_key) from days) as content

order by cohort
