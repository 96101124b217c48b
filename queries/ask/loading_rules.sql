-- One row per rule that put rows aside, dropped them as copies or flagged them: how many, of the chosen provider or of all.
-- In the order of their names: an order by numbers would tell which of two hidden ones is larger.
select
    severity,
    rule,
    sum(rows)::bigint as rows,
from fates
where provider = $provider or $provider is null
group by all
order by severity desc, rule
