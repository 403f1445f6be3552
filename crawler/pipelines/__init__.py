"""What happens to an item between the spider and MongoDB: validate, clean, store."""
