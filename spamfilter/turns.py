"""The marks of a turn of a conversation with a machine: of its system, its user, its tools. Pure."""

from typing import Any

from spamfilter.lexicon import marks
from spamfilter.patterns import linear

MAX_TEXT = 32_768

_CALLING = "role|tool|function|tool_call|function_call|recipient_name|tool_name|action|name"  # keys in JSON
_TITLES = "system|instructions?|system prompt|new instructions?|assistant|human|response|override"


def _marks() -> Any:
    """The marks by which chat programs tell who speaks; in a mail they play a turn of the conversation."""
    whom = r"(?:the )?(?:ai|assistant|agent|llm|model)"
    speakers = (
        r"system|assistant|developer|sys|user query|user instructions?|system message|system prompt|system instruction|"
        r"system override|admin|ai|llm|"
        r"ai instructions?|important instructions?|begin instructions?|new instructions?|hidden instructions?|ai agent|"
        rf"ai assistant|note to ai|attention ai|instructions? (?:for|to) {whom}[^\n:]{{0,40}}"
    )
    tags = (
        r"system|instructions?|system[_-]prompt|admin|important_instructions|user_query|function_(?:calls?|results?)|tool_call|tool_use|"
        r"tool_result|invoke|untrusted\w*|email_content|assistant|prompt|thinking|developer|important"
    )
    calls = (
        r"system|assistant|developer|send_?\w*|forward\w*|delete\w*|execute\w*|run\w*|shell|bash|python|fetch\w*|http\w*|"
        r"transfer\w*|export\w*|create_\w*|update_\w*|pay\w*|approve\w*|tool|function"
    )
    blocks = r"system|instructions?|prompt|untrusted|hidden|user|admin|assistant|context|ai|override"
    secrets = r"\{|\[|%7B|<|\$|DATA|SECRET|BASE64|CONTENT|SUMMARY|PAYLOAD"
    system = rf"(?:(?:{marks.NEW}) )?(?:{marks.SYSTEM})"
    told = "agents?|assistants?|ai|llms?|models?|bots?"
    orders = "instructions?|directives?|orders?|commands?|tasks?|actions?|override"
    patterns = (
        r"<\|/?[a-z_]{3,30}\|>|\[/?INST\]|<</?SYS>>|<start_of_turn>|<end_of_turn>",
        rf"(?:^|\n)\s*#{{2,4}}\s*(?:{_TITLES})\s*:?\s*(?:\n|$|[:\w#])",
        rf"</?(?:{tags})(?:\s[^<>]{{0,80}})?>",
        rf"(?:^|\n)\s*(?:\*\*)?\[?(?:{speakers})(?: override| prompt| message| instructions?| note| update| notice)?"
        r"\]?(?:\*\*)?\s*:",
        r"(?:^|\n)\s*action input\s*:",
        rf"(?:^|[\n{{,<])\s*[\"']?(?:for|to)?[ _-]?(?:{told})[ _-](?:{orders})[\"']?\s*[:=>]",
        rf"\{{\s*\"(?:{_CALLING})\"\s*:\s*\"(?:{calls})\"",
        rf"\"(?:{_CALLING})\"\s*:\s*\"(?:{calls})\"\s*,\s*\"[^\n]{{0,300}}\"(?:notify|tell|ask|confirm)_?\w*\"\s*:\s*(?:false|0)",
        r"(?:call|invoke|use|run|execute)(?: the| your| this)? (?:function|tool) `?[a-z]+_[a-z_]+`? with",
        r"(?-i:\bSYSTEM(?: [A-Z]+)?:)",
        rf"-{{2,}}\s*(?:begin|end|start)(?: of)?(?: the)? (?:{blocks})[^\n-]{{0,40}}-{{2,}}",
        rf"</(?:{marks.CLOSED})>[\s}}\])]{{0,20}}(?:</[a-z_-]{{2,20}}>\s*){{0,3}}<(?:{marks.OPENED})(?:\s[^<>]{{0,80}})?>",
        rf"(?:^|\n)[\s=*#%\[<>-]{{2,12}}(?:{marks.ENDED})[^\n]{{0,40}}[=*#%\]>-]{{2,}}\s*(?:\n|$)",
        rf"(?:^|\n)[\s=*#%\[<>-]{{0,12}}{system}(?:\s*\([^()\n]{{1,40}}\))?\s*(?:\]|\*\*)?\s*:",
        rf"(?:^|\n)\s*\[/?(?:{marks.IN_BRACKETS})(?:[:\s][^\]\n]{{0,40}})?\]",
        rf"!\[[^\]\n]{{0,80}}\]\(https?://[^)\s]{{1,200}}[?&=/][^)\s]{{0,200}}(?:{secrets})",
    )
    return linear("|".join(patterns), ignore_case=True)


def _marks_within() -> Any:
    """The same in the midst of a line, and calls of functions that handle mail or money, with what they are given."""
    called = (
        r"(?:send|forward|reply|delete|export|share|transfer|read|search)_?"
        r"(?:e?mails?|messages?|inbox|payments?|money|funds)\w*"
    )
    patterns = (
        rf"(?:\{{\s*)?\"(?:{_CALLING})\"\s*:\s*\"{called}\"\s*,\s*\"(?:{marks.ARGUMENTS})\"",
        rf"\b{called}(?:\(| with )\s*\w+\s*=\s*[\"'\w]",
        r"\baction input\s*:\s*[\"'{]",
        r"\btool\s*:\s*[a-z]+_[a-z_]+\s{1,4}(?:result|output|response)\s*:",
        rf"#{{3,4}}\s*(?:{_TITLES})s?\s*:",
        r"(?-i:</?INFORMATION>)",
        r"[(\[](?:ai|llm|assistant|ai agents?|ai assistants?|language models?)\s?:",
        rf"</(?:{marks.CLOSED})>[^\n]{{0,60}}\b(?:user|new) (?:query|request|task|instruction|message)s?\s*:",
        r"\bend of (?:the )?(?:list of )?(?:e-?mails?|messages?|documents?|context)(?: list)?[.:!\s]{1,4}"
        r"(?:new |next |actual )?user (?:query|question|request|instruction)s?\s*:",
        rf"[>=*#<\[-]{{2,}}\s*(?:{marks.BEGUN})\s*[:>=*#<\]-]{{2,}}",
    )
    return linear("|".join(patterns), ignore_case=True)


_MARKS = (_marks_within(), _marks())  # each by itself: RE2 forgets what it has learnt where it has to learn too much


def mark_in(text: str) -> str:
    """The first mark of a conversation's turn in `text`, "" where there is none."""
    text = text[:MAX_TEXT]
    found = next(filter(None, (kind.search(text) for kind in _MARKS)), None)
    return found.group(0).strip() if found else ""
