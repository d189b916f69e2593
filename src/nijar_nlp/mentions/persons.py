# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Persons named with a title, and Arabic persons by their given names."""

import re
from collections.abc import Iterator, Sequence

from nijar_nlp.mentions.words import Token, fold, joined, word_set

_PARTICLE = r"(?:ag|Ag|al|Al|el|El|ould|Ould|ben|Ben|bin|ibn|Ibn|Abu|Abou|de|van|von|del|mint|Mint)"
_WORD = r"(?:(?:al|el|as|ar|ad|an|at|ash|ez|ul)[-‐])?[A-ZÉÈÎÔÂÇŞ][\w'’\-]*[a-zé'’][\w'’\-]*"
_NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+|[A-Z]\.\s+)*{_WORD}){{0,4}}"
_TITLES = {
    "en": r"(?:[Pp]resident|[Pp]rime [Mm]inister|[Mm]inister|[Cc]olonel|[Cc]ol\.|[Gg]eneral|[Gg]en\.|[Cc]aptain|[Mm]ajor|"
    r"[Ll]ieutenant|[Ss]heikh?|[Ii]mam|[Ee]mir|[Cc]ommander|[Ss]pokes(?:man|woman|person)|[Gg]overnor|[Aa]mbassador|[Ee]nvoy|"
    r"[Mm]ediator|[Bb]ishop|[Ff]ather|[Ss]ister|[Mm]ayor|[Pp]rofessor|[Dd]octor|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|[Cc]leric|[Pp]reacher|"
    r"[Jj]ournalist|[Nn]egotiator|[Ll]eader|[Cc]hief|Mullah|Mawlawi|Maulvi|Haji|El Hadj|[Ss]ecretary[- ][Gg]eneral|King|Sultan)",
    "fr": r"(?:[Pp]résidente?|[Pp]remier ministre|[Mm]inistre|[Cc]olonel|[Gg]énéral|[Cc]apitaine|[Cc]ommandant|[Ll]ieutenant|"
    r"[Cc]heikh?|[Ii]mam|[Éé]mir|[Pp]orte-parole|[Gg]ouverneur|[Aa]mbassadeur|[Éé]missaire|[Mm]édiateur|[Éé]vêque|[Pp]ère|"
    r"[Ss]œur|[Mm]aire|[Pp]rofesseur|[Dd]octeur|Dr|M\.|Mme|MM\.|[Pp]rêcheur|[Pp]rédicateur|[Jj]ournaliste|[Nn]égociateur|"
    r"[Cc]hef|El Hadj|[Mm]arabout|[Ss]ous-préfet|[Pp]réfet|[Oo]tage)",
    "ar": r"(?:الرئيس|رئيس الوزراء|الوزير|وزير الخارجية|وزير الداخلية|وزير الدفاع|العقيد|الجنرال|النقيب|اللواء|العميد|المقدم|الرائد|"
    r"الشيخ|الإمام|الأمير|الأمين العام|المبعوث|الوسيط|المتحدث باسم \w+|الناطق|السفير|القس|الأب|الدكتور|السيد|السيدة|الصحفي|الصحفية|"
    r"القيادي|القائد|زعيم|الداعية|المفاوض|الحاج|المدعو|الملا|السلطان|الملك|ولي العهد)",
}
# What follows a title and is nobody: "General Assembly", "President Obama's Council" begins with a name.
_NO_PERSON = (
    r"(?:Assembly|Secretar\w+|Command\w*|Staff|Council|Directorate|Committee|Security|Intelligence|Prosecutor|Debate|Hospital|"
    r"Peoples?|Union|Executive|Justice|Minist\w+|Office|Court|Military|Assemblée|Conseil|Commission|Delegate|Emergency|Strike|"
    r"Representative|Affairs|Republic|État|Etat|Elect|National|International|United|Federal)(?!\w)"
)
_FULL_NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+|[A-Z]\.\s+)*{_WORD}){{1,4}}"
# "The Yemeni president", "the deposed president": between the title and the name.
_ADJECTIVE = re.compile(r"(?:ال\S+|سمو|سعادة|معالي|فخامة|جلالة|السيد)\s+")
_NO_NAME = word_set("نبأ أنباء خبر أن إن انه بأن لـ")
# A spokesman's title names whom he speaks for, so that a verb's object may follow: his name has two words.
_SPEAKS = re.compile(r"(?:المتحدث|الناطق)")
_LATIN = {
    code: re.compile(
        rf"(?<!\w){_TITLES[code]}(?:\s+(?!{_NO_PERSON})(?P<name>{_NAME})|,\s+(?P<after>{_FULL_NAME})(?=\s*,))"
    )
    for code in ("en", "fr")
}
_ARABIC_NAME = r"(?P<name>(?:عبد\s+|أبو\s+|أبي\s+|ابن\s+)?[\u0621-\u064a]{2,}(?:\s+(?:(?:بن|ولد|ابن|أغ|آغ|أبو|عبد|آل|بنت)\s+)?[\u0621-\u064a]{2,}){1,3})"
_FOR_THE = "|".join("ل" + title[1:] for title in _TITLES["ar"][3:-1].split("|") if title.startswith("ال"))
_ARABIC = re.compile(rf"(?<!\w)(?:[وفب]?{_TITLES['ar']}|{_FOR_THE})\s+{_ARABIC_NAME}")
# Given names by which an Arabic person is known where no title stands; the keys of words.fold.
_GIVEN = word_set(
    "محمد أحمد محمود علي حسن حسين إبراهيم إسماعيل يوسف عمر عثمان خالد سعيد مصطفى صالح سالم ناصر طارق كمال جمال فؤاد "
    "عباس جعفر موسى عيسى داود سليمان إدريس يحيى زكريا هارون بشار حافظ رفيق سعد فيصل سلمان تميم نبيه ميشال جبران وليد "
    "أيمن أسامة عدنان غسان نزار نوري حيدر مقتدى هادي قاسم فاطمة عائشة مريم خديجة زينب صوفي جون جورج ستيفان غير مارتن "
    "أمادو إياد بليز إسماعيلا بوبكر بوبا ماكي عاصمي شوغيل ديونكوندا ميشيل فرانسوا إيمانويل جو باراك دونالد فلاديمير"
)
# "She did", as of an army or a delegation; some given names end so too.
_SHE_DID = re.compile(r"[\u0621-\u064a]{2,}[^ا]ت")
_NAMES_IN_T = word_set(
    "رأفت نشأت طلعت جودت عزت شوكت مدحت بهجت حكمت رفعت عفت حشمت همت ثروت صفوت عصمت نصرت دولت ميرفت عنايت عظمت جنت"
)
_TANWIN = "\u064b"
_ARABIC_PARTICLES = word_set("بن ولد ابن أغ آغ أبو أبي عبد آل بنت ال")
_ARABIC_STOPS = word_set(
    "في من إلى على عن مع أن إن التي الذي الذين قد بعد قبل منذ خلال كما وقد ما لا لم لن هو هي كان كانت يوم أمس بين عند "
    "حيث قال قالت أكد أعلن صرح أشار ذكر أضاف دعا رفض نفى وصل التقى أوضح اليوم الذى باسم رئيس وزير قائد زعيم عضو لدى ضد حول "
    "عبر حتى ثم أو بأن بعدما فيما إثر عقب أمام دون غير بعض كل هذا هذه ذلك تلك زيارة لقاء بحث إطلاق سراح الإفراج تم كبير عام"
)


