"""The filter's pages in the admin. They show and ask; what is done is done by the modules beside this package."""

from spamfilter.admin import entries, explain, signatures, weights

__all__ = ["entries", "explain", "signatures", "weights"]
