-- One row per row read whose (financial year, EPIKEY) comes more than once.
with repeated as (
    select
        financial_year,
        epikey,
    from typed_rows
    where epikey is not null
    group by all
    having count(*) > 1
)

select
    typed_rows.file_no,
    typed_rows.line,
from typed_rows
inner join repeated
    on typed_rows.financial_year = repeated.financial_year and typed_rows.epikey = repeated.epikey
