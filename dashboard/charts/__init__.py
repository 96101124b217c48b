"""A released table in, a Plotly figure out. Nothing here asks, filters or counts."""
