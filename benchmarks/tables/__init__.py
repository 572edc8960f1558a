"""One module a table; `measure(options)` yields its tables as they are ready."""
