-- One row per staged episode: its provider as sent, the organisation that names, and that organisation today.
select
    staged_episodes.episode_id,
    provider_map.provider_as_sent,
    provider_map.organisation,
    provider_map.provider,
from staged_episodes
left join provider_map
    on
        staged_episodes.procode3 is not distinct from provider_map.procode3
        and staged_episodes.procodet is not distinct from provider_map.procodet
        and staged_episodes.sitetret is not distinct from provider_map.sitetret
