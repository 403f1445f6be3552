"""What each line of a page is by itself, told once by tables of named rules."""
