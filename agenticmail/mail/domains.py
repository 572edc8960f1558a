"""The two spellings of an international domain: as people read it, and as mail carries it (RFC 3490). Pure."""


def ascii_domain(domain: str) -> str:
    """`domain` in ASCII (`xn--…`). A label that would not come back as it is stays: it is another name there."""
    return ".".join(map(_in_ascii, domain.split(".")))


def readable_domain(domain: str) -> str:
    """`domain` with its `xn--` labels in their own letters."""
    return ".".join(map(_readable, domain.split(".")))


def mail_address(address: str) -> str:
    """`address` as an envelope and a header carry it: its domain in ASCII. What is before the `@` has one spelling."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}"


def _in_ascii(label: str) -> str:
    try:
        found = label.encode("idna").decode("ascii")
        return found if found.encode().decode("idna") == label.lower() else label
    except UnicodeError:
        return label


def _readable(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label
