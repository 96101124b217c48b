-- One row per row of a table that the choices keep and the reader may see: all of them, one provider's, or one commissioner's.
select measure.*
from measure
where
    case $scope_type
        when 'all' then true
        when 'provider' then provider = $scope
        when 'commissioner' then commissioner = $scope
    end
    and case $place_type
        when 'england' then true
        when 'region' then region = $place
        when 'commissioner' then commissioner = $place
        when 'provider' then provider = $place
    end
    and ($from = '' or year >= $from)
    and ($to = '' or year <= $to)
