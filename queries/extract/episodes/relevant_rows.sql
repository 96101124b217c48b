-- One row per row read that holds a denervation or facet block code in any position: the few that matter.
-- `$relevant` is the pattern that the codelists' codes make, each at the start of a position.
select
    file_no,
    line,
from raw
where
    regexp_matches(upper(translate(procedures, '. -&*_/' || chr(9), '')), $relevant)
    or (
        procedures_again <> procedures
        and regexp_matches(upper(translate(procedures_again, '. -&*_/' || chr(9), '')), $relevant)
    )
