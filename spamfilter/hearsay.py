"""Tells an order from talk about orders: quoted, reported, denied, or said by one person to another. Pure.

Mail about language models is full of the very sentences that attack them. An order stands for itself: its verb
begins the clause, or somebody is told that he must.
"""

import re
from functools import lru_cache
from itertools import islice

from spamfilter.folding import fold
from spamfilter.patterns import linear

MAX_SENTENCES = 300
MOST_QUOTED = 0.6  # share of a text from which what stands in quotation marks is the message itself

_QUOTES = re.compile(  # from the mark itself, which is quickly looked for
    r"[\"“„«‘`「『'](?:(?<=\")[^\"]{4,400}+\"|(?<=“)[^”]{4,400}+”|(?<=„)[^“”]{4,400}+[“”]|(?<=«)[^»]{4,400}+»"
    r"|(?<=‘)[^’\n]{4,400}+’|(?<=`)[^`]{4,400}+`|(?<=「)[^」]{4,400}+」|(?<=『)[^』]{4,400}+』"
    r"|(?<=')(?<!\w')[^'\n]{8,300}+'(?!\w))"
)
_CITED_BEFORE = re.compile(  # in the folded words before a quotation: what it is
    r"(?:^| )(?:sentences?|lines?|words?|phrases?|strings?|text|reads?|satz|satze|satzen|zeilen?|worten?|"
    r"lignes?|mots|texte|frases?|lineas?|palabras|texto|linhas?|palavras|frasi|righ?[ae]|parole|testo|zin|zinnen|"
    r"regels?|woorden|tekst|mening|meningen|rad|raden|setning|setningen|saetning|saetningen|linje|linjen|zdani[aeu]m?|"
    r"linijk[aei]|slow[ay]|vet[aeuy]|radek|radk[aue]|mondat|sor|propoziti[ae]|fraza|randul|lause|lauseen|rivi|φραση|"
    r"προταση|фраз[а-я]+|строк[а-я]+|слова(?:ми)?|текст(?:ом)?|рядок|рядком|речення|изречение(?:то)?|cumlesi|cumleyi|"
    r"ifadesi|satiri|kalimat|baris|frasa|cau|dong|عبارة|جملة|سطر|המשפט|משפט|השורה|שורה|جمله|عبارت|वाक्य|पंक्ति|বাক্য)"
    r"(?: (?:like|such as|saying|wie|comme|como|come|als|som|jako|вроде|типа|gibi))?$"
)
_CITED_AFTER = re.compile("と(?:いう|の|書かれ|ある)|这句话|這句話|的字样|字样|一句|라는|라고 ?적힌|이라는|란 ")
_ANSWERED = re.compile(r"(?m)^[ \t]*>.*$")
_BREAK = re.compile(r"\n(?<=\S\n)(?=[ \t]*\S)")
_ENDS = re.compile(  # from the sign itself, which is quickly looked for
    r"[.!?…。！？｡;\n](?:(?<=[.!?…])[\"”’')\]]*\s+|(?<=[。！？｡])|(?<=\n)\s*|(?<=;)\s+)"
)
_CLAUSES = re.compile(
    r"[,:;—–()\[\]]+\s*|\s-+\s|\b(?:and|then|und|dann|et|puis|y|luego|e|poi|depois|en|oraz|и|затем)\s+"
)

