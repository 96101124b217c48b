-- One row per thing that coding should say of a denervation or block: how many say it, of how many.
select
    'linked to a person' as name,
    count(*) filter (where person is not null) as said,
    count(*) as facts,
from denervations

union all

select
    'side given',
    count(*) filter (where sides <> 'unknown'),
    count(*),
from denervations

union all

select
    'number of levels given',
    count(*) filter (where levels is not null),
    count(*),
from denervations

union all

select
    'image control given',
    count(*) filter (where image_control),
    count(*),
from denervations

union all

select
    'lumbar site given with a block',
    count(*) filter (where lumbar_site),
    count(*),
from blocks

union all

select
    'months complete, of months sent by a provider',
    count(*) filter (where complete),
    count(*),
from months
