"""England's lumbar radiofrequency facet joint denervation, from HES episodes to defended numbers."""
