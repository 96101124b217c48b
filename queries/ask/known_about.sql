-- One row per thing that the version says of itself.
select about.*
from about
