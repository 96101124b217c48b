-- One row per row that the choices keep and the reader may see: all of them, one provider's, or one commissioner's.
select *
from chosen
where
    case $scope_type
        when 'all' then true
        when 'provider' then provider = $scope
        when 'commissioner' then commissioner = $scope
    end
