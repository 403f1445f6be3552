"""What strings mean on Chinese pages: labels, names, times, notices, buttons; pure, line by line."""
