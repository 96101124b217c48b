-- One row per course and criterion: its state, the value seen and the threshold it is held against, in words.
-- The last five criteria are not recorded in hospital data, so nobody can meet or miss them here.
with listed as (
    select
        judged.*,
        unnest([
            {
                'place_in_order': 1,
                'criterion': 'block_before',
                'state': block_before,
                'value': case
                    when block_before = 'not_applicable' then null
                    when blocks_seen = 0 then concat('blocks: ', blocks_seen)
                    else concat('blocks: ', blocks_seen, '; days since the last: ', days_since_block)
                end,
                'threshold': case
                    when block_before = 'not_applicable' then null
                    else concat('at least ', min_blocks, ' in ', block_lookback_months, ' months')
                end
            },
            {
                'place_in_order': 2,
                'criterion': 'repeat_interval',
                'state': repeat_interval,
                'value': case
                    when repeat_interval = 'not_applicable' then null
                    when is_repeat then concat('months: ', interval_months, '; days: ', interval_days)
                    else concat('months of data before: ', history_months)
                end,
                'threshold': case
                    when repeat_interval = 'not_applicable' then null
                    when is_repeat
                        then concat(
                            'at least ', repeat_min_months, ' months, due ',
                            (date - interval_days + to_months(repeat_min_months))::date
                        )
                    else concat('at least ', repeat_min_months, ' months')
                end
            },
            {
                'place_in_order': 3,
                'criterion': 'repeat_block',
                'state': repeat_block,
                'value': case
                    when repeat_block = 'not_applicable' then null
                    when new_block_seen then 'a block since the course before'
                    else 'no block since the course before'
                end,
                'threshold': case
                    when repeat_block = 'not_applicable' then null
                    else concat('a new block in ', block_lookback_months, ' months')
                end
            },
            {
                'place_in_order': 4,
                'criterion': 'levels',
                'state': levels_within,
                'value': case when levels_within = 'not_applicable' then null else coalesce(levels, 'unknown') end,
                'threshold': case when levels_within = 'not_applicable' then null else concat('at most ', max_levels) end
            },
            {
                'place_in_order': 5,
                'criterion': 'conservative_care',
                'state': conservative_care,
                'value': case
                    when conservative_care = 'not_applicable' then null
                    else concat('attendances: ', conservative_care_days)
                end,
                'threshold': case when conservative_care = 'not_applicable' then null else 'at least 1 in 24 months' end
            },
            {
                'place_in_order': 6,
                'criterion': 'pain_score',
                'state': 'not_assessable',
                'value': null,
                'threshold': null
            },
            {
                'place_in_order': 7,
                'criterion': 'block_response',
                'state': 'not_assessable',
                'value': null,
                'threshold': null
            },
            {
                'place_in_order': 8,
                'criterion': 'facet_source',
                'state': 'not_assessable',
                'value': null,
                'threshold': null
            },
            {
                'place_in_order': 9,
                'criterion': 'shared_decision',
                'state': 'not_assessable',
                'value': null,
                'threshold': null
            },
            {
                'place_in_order': 10,
                'criterion': 'prior_approval',
                'state': 'not_assessable',
                'value': null,
                'threshold': null
            }
        ]) as told,
    from judged
)

select
    listed.* exclude (told),
    told.place_in_order,
    told.criterion,
    told.state,
    told.value,
    told.threshold,
from listed
