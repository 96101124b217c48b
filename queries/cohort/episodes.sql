-- One row per finished episode with a denervation or facet block code: everything the cohorts need to know of it.
-- Both procedure dates follow one rule: the code's own date if it falls inside the spell and is not still to come, else the start of the
-- episode, else admission.
with operated as (
    select
        staged_episodes.*,
        episode_procedures.* exclude (episode_id),
        try_strptime(string_split(staged_episodes.operated, ';')[episode_procedures.broad_position], '%Y%m%d')::date as denervated_on,
        try_strptime(string_split(staged_episodes.operated, ';')[episode_procedures.block_position], '%Y%m%d')::date as blocked_on,
    from staged_episodes
    inner join episode_procedures
        on staged_episodes.episode_id = episode_procedures.episode_id
    where staged_episodes.epistat = '3'
),

dated as (
    select
        *,
        case
            when denervated_on >= coalesce(admitted, denervated_on) and denervated_on <= coalesce(discharged, $today)
                then denervated_on
            else coalesce(started, admitted)
        end as denervation_date,
        case
            when blocked_on >= coalesce(admitted, blocked_on) and blocked_on <= coalesce(discharged, $today)
                then blocked_on
            else coalesce(started, admitted)
        end as block_date,
    from operated
)

select
    dated.episode_id,
    dated.person,
    coalesce(dated.person, '') as patient,
    -- a null person key still counts: by provider and spell, or episode
    coalesce(
        'person ' || dated.person,
        'unlinked ' || coalesce(episode_providers.provider, '') || ' ' || coalesce(dated.susspellid, dated.epikey, dated.episode_id::varchar)
    ) as unit,
    dated.started,
    dated.epiorder,
    dated.content_key,
    lpad(dated.epikey, 20, '0') as epikey_padded,
    dated.susspellid,
    episode_providers.provider,
    episode_commissioners.commissioner,
    commissioners.region,
    dated.sex,
    dated.age,
    case
        when dated.age between 19 and 29 then '19-29'
        when dated.age between 30 and 39 then '30-39'
        when dated.age between 40 and 49 then '40-49'
        when dated.age between 50 and 59 then '50-59'
        when dated.age between 60 and 69 then '60-69'
        when dated.age between 70 and 79 then '70-79'
        when dated.age between 80 and 120 then '80+'
    end as age_band,
    case dated.classpat
        when '1' then 'inpatient'
        when '2' then 'day_case'
        when '3' then 'regular'
        when '4' then 'regular'
        else 'unknown'
    end as setting,
    coalesce(dated.age between 19 and 120, false) as passes_age,
    not coalesce(dated.admimeth like '2%', false) as passes_emergency,
    not coalesce(dated.admincat = '02', false) as passes_private,
    not coalesce(episode_diagnoses.has_cancer, false) as passes_cancer,
    dated.broad_position is not null as is_broad,
    dated.is_lumbar,
    dated.has_ebi_position,
    dated.has_ebi_position and dated.has_ebi_site as reaches_ebi_site,
    dated.has_ebi_position and dated.has_ebi_site and coalesce(episode_diagnoses.has_ebi_diagnosis, false) as is_ebi,
    dated.is_block,
    dated.has_lumbar_site,
    dated.treats_left,
    dated.treats_right,
    dated.levels_number,
    dated.image_control,
    dated.code_mentions,
    dated.denervation_date,
    dated.block_date,
from dated
left join episode_diagnoses
    on dated.episode_id = episode_diagnoses.episode_id
left join episode_providers
    on dated.episode_id = episode_providers.episode_id
left join episode_commissioners
    on dated.episode_id = episode_commissioners.episode_id
left join commissioners
    on episode_commissioners.commissioner = commissioners.code
