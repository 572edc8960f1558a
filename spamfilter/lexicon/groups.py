"""All groups of lures by name, and parts of lures, which mean something only together."""

from spamfilter.lexicon import accounts, commerce, elsewhere, money

LURES: dict[str, str] = {
    "ADVANCE_FEE": money.ADVANCE_FEE,
    "LOTTERY": money.LOTTERY,
    "LOANS": money.LOANS,
    "INVESTMENT": money.INVESTMENT,
    "EXTORTION": money.EXTORTION,
    "CREDENTIALS": accounts.CREDENTIALS,
    "DELIVERY": accounts.DELIVERY,
    "INVOICE": accounts.INVOICE,
    "CALLBACK": accounts.CALLBACK,
    "PHARMACY": commerce.PHARMACY,
    "ADULT": commerce.ADULT,
    "GAMBLING": commerce.GAMBLING,
    "GOODS": commerce.GOODS,
    "TRADE": commerce.TRADE,
    "PROMOTION": commerce.PROMOTION,
    "EXCUSES": commerce.EXCUSES,
    "URGENCY": commerce.URGENCY,
}
PARTS: dict[str, str] = {
    "ELSEWHERE": elsewhere.ELSEWHERE,
    "UNREACHABLE": elsewhere.UNREACHABLE,
    "PAPERS": elsewhere.PAPERS,
}
