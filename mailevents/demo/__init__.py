"""A small fleet on this machine, with a mail server of its own: what `manage.py demo` runs."""
