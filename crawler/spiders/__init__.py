"""The spiders: thin shells that join discovery, extraction and the frontier."""
