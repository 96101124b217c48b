"""The pages, in the order of the navigation: (file, title, address)."""

ALL = (
    ("overview", "Overview"),
    ("volumes", "Volumes"),
    ("repeats", "Repeat intervals"),
    ("blocks", "Block to RFD"),
    ("adherence", "Policy adherence"),
    ("downloads", "Downloads"),
    ("definitions", "Definitions"),
)
