"""From files as they arrive to a published version: refuse, put aside, flag, count."""
