"""Rules from and to Sieve scripts (RFC 5228), as far as both can say the same."""
