# ruff: noqa: E501 - word lists and patterns read better unbroken
"""A pipeline's entities into mentions: trimmed, retyped, and without what names nobody."""

import re
from collections.abc import Iterator, Mapping, Sequence

from nijar_nlp.mentions.acronyms import LongForms
from nijar_nlp.mentions.context import Entry, People
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.mentions.words import fold, key_of, word_set
from nijar_nlp.records import Mention

_EDGES = " \t\n\r,;:.!?()[]«»\"“”„'’‘…-–—*•"
_LEADING = re.compile(r"(?:[Tt]he|[Ll]es?|[Ll]a|[Ll]['’]|[Dd]['’]|[Aa]u|[Dd]u|[Dd]es?)\s*(?=[A-ZÉÈÎ])")
# Words beside a name are looked for so many characters before it.
_BESIDE = 40
_TRAILING = re.compile(r"\s(?:and|or|of|the|in|for|to|et|ou|de|du|des|la|le|les|pour)$")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
# "Minister Jane Doe Head of government": the office begins what follows.
_OFFICE = re.compile(r"\s(?:Head|Chief|President|Minister|Director|Chair)$")
_WHERE = re.compile(r"\b(?:in|at|near|à|dans|près de)\s$")
_POSSESSED = re.compile(r"['’]s\s", re.IGNORECASE)
# "Kamil ‘Abbas": the pipelines part a name before the sign for an Arabic letter.
_FIRST_PART = re.compile(
    r"(?P<name>[A-Z][\w\-]+(?:\s(?:(?:bin|ibn|ben|al|el|Abu|Abd)\s)?[\u2018\u02bf']?[A-Z][\w\-]+){0,3}"
    r"(?:\s(?:bin|ibn|ben|al|el|Abu|Abd))?\s)[\u2018\u02bf]$"
)
_TWO_ACRONYMS = re.compile(r"([A-Z]{2,6}),\s([A-Z]{2,6})")
_ENDS_IN_ACRONYM = re.compile(r"[a-z]\s[A-Z]{3,4}$")
_BODY_BEFORE = re.compile(
    r"(?:organi[sz]ation|group|agency|NGO|association|newspaper|company|network|movement|party|"
    r"groupe|agence|ONG|journal|parti),?\s$"
)
_AREA_OF = re.compile(
    r"\b(?:towns?|cit(?:y|ies)|villages?|areas?|mayor|governor|districts?|provinces?|regions?|localit(?:y|ies)|outskirts|"
    r"villes?|localités?|maire|préfet|gouverneur)\s(?:of|de|d['’])\s?$"
)
_AREA_AFTER = re.compile(
    r"\s(?:districts?|provinces?|prison|villages?|town|city|airport|governorates?|(?:refugee|military|training)\scamp|"
    r"area|valley|mountains?|heights)(?!\w)"
)
_MATTER_OF = re.compile(r"\b(?:[Mm]inisters?|[Ss]ecretary|[Mm]inistres?)\s(?:of|for|de)\s(?:the\s|l['’])?$")
_KIN_AFTER = re.compile(
    r"(?:\sand\s[A-Z][\w\s]{0,24})?\s(?:sub-?clans?|clans?|tribes?|tribal|ethnic\sgroups?|famil(?:y|ies)|communit(?:y|ies))(?!\w)"
)
# A name that ends or begins so is a part of a country, or something built on it.
_PLACES = re.compile(
    r"\w\s(?:State|Region|Province|District|Governorate|County|Prefecture|Rural|Prison|Camp|Street|Airport|River|"
    r"Mountains?|Valley|Island|Peninsula|Base|Palace|Hospital|Stadium|Bridge|Border|Crossing)$|"
    r"^(?:Camp|Prison|Fort|Mont|Lac|Rivière|Vallée|Aéroport|Hôpital)\s"
)
# A name that ends or begins so is a body, whatever the pipeline took it for.
_BODIES = re.compile(
    r"\w\s(?:Council|Ministry|Party|Front|Movement|Commission|Committee|University|Forces?|Army|Union|League|Agency|"
    r"Association|Mission|Court|Bureau|Office|Group|Network|Foundation|Institute|Centre|Center|Corps|Command|Assembly)$|"
    r"^(?:Conseil|Ministère|Parti|Front|Mouvement|Commission|Comité|Université|Force|Armée|Union|Ligue|Agence|Association|"
    r"Mission|Cour|Bureau|Institut|Centre|Haut Conseil|Croix|Assemblée)\s"
)
# Texts, feasts, plans and faiths: no person, body or place.
_THINGS = re.compile(
    r"(?:^|\s)(?:Agreements?|Accords?|Compact|Resolutions?|Act|Law|Protocols?|Conventions?|Declaration|Charter|Report|"
    r"Constitution|Treaty|Plan|Programme?|Process|Roadmap|Strategy|Operation|Initiative|Fund|Decree|Mandate|Annex|Article|"
    r"Needs|Rights|Ceasefire|Cessation|Hostilities|Dialogue|Talks|Sharia|Traité|Résolution|Décret|Loi|Charte|Processus|"
    r"Opération|Constitution|Protocole)(?:\s(?:ended|of|on|for|de|du|sur|pour|and|et)\b.*)?$|"
    r"^(?:Accord|Traité|Résolution|Loi|Charte|Opération|Operation|Processus|Plan|Treaty|Resolution|Agreement)\s|"
    r"^(?:Aïd|Eid|Ramadan|Christmas|Noël|Easter|Pâques|Islam|Coran|Quran|Koran|Tabaski|Covid|Ebola|Nobel|Internet|"
    r"Facebook|Twitter|Telegram|WhatsApp|YouTube)\b|/\d|https?:"
)
# Names that are common nouns with a capital.
COMMON_NOUNS = word_set(
    "state states army government parliament assembly council committee secretariat president minister member members commission "
    "article chapter sector sectors section annex plan party parties court ministry mission report force forces country group "
    "libération état etat gouvernement armée parlement assemblée président ministre conseil otages otage source quelque "
    "ميدان الميدان federal-government member-states text islamist islamists muslim muslims christian christians arab arabs kurdish "
    "baluchi baloch tuareg touareg touaregs fulani peul peuls pashtun dogon hausa oromo uyghur uyghurs shia shiite sunni druze alawite "
    "chiites sunnites chrétiens musulmans islamistes"
)
# A pipeline's name that ends so is a group of people without a name of its own.
_HOLDERS = word_set(
    "kidnappers captors gunmen hostages prisoners soldiers fighters militants rebels islamists jihadists ravisseurs otages "
    "militaires soldats combattants rebelles islamistes djihadistes quelque guerrillas militiamen members states"
)
_SAYS = re.compile(
    r"(?:,| (?:said|says|told|added|warned|wrote|stated|announced|is|was|has|had|who|a|est|avait|qui|dit|assure|affirme|"
    r"explique|déclare)(?!\w)|['’]s(?!\w))"
)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without quotes, articles, punctuation and possessive at its edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if found := _POSSESSIVE.search(text, start, end):
        end = found.start()
    while tail := _TRAILING.search(text, start, end):
        end = tail.start()
    while (lead := _LEADING.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    return start, end


def find_entities(
    text: str,
    entities: Sequence[tuple[int, int, str]],
    names: Sequence[Found[Entry]],
    gazetteer: Gazetteer,
    context: Mapping[str, float],
    long_forms: LongForms,
) -> Iterator[Mention]:
    """The entities that name a person, a body or a place."""
    peoples = {name.start: name.end for name in names if isinstance(name.values[0], People)}
    for found in entities:
        for start, end, kind in _shaped(text, *found, peoples):
            written = text[start:end]
            if kind == "NORP" or not _is_name(written) or peoples.get(start) == end:
                continue
            if _is_part_of_a_title(text, start, end) or _abbreviates_a_thing(written, long_forms):
                continue
            kind = _typed(text, start, end, kind, gazetteer, context)
            if kind == "PERSON" and not _is_person(text, start, end):
                continue
            yield Mention(start, end, written, kind, how="spacy")


def _shaped(
    text: str, start: int, end: int, kind: str, peoples: Mapping[int, int]
) -> Iterator[tuple[int, int, str]]:
    """The stretch as far as it is a name; two where it is two acronyms parted by a comma."""
    start, end = trimmed(text, start, end)
    if kind == "PERSON" and start in peoples and peoples[start] < end:
        start, end = trimmed(text, peoples[start], end)
    if kind == "PERSON" and (possessed := _POSSESSED.search(text, start, end)):
        end = possessed.start()
    if kind == "PERSON" and (office := _OFFICE.search(text, start, end)) and text[end : end + 4] == " of ":
        end = office.start()
    if kind == "PERSON" and (first := _FIRST_PART.search(text, max(0, start - 2 * _BESIDE), start)):
        start = first.start("name")
    if kind == "ORG" and (pair := _TWO_ACRONYMS.fullmatch(text, start, end)):
        yield *pair.span(1), kind
        start = pair.start(2)
    yield start, end, kind


def _typed(
    text: str, start: int, end: int, kind: str, gazetteer: Gazetteer, context: Mapping[str, float]
) -> str:
    """The type that a name has by what it says, and by the words beside it."""
    written = text[start:end]
    kind = _retyped(written, kind, gazetteer, context)
    if kind == "PLACE" or _BODIES.search(written):
        return kind
    if _AREA_OF.search(text, max(0, start - _BESIDE), start) or (
        not written.isupper() and _AREA_AFTER.match(text, end)
    ):
        return "PLACE"
    if (
        kind == "ORG"
        and _WHERE.search(text, max(0, start - _BESIDE), start)
        and gazetteer.resolve(written, context)
    ):
        return "PLACE"
    if kind == "PERSON" and (
        _ENDS_IN_ACRONYM.search(written) or _BODY_BEFORE.search(text, max(0, start - _BESIDE), start)
    ):
        return "ORG"
    return kind


def _is_part_of_a_title(text: str, start: int, end: int) -> bool:
    """Whether the words are an office's matter ("the Minister of the Interior") or a kin group's name."""
    return (
        _MATTER_OF.search(text, max(0, start - _BESIDE), start) is not None
        or _KIN_AFTER.match(text, end) is not None
    )


def _abbreviates_a_thing(written: str, long_forms: LongForms) -> bool:
    """Whether the article spells an acronym out in small letters only: a thing, and no body's name."""
    forms = long_forms.get(written, frozenset())
    return bool(forms) and all(form.islower() for form in forms)


def _is_name(written: str) -> bool:
    if len(written) < 2 or not any(char.isupper() for char in written) or "\n" in written:
        return False
    if fold(written.split()[-1]) in _HOLDERS or "-".join(key_of(written)) in COMMON_NOUNS:
        return False
    return _THINGS.search(written) is None


def _retyped(written: str, kind: str, gazetteer: Gazetteer, context: Mapping[str, float]) -> str:
    if kind != "PLACE" and (_PLACES.search(written) or _is_place(written, gazetteer, context)):
        return "PLACE"
    return "ORG" if _BODIES.search(written) and not _PLACES.search(written) else kind


def _is_place(written: str, gazetteer: Gazetteer, context: Mapping[str, float]) -> bool:
    near = any(spot.country in context for spot in gazetteer.spots(written))
    return (near or gazetteer.is_capital(written)) and not (written.isupper() and len(written) < 5)


def _is_person(text: str, start: int, end: int) -> bool:
    """Whether a name has two words, or one that comes again or is followed as a person's is."""
    written = text[start:end]
    if written[0].islower() or any(char.isdigit() for char in written):
        return False
    if " " in written:
        return True
    return text.count(written) > 1 or _SAYS.match(text, end) is not None
