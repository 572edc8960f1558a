"""The log of events, the truth that all else hints at: its only writer, its readers, and the bell that says it grew."""
