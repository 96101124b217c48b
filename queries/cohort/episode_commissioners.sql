-- One row per episode: the patient's ICB in April 2026 codes; null when no field says (in England, in no ICB).
-- The ICB sent wins over the sub-ICB sent, unless that ICB was split in 2026: then the sub-ICB says which part.
select
    staged_episodes.episode_id,
    coalesce(
        commissioners.code,
        case when by_responsibility.icb_2022 = staged_episodes.stp_responsibility then by_responsibility.icb_2026 end,
        whole.successor,
        by_responsibility.icb_2026,
        by_residence.icb_2026
    ) as commissioner,
    -- an area shared between ICBs goes to the one with the most people: say so
    commissioners.code is null
    and whole.successor is null
    and coalesce(by_responsibility.is_split, by_responsibility.icb_2026 is null and by_residence.is_split, false) as is_split,
    case when by_responsibility.icb_2026 is not null then 'CCG_RESPONSIBILITY' else 'CCG_RESIDENCE' end as split_column,
    case
        when by_responsibility.icb_2026 is not null then staged_episodes.ccg_responsibility
        else staged_episodes.ccg_residence
    end as split_area,
from staged_episodes
left join commissioners
    on staged_episodes.stp_responsibility = commissioners.code
left join icb_successors as whole
    on staged_episodes.stp_responsibility = whole.code and whole.kind = 'whole'
left join subicb_commissioners as by_responsibility
    on staged_episodes.ccg_responsibility = by_responsibility.area
left join subicb_commissioners as by_residence
    on staged_episodes.ccg_residence = by_residence.area
