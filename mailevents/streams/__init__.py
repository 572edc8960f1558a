"""From the log to a client: one reader a process, many streams, and how they end. Knows no IMAP."""
