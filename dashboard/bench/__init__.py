"""What the product costs beside what people would use instead: one module per table, each `table(…)` gives rows, `page` keeps them.

Everything in one table is measured in one run, one after the other, and read as ratios: the machine's noise is in all of it.
"""
