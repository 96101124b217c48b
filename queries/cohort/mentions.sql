-- One row per episode and position that holds a procedure code.
select
    episode_id,
    position,
    code,
from (
    select
        episode_id,
        unnest(string_split(procedures, ';')) as code,
        generate_subscripts(string_split(procedures, ';'), 1) as position,
    from staged_episodes
)
where code <> ''
