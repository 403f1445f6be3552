"""A request as the frontier keeps it: its JSON, its place in the queue, its priority."""
