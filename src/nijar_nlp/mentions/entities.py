# ruff: noqa: E501 - word lists and patterns read better unbroken
"""A pipeline's entities into mentions: trimmed, retyped, and without what names nobody."""

import re
from collections.abc import Iterator, Mapping, Sequence

from nijar_nlp.mentions.context import Entry, People
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.mentions.words import fold, key_of, word_set
from nijar_nlp.records import Mention

_EDGES = " \t\n\r,;:.!?()[]«»\"“”„'’‘…-–—*•"
_LEADING = re.compile(r"(?:[Tt]he|[Ll]es?|[Ll]a|[Ll]['’]|[Dd]['’]|[Aa]u|[Dd]u|[Dd]es?)\s*(?=[A-ZÉÈÎ])")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
# "Minister Jane Doe Head of government": the office begins what follows.
_OFFICE = re.compile(r"\s(?:Head|Chief|President|Minister|Director|Chair)$")
_WHERE = re.compile(r"\b(?:in|at|near|à|dans|près de)\s$")
_POSSESSED = re.compile(r"['’]s\s", re.IGNORECASE)
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
    "federal-government member-states text islamist islamists muslim muslims christian christians arab arabs kurdish "
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
    while (lead := _LEADING.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    return start, end


def find_entities(
    text: str,
    entities: Sequence[tuple[int, int, str]],
    names: Sequence[Found[Entry]],
    gazetteer: Gazetteer,
    context: Mapping[str, float],
) -> Iterator[Mention]:
    """The entities that name a person, a body or a place."""
    peoples = {name.start: name.end for name in names if isinstance(name.values[0], People)}
    for start, end, kind in entities:
        start, end = trimmed(text, start, end)
        if kind == "PERSON" and start in peoples and peoples[start] < end:
            start, end = trimmed(text, peoples[start], end)
        if kind == "PERSON" and (possessed := _POSSESSED.search(text, start, end)):
            end = possessed.start()
        if (
            kind == "PERSON"
            and (office := _OFFICE.search(text, start, end))
            and text[end : end + 4] == " of "
        ):
            end = office.start()
        written = text[start:end]
        if kind == "NORP" or not _is_name(written) or peoples.get(start) == end:
            continue
        kind = _retyped(written, kind, gazetteer, context)
        if kind == "ORG" and _WHERE.search(text, 0, start) and gazetteer.resolve(written, context):
            kind = "PLACE"
        if kind == "PERSON" and not _is_person(text, start, end):
            continue
        yield Mention(start, end, written, kind, how="spacy")


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
