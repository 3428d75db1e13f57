"""Writes: what the body of a request says, and the command that carries it out.

No row is changed but by a command of the instance or of the plain tables, so the rules hold.
Documented is that columns which cannot be written are left as they are without a word (the
``sys_`` columns, and columns that the user may not write), and that 403 answers what access
rules, business rules or data policies forbid. Our reading is which these are here:

- records are never deleted, and messages, conversations, their members, work items and
  territories cannot be written at all (403);
- a channel user profile can neither be inserted nor deleted (403), and what is written into
  one is dropped: a number moves to somebody by a new profile (P-4), not by an edit;
- an interaction changes state only along its states (S-1 to S-4);
- a value that a column cannot hold, and a reference to no row, are refused (400).
"""
