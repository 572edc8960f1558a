"""Judges a message: ham, suspicious or spam, with every reason. Knows nothing of IMAP, rules or streams."""
