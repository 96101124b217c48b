-- One row per denervation: a unit (person, or spell of an unlinked person) and day with an episode that qualifies for `broad` and counts.
with described as (
    select
        unit,
        date,
        bool_or(is_lumbar) as lumbar,
        bool_or(is_ebi) as ebi,
        bool_or(treats_left) as treats_left,
        bool_or(treats_right) as treats_right,
        max(levels_number) as levels_number,
        bool_or(image_control) as image_control,
        count(*) as episodes,
        count(distinct coalesce(susspellid, epikey_padded)) as spells,
        sum(code_mentions)::integer as code_mentions,
    from day_episodes
    where counts
    group by all
)

select
    described.*,
    first_episode.person,
    first_episode.patient,
    first_episode.provider,
    first_episode.commissioner,
    first_episode.region,
    first_episode.sex,
    first_episode.age,
    first_episode.age_band,
    first_episode.setting,
from described
inner join day_episodes as first_episode
    on described.unit = first_episode.unit and described.date = first_episode.date and first_episode.place = 1
