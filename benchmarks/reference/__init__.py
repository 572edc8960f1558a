"""What we compare with: the usual designs, written straightforwardly and in good faith."""
