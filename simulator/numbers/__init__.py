"""Phone numbers, and the territories that decide how they are read (N-1 to N-8)."""
