"""Extensions: what runs beside a crawl and reports on it."""
