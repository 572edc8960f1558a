"""A server that this machine does not have: said once, so that tests can be skipped and counted."""


class ServerMissing(Exception):
    """A server is not installed, or not in a version that can be used; the text says which and what to do."""
