"""The page as lines of text in order, and what its elements and links say of them."""
