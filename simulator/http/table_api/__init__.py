"""The Table API over the simulated records and plain tables, with attachments and batches."""
