"""What happens to an item between the spider and MongoDB, in this order: validate, clean, store."""
