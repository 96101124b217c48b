-- One row per policy, with its thresholds after those set by hand. A null is a criterion the policy does not have;
-- set by hand, 0 takes away the minimum interval or the maximum of levels.
select
    policy,
    coalesce($min_blocks, min_blocks) as min_blocks,
    coalesce($block_lookback_months, block_lookback_months) as block_lookback_months,
    nullif(coalesce($repeat_min_months, repeat_min_months), 0) as repeat_min_months,
    coalesce($repeat_needs_new_block, repeat_needs_new_block) as repeat_needs_new_block,
    nullif(coalesce($max_levels, max_levels), 0) as max_levels,
from policies
