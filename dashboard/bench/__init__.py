"""How fast things are, beside what people would use instead: questions, pages and sessions. A timing is never a test."""
