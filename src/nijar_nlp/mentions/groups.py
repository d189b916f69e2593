# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Armed groups that the register lacks, found by the way such groups name themselves."""

import re

from nijar_nlp.mentions.words import fold, word_set

_NAME = r"(?!The\s)[A-ZÉÈÎÔÂ][\w'’\-]+"
_CHAIN = rf"{_NAME}(?:\s+(?:(?:of|for|and|the|du|de|des|la|le|les|et|pour|ibn|ben|bin|ag|al|el|wa|wal)\s+|(?:d|l)['’])*{_NAME}){{0,5}}"
_LATIN = re.compile(
    r"(?<!\w)(?:"
    rf"[Kk]atib(?:a|at)\s+(?:(?:of|de|du|des)\s+|d['’])?{_CHAIN}"
    rf"|[Jj]am[aā]['’ʿ]?(?:a|at|ʿat|ah|aat)\s+{_CHAIN}"
    rf"|(?:Liwa|Jaysh|Jaish|Jund|Harakat|Saraya|Kata['’]?ib|Faylaq|Ahrar|Ansar|Lashkar)(?:-e-|\s+|-){_CHAIN}"
    rf"|(?:Mouvement|Front|Armée|Coalition|Coordination|Alliance|Union|Rassemblement|Congrès)\s+"
    rf"(?:[a-zéè]+\s+){{0,2}}(?:pour|de|du|des|d['’])\s*(?:la\s+|le\s+|les\s+|l['’])?"
    rf"(?:libération|défense|résistance|justice|salut|unité|jihad|djihad|Libération|Défense|Résistance|Justice|Salut|Unité)"
    rf"(?:\s+(?:et|de|du|des|la|le|les|pour|l['’]|d['’]|en|au)\s*|\s+)*(?:{_NAME}(?:\s+(?:de\s+(?:la\s+|l['’])?|du\s+|et\s+)?{_NAME}){{0,4}})?"
    rf"|(?:{_NAME}\s+){{0,3}}(?:Liberation|Resistance|Salvation|Revolutionary|Defen[cs]e)\s+"
    rf"(?:Front|Army|Movement|Forces?)(?:\s+(?:of|for)\s+(?:the\s+)?{_CHAIN})?"
    rf"|(?:Movement|Front|Army|Party)\s+(?:for|of)\s+(?:the\s+)?(?:Liberation|Defen[cs]e|Justice|Resistance|Unity|Salvation|Jihad)"
    rf"(?:\s+(?:and|of|in|for|the)\s+|\s+){_CHAIN}"
    rf"|(?:{_NAME}\s+){{1,3}}(?:Brigades?|Battalions?|Martyrs'? Brigade)(?!\s+(?:General|general))"
    rf"|[Bb]rigades?\s+(?:of\s+|de\s+|des\s+|du\s+|d['’]|al[- ]){_CHAIN}"
    rf"|milices?\s+(?:d['’]|de\s+|du\s+)?{_NAME}(?:\s+{_NAME})?"
    rf"|militia\s+of\s+{_CHAIN}"
    r")"
)
_CALLED = re.compile(
    rf"(?:armed|militant|rebel|jihadist|Islamist|extremist|guerrilla|terrorist) (?:group|faction|movement|organi[sz]ation)"
    rf"(?:,? (?:called|known as|calling itself)|,)? (?:the )?(?P<en>{_CHAIN})"
    rf"|[Aa]n armed group, (?:the )?(?P<en2>{_CHAIN})"
    rf"|(?P<en3>(?!(?:Islamist|Muslim|Arab|Shiite|Sunni|Christian|Kurdish|Islamic)\b){_NAME}) (?:rebels|guerrillas|militia(?:men)?)(?!\w)"
    rf"|groupe (?:armé|djihadiste|jihadiste|rebelle|terroriste|islamiste)(?: dénommé| appelé| baptisé|,)? (?P<fr>{_CHAIN})"
)
_ARABIC_WORD = r"[\u0621-\u064a\u064b-\u0652]+"
_ARABIC = re.compile(
    rf"(?<!\w)(?:و|ف|ب|ل|ك)?((?:كتيبة|كتائب|لواء|ألوية|سرايا|سرية|ميليشيا|مليشيا|جيش\s+(?:تحرير|الفتح|الإسلام|المجاهدين|أنصار)|"
    rf"جبهة\s+(?:تحرير|التحرير|أنصار|ثوار)|حركة\s+(?:تحرير|أنصار|أحرار|ثوار|المجاهدين)|فيلق|تنظيم|عصائب)\s+{_ARABIC_WORD}(?:\s+{_ARABIC_WORD})?)"
)
# Words that follow a name in Arabic and never belong to it.
_ARABIC_STOPS = word_set(
    "في من إلى على عن مع أن التي الذي قد بعد قبل منذ خلال كما وقد ما لا لم لن هو هي كان كانت يوم أمس بين عند حيث إن "
    "المسلحة المسلح الإرهابي الإرهابية المتطرف المتطرفة"
)
_COUNTRY_BODY = re.compile(
    r"national (?:defen[cs]e|army)|nationale|gouvernement|government|united nations|police", re.IGNORECASE
)


def find_groups(text: str, language: str) -> list[tuple[int, int]]:
    """The stretches that look like the name of an armed group, in order."""
    if language == "ar":
        return [span for match in _ARABIC.finditer(text) if (span := _arabic_span(text, match))]
    called = [m.span(kind) for m in _CALLED.finditer(text) for kind, name in m.groupdict().items() if name]
    return called + [
        (m.start(), m.end())
        for m in _LATIN.finditer(text)
        if not _COUNTRY_BODY.search(m.group()) and " " in m.group().strip()
    ]


def _arabic_span(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    words = match.group(1).split()
    while len(words) > 1 and (fold(words[-1]) in _ARABIC_STOPS or words[-1][:1] == "و"):
        words.pop()
    if len(words) < 2:
        return None
    end = match.start(1)
    for word in words:
        end = text.index(word, end) + len(word)
    return match.start(1), end


_THE_GROUP = {
    "en": re.compile(
        r"(?<!\w)[Tt]he (?:(?:group|movement|organi[sz]ation)(?!\s(?:of|for|between|from|to|into|known|called)\b)|"
        r"militants|insurgents|jihadists|rebels)(?!\w|-)"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:[Ll]e (?:groupe|mouvement)|[Ll]['’]organisation|[Ll]a katiba)(?!\s+(?:armé|de |d['’]|des |du |terroriste|ethnique|parlementaire|appelé|connu)|\w)"
    ),
    "ar": re.compile(r"(?<!\w)(?:الجماعة|الحركة|التنظيم)(?!\w)(?!\s+(?:ال|من\b|بين\b))"),
}


def find_the_group(text: str, language: str) -> list[tuple[int, int]]:
    """The places where a text says "the group" and means one that it has named."""
    return [match.span() for match in _THE_GROUP[language].finditer(text)]
