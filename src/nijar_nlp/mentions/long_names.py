# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Bodies whose names go on: "Ministry of Justice and Human Rights" and not its first words."""

import re
from collections.abc import Iterator

_CAP = r"[A-ZÉÈÎÔ][\w'’\-]*"
# What ministries and commissions are for: two of these joined by "and" are one body's name.
_MATTERS = (
    r"(?:Justice|Interior|Human|Religious|Legal|Foreign|Home|Internal|Public|Social|Youth|Sports?|Women|Children|Gender|Labou?r|"
    r"Health|Education|Culture|Information|Communications?|Technology|Energy|Water|Environment|Agriculture|Livestock|Fisheries|"
    r"Trade|Industry|Commerce|Economy|Planning|Finance|Budget|Development|Co-?operation|Reconciliation|Reintegration|"
    r"Rehabilitation|Resettlement|Demobili[sz]ation|Disarmament|Security|Peace|Defen[cs]e|Emigrants|Expatriates|Refugees|"
    r"Humanitarian|Tourism|Transport|Endowments|Pilgrimage|Immigration|Integration|Municipalities|Truth|Equality|Freedoms?|"
    r"Science|Research|Disaster|Relief|Crescent|Prevention|Rights|Guidance|Stabili[sz]ation|Decentrali[sz]ation|Crime)"
)
_MORE = rf"(?:(?:,\s{_MATTERS}(?:\s{_CAP})*)*,?\sand\s(?:the\s)?{_MATTERS}(?:\s{_CAP})*)?"
_HEADS = (
    r"(?:Ministry|Office|Commission|Committee|Council|Court|Tribunal|Centre|Center|Institute|Agency|Bureau|Organi[sz]ation|"
    r"Association|Federation|Mission|Force|High\sCommissioner|Observatory|Community|Assembly|Panel|Secretariat|Society|"
    r"University|Foundation)"
)
_WORDS = rf"{_CAP}(?:\s{_CAP})*{_MORE}"
_ENGLISH = re.compile(
    rf"(?<![\w\-'’])(?P<before>(?:(?!\S+['’]s\s){_CAP}\s|{_MATTERS}\sand\s(?={_MATTERS})){{0,6}})"
    rf"(?:{_HEADS}|(?:Department|Directorate|Authority|Fund)(?=\s(?:of|for)\s)|(?<=Nations\s)[A-Z]\w+\s(?:Programme|Fund))(?!\w|-)"
    rf"(?P<after>\sof\s(?:the\s)?{_WORDS}(?:\sfor\s(?:the\s)?{_WORDS})?|\sfor\s(?:the\s)?{_WORDS}(?:\sof\s(?:the\s)?{_WORDS})?)?"
)
_FRENCH = re.compile(
    r"(?<![\w\-])(?:[Mm]inistère|[Hh]aut[- ][Cc]ommissariat(?:\sdes\sNations\s[Uu]nies)?|[Ss]ecrétariat\sd['’]État)\s"
    r"(?:de\sla\s|de\sl['’]|du\s|des\s|aux\s|chargé\sde\s)[A-ZÉa-zéèêô][\w'’\-]*(?:\s(?:étrangères|sociales|religieuses|humanitaires|publique|intérieure|nationale|de\sl['’]homme))?"
    r"(?:\set\s(?:de\sla\s|de\sl['’]|du\s|des\s)[A-ZÉ][\w'’\-]*(?:\s(?:étrangères|sociales|religieuses|humanitaires|publique|nationale))?)?"
)
# A sentence's first word and an officer's title stand before a name and are no part of it.
_NO_NAME = re.compile(
    r"(?:The|An?|In|On|At|By|To|Of|For|From|With|As|And|But|Or|After|Before|When|While|During|Under|Since|Both|Its?|Their|His|Her|"
    r"This|That|These|Those|Mr\.?|Mrs\.?|Ms\.?|President|Minister|Director|Chair(?:man|person)?|Head|Chief|Deputy|Prosecutor|Judge|"
    r"Secretary|General|Commander|Spokes\w+|Member|Members|According|However|Meanwhile|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\s+"
)


def find_long_names(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The bodies named by what they are and what they are for, in order."""
    if language == "fr":
        yield from (match.span() for match in _FRENCH.finditer(text))
    elif language == "en":
        for match in _ENGLISH.finditer(text):
            start, head = match.start(), match.end("before")
            while start < head and (lead := _NO_NAME.match(text, start, head)):
                start = lead.end()
            if match["after"] or start < head:
                yield start, match.end()
