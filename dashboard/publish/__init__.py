"""A load from its files to a version in force: built, weighed against the one before, looked at, published."""
