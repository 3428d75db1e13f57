"""A run for other programs: Excel, CSV, Parquet, Markdown, and Mermaid through the diagrams."""
