"""Keeps the mailboxes that somebody wants open: which process, when to try again, and what each visit finds."""
