"""What a mail is made of: headers, words, addresses, parts, text. Pure: bytes in, values out, in bounded time."""
