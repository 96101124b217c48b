-- One row per episode, position and codelist that its procedure code belongs to.
select
    mentions.episode_id,
    mentions.position,
    code_lists.list,
from mentions
inner join code_lists
    on mentions.code = code_lists.code
