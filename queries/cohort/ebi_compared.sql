-- One row per financial year: finished episodes about which SUS's own flag says yes or no, and how the rule used here agrees.
-- Empty where no file carried the flag.
select
    staged_episodes.financial_year || '/' || lpad(((staged_episodes.financial_year + 1) % 100)::varchar, 2, '0') as year,
    count(*) filter (where staged_episodes.sus_ebi and episodes.is_ebi) as both_say_so,
    count(*) filter (where staged_episodes.sus_ebi and not episodes.is_ebi) as only_sus,
    count(*) filter (where not staged_episodes.sus_ebi and episodes.is_ebi) as only_here,
    count(*) filter (where not staged_episodes.sus_ebi and not episodes.is_ebi) as neither,
from episodes
inner join staged_episodes
    on episodes.episode_id = staged_episodes.episode_id
where staged_episodes.sus_ebi is not null
group by all
order by all
