"""Encoded queries: parsing, binding to the columns of a table, and ordering. Knows no HTTP."""
