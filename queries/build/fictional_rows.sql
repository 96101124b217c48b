-- One row per version: how many facts belong to providers that are invented, which makes the whole version synthetic.
select count(*) as facts
from (
    select provider from blocks

    union all

    select provider from denervations
)
where provider in (select code from providers where fictional)
