"""IMAP itself: connecting, one blocking session on one folder, and one thread that idles for all. Knows no rows."""
