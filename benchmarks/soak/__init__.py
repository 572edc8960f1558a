"""Hours of mail while everything around the product breaks, and the account of it at the end.

`mails` says what is sent in, `world` holds the servers, `clients` listen, `faults` break things, `account` counts.
"""
