"""What Chinese strings mean: names, labels, notices, buttons, dates; line by line, of no page and no tree."""
