-- One row per closed organisation met in the data and the one its episodes are counted under.
select
    successions.code,
    successions.successor,
    providers.name as successor_name,
    successions.rows,
from successions
left join providers
    on successions.successor = providers.code
order by successions.code
