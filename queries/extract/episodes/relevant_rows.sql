-- One row per row read that holds a denervation or facet block code in any position: the few that matter.
-- Every code of these lists has four characters, so equality is enough here.
select
    file_no,
    line,
from typed_rows
where
    list_has_any(
        procedure_codes,
        (
            select list(code)
            from codelists
            where list in (
                'rfd_lumbar', 'rfd_unspecified_level', 'rfd_broad', 'rfd_broad_with_site', 'rfd_other_region', 'facet_block'
            )
        )
    )
