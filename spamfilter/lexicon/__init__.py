"""Phrases by what they are for, in the languages mail is written in. Data, no code.

A line is a phrase as `spamfilter.folding.fold` leaves it: lower case, no accents, no punctuation, one space
between words. It may hold RE2: `(a|b)`, `word[a-z]*`, `( x)?`.
"""
