"""The message behind an event, read from its mailbox once more and shown. On threads of its own."""
