-- One row per row read that holds a denervation or facet block code in any position: the few that matter.
select distinct
    typed_rows.file_no,
    typed_rows.line,
from typed_rows
inner join codelists
    on contains(';' || typed_rows.procedure_text || ';' || typed_rows.procedure_text_again, ';' || codelists.code)
where
    codelists.list in (
        'rfd_lumbar', 'rfd_unspecified_level', 'rfd_broad', 'rfd_broad_with_site', 'rfd_other_region', 'facet_block'
    )
