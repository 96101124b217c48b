-- One row per closed organisation met in the data and the one it was counted under, with the episodes moved.
select
    organisation as code,
    provider as successor,
    count(*) as rows,
from episode_providers
where provider <> organisation
group by all
order by all
