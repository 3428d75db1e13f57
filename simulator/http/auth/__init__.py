"""Who may do what: accounts from a file, Basic authentication, and tokens."""