def find_titled(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The names that follow a title."""
    if language in _LATIN:
        for match in _LATIN[language].finditer(text):
            yield match.span("name" if match["name"] else "after")
        return
    for match in _ARABIC.finditer(text):
        start = match.start("name")
        while adjective := _ADJECTIVE.match(text, start, match.end("name")):
            start = adjective.end()
        end = _arabic_end(text, start, match.end("name"))
        name = text[start:end].split()
        if not name or name[0].startswith("ال") or fold(name[0]) in _NO_NAME or len(name[0]) < 3:
            continue
        if len(name) > 1 or not _SPEAKS.search(match.group()):
            yield start, end


def _arabic_end(text: str, start: int, end: int) -> int:
    """Where a name that begins at `start` ends: before a word that is none, or after two to four words."""
    at, kept, full = start, start, 0
    for word in re.finditer(r"[^\s:،.؛»«()]+", text[start:end]):
        key = fold(word.group())
        joint = key.startswith("و") and len(key) > 2 and key not in _GIVEN
        if key in _ARABIC_STOPS or joint or (full and _verb_like(word.group())) or full == 3:
            break
        if text[at : start + word.start()].strip(" "):
            break
        at = start + word.end()
        if key not in _ARABIC_PARTICLES:
            full, kept = full + 1, at
            if full >= 2 and not _name_goes_on(text[at:end]):
                break
    return kept


def _verb_like(word: str) -> bool:
    """Whether a word in a name's place has the look of a verb, or the ending of an object."""
    key = fold(word)
    if _TANWIN in word or (_SHE_DID.fullmatch(key) and key not in _NAMES_IN_T):
        return True
    return key[0] in "يتسون" and len(key) > 4 and not key.endswith("ي")


def _name_goes_on(rest: str) -> bool:
    following = rest.split()
    return bool(following) and (
        fold(following[0]) in _ARABIC_PARTICLES or bool(re.fullmatch(r"ال\w+ي", following[0]))
    )


def find_arabic_named(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Given names with the word or words after them."""
    at = 0
    while at < len(words):
        key = words[at].key
        compound = key in {"عبد", "ابو"} and at + 2 < len(words)
        if key in _GIVEN or compound:
            first = at + 1 if compound else at
            last = first + 1
            if last < len(words) and joined(text, words[first], words[last]):
                end = _arabic_end(text, words[at].start, words[min(last + 2, len(words) - 1)].end)
                if end > words[first].end:
                    yield words[at].start, end
                    while at < len(words) and words[at].start < end:
                        at += 1
                    continue
        at += 1
