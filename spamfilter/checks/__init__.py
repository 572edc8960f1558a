"""The checks: each a small function that says whether one thing is to be seen in a message.

A check answers False (or nothing), True, a text (True, with what exactly was seen), or a share of its points
as a number. It reads the evidence and the policy, both bounded; symbol, points, category and description stand
in `spamfilter.weights`.
"""
