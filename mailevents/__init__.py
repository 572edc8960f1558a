"""From an IMAP mailbox to an agent's stream: sessions, delivery, the log, and the streams over it."""
