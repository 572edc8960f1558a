"""Configuration from a file: reads it, compares it with the rows, and makes the rows what the file declares."""
