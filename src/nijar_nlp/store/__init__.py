"""The one place with a database: records in, records out."""
