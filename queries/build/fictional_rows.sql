-- One row: how many facts belong to providers that are invented, which makes the whole version synthetic.
select count(*) as facts
from blocks
full join denervations
    on blocks.block_id = denervations.denervation_id
where coalesce(blocks.provider, denervations.provider) in (select code from providers where fictional)
