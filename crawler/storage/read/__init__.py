"""Reading: which articles are meant, and what is stored of each portal."""
