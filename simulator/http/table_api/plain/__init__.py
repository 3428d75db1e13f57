"""Plain tables: further tables from JSON and CSV files, with no rules of their own."""