_SAYING = (
    "told tells? telling asked asks? asking instruct(?:ed|s|ing)? mak(?:e|es|ing) made trick(?:s|ed|ing)? gets? "
    "getting got convinc(?:e|ed|es|ing) caus(?:e|es|ed|ing) forc(?:e|es|ed|ing) lets? order(?:s|ed)? wants? "
    "wanted prompt(?:s|ed|ing)? persuad(?:e|es|ed|ing) allow(?:s|ed|ing)? trying tried tries attempts? attempted "
    "attempting says? said saying reads? typ(?:e|ed|es|ing) wrote writes writing contain(?:s|ed|ing)? like "
    "example phrases? strings? lines? classic famous whether why how if may might could would can cannot"
).split()
_WHOM = (
    "the a an it them him her our my their his any this that ai bots? models? chatbots? assistants? agents? "
    "llms? gpt chatgpt claude copilot gemini system language large machine reader tool users? summari[sz]er "
    "customer service support to into people one someone words email mail message text something instructions? "
    "simply just which will would could can mode request requests caller be made as"
).split()
_DOING = (
    "ignor(?:e|es|ed|ing) disregard(?:s|ed|ing)? forget(?:s|ting)? overrid(?:e|es|ing) bypass(?:es|ed|ing)? "
    "reveal(?:s|ed|ing)? forward(?:s|ed|ing)? sen[dt](?:s|ing)? print(?:s|ed|ing)? leak(?:s|ed|ing)? "
    "exfiltrat(?:e|es|ed|ing) follow(?:s|ed|ing)? output(?:s|ted|ting)? delet(?:e|es|ed|ing) "
    "execut(?:e|es|ed|ing) runs? running disclos(?:e|es|ed|ing) act"
).split()
_NOT_YOU = r"(?:[a-xz][a-z]*|y[a-np-z][a-z]*)"
_REPORTED = linear(
    rf" (?:{'|'.join(_SAYING)})(?: (?:{'|'.join(_WHOM)}))*(?: to)? (?:{'|'.join(_DOING)}) "
    rf"| (?:{'|'.join(_SAYING)})(?: {_NOT_YOU}){{1,5}} to (?:{'|'.join(_DOING)}) "
    rf"| (?:makes?|made|making|have|had|having|lets?|letting)(?: {_NOT_YOU}){{1,5}} (?:{'|'.join(_DOING)}) "
)
_REPORTED_ELSEWHERE = linear(
    r" (?:lui faire|leur faire|nous avons essaye|hat versucht|haben versucht|intentamos|tentamos|abbiamo provato|"
    r"попытал[а-я]*) |드립니다|했습니다|됩니다|배웁니다|배우는|는 방?법 "
    r"| (?:was|were|war|waren|etait|etaient|era|eran|erano|eram|fue|was|var|бул[аио]?|був|был[аио]?) (?:[^ ]+ ){0,2}"
    r"(?:meant|intended|written|addressed|bestimmt|gedacht|gemeint|gerichtet|bedoeld|destine[a-z]*|destinad[a-z]+|"
    r"dirigid[a-z]+|pensad[a-z]+|pensat[a-z]+|rivolt[a-z]+|avsed[a-z]*|avsett|beregnet|ment|"
    r"адресован[а-яі]*|обращен[а-я]*|звернен[а-яі]*|предназначен[а-я]*|призначен[а-яі]*) "
)
_FEATURE = linear(
    r" (?:agents?|assistants?|models?|bots?|ai|apps?|copilot|gemini|chatgpt|claude|tools?|it|which|that|they|she) "
    r"(?:can|could|will|may|is able to|are able to) (?:now |also |even |already )?"
    r"(?:read|search|open|access|scan|answer|forward|send|delete|pay|summari[sz]e|find|draft|sort|run|do) "
)
_IGNORING = (
    "ignor[a-z]* disregard forget skip overlook vergiss vergessen oublie[zr]? olvid[a-z]+ dimentica[a-z]* "
    "esque[a-z]+ desconsider[a-z]* negeer vergeet zignoruj[a-z]* compte caso игнорируи[а-я]* забудь[а-я]* abaikan"
).split()
_OURS = (
    "my our mes mon ma mis mi meu minha minhas meus meine meinen meiner mein mijn miei mie mio mia moje moich "
    "мои мое мою моего i je ich ik jeg jag"
).split()
_SENT_BEFORE = (
    r"(?:the )?(?:last|previous|earlier|first|older|other) (?:e ?mails?|mails?|messages?|invoice|version|draft|link|"
    r"attachment|file|order|quote|attached|invitation|reminder|notice|note)"
    r"|(?:(?:e )?mails?|email|pesan|surat|mensaje|correo|mensagem|messaggio|message|courriel|nachricht|"
    r"bericht|письмо|сообщение|лист) "
    r"(?:saya )?(?:anterior|precedente?|sebelumnya|terakhir|previo|dernier)"
)
_AMONG_PEOPLE = linear(rf" (?:{'|'.join(_IGNORING)})(?: [a-zа-я]+){{0,3}} (?:{'|'.join(_OURS)}|{_SENT_BEFORE}) ")
_PREVENTED = linear(
    r" (?:prevent[a-z]*|protect[a-z]*|avoid[a-z]*|verhinder[a-z]*|schutz[a-z]*|vermeid[a-z]*|empecher|proteg[a-z]*|"
    r"eviter|evit[ae]r[a-z]*|imped[a-z]*|proteggere|voorkom[a-z]*|bescherm[a-z]*|chronic|zapobie[a-z]*|onle[a-z]*|koru[a-z]*|"
    r"hindrar?|forhindre|skydda|zabranit|chranit|ngan|bao ve|mencegah|melindungi|estaa|estetaan|impiedica[a-z]*|"
    r"megakadalyoz[a-z]*|не дать|предотвра[а-я]*|защити[а-я]*|запобіг[а-яі]*|захист[а-яі]*|αποτρε[α-ω]*|προστα[α-ω]*) "
    r"| (?:don t|do not|never|not|please don t) (?:let|allow) (?:any|an?|your|the|some) (?:[^ ]+ ){0,3}"
    r"(?:apps?|tools?|assistants?|agents?|bots?|chatbots?|programs?|software|ai|machines?|plug ?ins?) "
    r"| (?:نمنع|منع|حماية|لمنع) | (?:מונעים|למנוע|להגן) | (?:रोकें|रोकना|बचाव|बचें) |防止|防ぐ|対策|막는|않게|방지|ป้องกัน"
)
_OF_A_MATTER = linear(
    r" (?:instructions|rules|guidelines|orders|guidance|(?:everything|all|whatever|anything) (?:that )?"
    r"you (?:know|(?:(?:ve|have|were|have been|ve been) )?(?:heard|read|seen|told|taught|learn[a-z]*))|"
    r"anweisungen|regeln|consignes|instrucciones|istruzioni|instrucoes) "
    r"(?:on|about|for|regarding|concerning|in|of|uber|fur|zu|zum|zur|sur|pour|sobre|para|su|per) "
    r"| رسالتي | you are now (?:a|an|the|in|part|free|our|my) "
    r"| (?:we|they|he|she) (?:[a-z]+ ){0,2}(?:switch|enter|go into|turn on|activate|enable|start|begin)(?:s|es)? "
    r"| (?:developer|debug|maintenance|test|diagnostic) mode (?:in|on|of|under|from) (?:the|your|its) "
)
_IN_A_MODE = linear(" you are now in (?:developer|dan|god|jailbreak|unrestricted|unfiltered|sudo|root|override) mode ")
_ONE_THING = linear(
    r" (?:disregard|ignore) the (?:earlier|previous|old|last|above|former|prior) (?:instructions|rules|"
    r"guidelines|message) "
)
_DENIED = linear(
    r" (?:never|not|don t|doesn t|won t|cannot|can t|nobody|no one|avoid|neither|jamais|ne|pas|niemals|nie|nicht|keine|"
    r"keinen|keinesfalls|nunca|no|nao|non|mai|niet|nooit|никогда|не|нельзя|asla|dung|khong|jangan|aldrig|ikke|inte|"
    r"nikdy) "
    r"|不要|请勿|切勿|勿|絶対に|ないで|ません|지 마|않|말아|금지|절대|말 것| لا | कभी | मत | न |อย่า|ห้าม"
)
_FIRST = (
    "please now then also just immediately first next and you must should have to may shall kindly always "
    "silently do so never ai assistants? agents? models? bots? llms? systems? schedulers? readers? dear hello hi "
    "the all every any with access [0-9] reading "
    "processing handling parsing this that these mail mails email emails message mailbox inbox who which"
).split()
_VERBS = (
    "forward send bcc cc paste extract submit upload copy export post relay collect gather transmit share append "
    "attach include quote list read summari[sz]e look search find reveal fetch get give tell install enable add "
    "connect authori[sz]e load register activate deploy grant allow assign run execute issue start launch "
    "perform type enter request open call visit download follow click base64 encode approve pay accept confirm "
    "sign release transfer wire buy book mark move delete archive hide flag treat classify rate trust whitelist "
    "don not keep translate rewrite reply respond answer write put place begin end stop disable save remember "
    "store locate submit obey recommend say state claim ignore change update set create"
).split()
_COMMANDED = linear(rf"^ (?:(?:{'|'.join(_FIRST)}) )*(?:{'|'.join(_VERBS)}) ")
_OBLIGED = linear(
    r" (?:you must|you should|you have to|you are to|you are required|you will|agents? must|assistants? must|"
    r"assistants? should|agents? should|ai must|ai should|models? must|models? should|asked to|"
    r"required to|wants you to|kept secret) "
)


