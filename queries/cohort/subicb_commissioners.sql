-- One row per CCG or sub-ICB code ever used: the sub-ICB it became, that area's ICB of 2022–26, and its heaviest ICB of April 2026.
with heaviest as (
    select
        subicb,
        any_value(icb_2022) as icb_2022,
        arg_max(icb_2026, weight) as icb_2026,
        count(*) > 1 as is_split,
    from subicb_icb
    group by all
)

select
    coalesce(ccg_subicb.ccg, heaviest.subicb) as area,
    heaviest.*,
from heaviest
full join ccg_subicb
    on heaviest.subicb = ccg_subicb.subicb
where heaviest.subicb is not null

union

select
    subicb as area,
    *,
from heaviest
