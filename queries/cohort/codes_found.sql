-- One row per codelist, procedure code and financial year: its mentions in finished episodes, by the year the episode was filed in.
select
    code_lists.list,
    code_lists.entry as code,
    staged_episodes.financial_year || '/' || lpad(((staged_episodes.financial_year + 1) % 100)::varchar, 2, '0') as year,
    count(*) as mentions,
from mentions
inner join code_lists
    on mentions.code = code_lists.code
inner join staged_episodes
    on mentions.episode_id = staged_episodes.episode_id
where staged_episodes.epistat = '3'
group by all
order by all