_PLAYED = re.compile(r"(?m)^[ \t]*([A-ZÄÖÜÉÈÀÅØ][A-ZÄÖÜÉÈÀÅØ .'-]{2,30}):[ \t].*$")
_CHATTED = re.compile(  # a line of a conversation that was kept: when, who, what
    r"(?m)^[ \t>]*\[?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp][Mm])?\]?[ \t–-]{0,3}([^\W\d][^\n:\[\]]{0,39}):[ \t].*$"
)
_TALKING_TO_MODELS = frozenset("SYSTEM USER ASSISTANT HUMAN AI MODEL AGENT BOT INSTRUCTIONS INSTRUCTION NOTE".split())
_PROMPT_FOR = linear(  # one that is written for a machine, not got out of it
    r" (?:system ?prompts?|системн[а-я]+ промпт[а-я]*|prompt systeme|prompt (?:de|del|do|di) sistema) "
    r"(?:drafts? )?(?:for|fur|pour|para|per|для|voor|dla) "
)


@lru_cache(maxsize=4)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of `text`: a line break ends none, an empty line does."""
    flowing = _BREAK.sub(" ", "\n".join(map(str.rstrip, text.split("\n"))))
    found, begin = [], 0
    for end in islice(_ENDS.finditer(flowing), MAX_SENTENCES):
        place = end.start()
        found.append(flowing[begin : place + (flowing[place] not in ";\n")])
        begin = end.end()
    if len(found) < MAX_SENTENCES:
        found.append(flowing[begin:])
    return tuple([sentence for sentence in found if len(sentence) > 8])


def without_quotes(text: str, *, always: bool) -> str:
    """`text` without what stands in quotation marks, unless that is most of it.

    `always`: also then, and without lines that begin with the mark of an answer.
    """
    if always:
        text = _ANSWERED.sub("", text)
    unquoted = _QUOTES.split(text)
    quoted = len(text) - sum(map(len, unquoted))
    if not quoted or (quoted > len(text) * MOST_QUOTED and not always):
        return text
    return " ".join(unquoted)


def without_citations(text: str) -> str:
    """`text` without what stands in quotation marks and is called a sentence, a line, words."""
    return _QUOTES.sub(lambda quote: " " if _is_cited(text, *quote.span()) else quote[0], text)


def _is_cited(text: str, begin: int, end: int) -> bool:
    before, after = fold(text[max(0, begin - 24) : begin]), text[end : end + 12]
    return bool(_CITED_BEFORE.search(before) or _CITED_AFTER.match(after))


def without_plays(text: str) -> str:
    """`text` without the lines that several speakers say in turn on a stage, named in capitals, or said in a chat."""
    for line in (_PLAYED, _CHATTED):
        speakers = [match[1].strip() for match in line.finditer(text)]
        names = {speaker.upper() for speaker in speakers}
        if len(speakers) >= 3 and len(names) >= 2 and _TALKING_TO_MODELS.isdisjoint(names):
            text = line.sub(" ", text)
    return text


def is_reported(folded: str) -> bool:
    """Whether a folded sentence tells of somebody who said it, or of what may happen."""
    return bool(_REPORTED.holds(folded) or _REPORTED_ELSEWHERE.holds(folded))


def is_feature(folded: str) -> bool:
    """Whether a folded sentence says what a product is able to do."""
    return bool(_FEATURE.holds(folded))


def is_prevented(folded: str) -> bool:
    """Whether a folded sentence is about keeping something from happening."""
    return bool(_PREVENTED.holds(folded))


def is_about_one_thing(folded: str) -> bool:
    """Whether certain instructions are to be dropped, not all there are: as people ask of each other."""
    return bool(_ONE_THING.holds(folded))


def unmeant(folded: str, machine: bool) -> tuple[str, ...]:
    """The kinds of instructions that a folded sentence does not mean, though it holds their words.

    `machine`: one is named in the text; else it is people who drop each other's rules on this or that.
    """
    of_a_matter = not machine and _OF_A_MATTER.holds(folded) and not _IN_A_MODE.holds(folded)
    people = of_a_matter or _AMONG_PEOPLE.holds(folded)
    kinds: tuple[str, ...] = ("OVERRIDE",) if people else ()
    if _DENIED.holds(folded):
        return (*kinds, "LEAK", "ACT")
    return (*kinds, "LEAK") if _PROMPT_FOR.holds(folded) else kinds


def is_command(sentence: str) -> bool:
    """Whether a clause of `sentence` begins with a verb, or somebody is obliged. Other languages: if not denied."""
    folded = f" {fold(sentence)} "
    if not folded.isascii() or _OBLIGED.holds(folded):
        return not _DENIED.holds(folded) or folded.isascii()
    return any(_COMMANDED.holds(f" {fold(clause)} ") for clause in _CLAUSES.split(sentence)[:40])
