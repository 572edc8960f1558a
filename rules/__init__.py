"""Decides what to do with a judged message. Knows nothing of IMAP or streams."""
