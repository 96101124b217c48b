"""`queries/extract` on Spark, for extracts that one machine cannot hold: the same SQL, translated. Nothing else speaks Spark."""
