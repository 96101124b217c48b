"""How fast things are, beside what people would use instead: loading, questions, pages and sessions. A timing is never a test."""
