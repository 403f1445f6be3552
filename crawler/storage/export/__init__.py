"""Documents of ``articles`` as files: JSON lines, CSV, Parquet."""
