"""Who publishes: outlets and organisations as documents name them."""

import re

# Name as it is written → the name that the project uses.
_OUTLETS = {
    "Agence France-Presse": "AFP|Agence France[- ]Presse|أ\\.? ?ف\\.? ?ب|وكالة فرانس برس|فرانس برس",
    "Reuters": "Reuters|رويترز",
    "Associated Press": "AP|Associated Press|أسوشيتد برس",
    "BBC": "BBC(?: News| Afrique| Arabic| Monitoring[\\w ]*)?|بي بي سي",
    "RFI": "RFI|Radio France Internationale",
    "France 24": "France ?24|فرانس ?24",
    "Le Monde": "Le Monde(?: Afrique)?",
    "Jeune Afrique": "Jeune Afrique",
    "Al Jazeera": "Al[- ]Jazeera(?: English)?|الجزيرة(?: نت)?",
    "Al Arabiya": "Al[- ]Arabiya|العربية(?: نت)?",
    "Asharq Al-Awsat": "Asharq Al-Awsat|الشرق الأوسط",
    "Al Mayadeen": "Al[- ]Mayadeen|الميادين",
    "Anadolu Agency": "Anadolu(?: Agency| Ajansı)?|AA|الأناضول",
    "Xinhua": "Xinhua|شينخوا",
    "Voice of America": "VOA|Voice of America|صوت أمريكا",
    "Deutsche Welle": "DW|Deutsche Welle",
    "The Guardian": "The Guardian",
    "The New York Times": "The New York Times",
    "Studio Tamani": "Studio Tamani",
    "Maliweb": "Maliweb(?:\\.net)?",
    "ActuNiger": "ActuNiger",
    "LeFaso.net": "LeFaso(?:\\.net)?",
    "Sidwaya": "Sidwaya",
    "Premium Times": "Premium Times",
    "Daily Trust": "Daily Trust",
    "The Punch": "(?:The )?Punch",
    "HumAngle": "HumAngle",
    "Garowe Online": "Garowe Online",
    "L'Orient-Le Jour": "L['’]Orient[- ]Le Jour|L['’]Orient Today",
    "The New Humanitarian": "The New Humanitarian|IRIN",
    "United Nations": "United Nations|Nations Unies|الأمم المتحدة",
    "OCHA": "OCHA|أوتشا",
    "ICRC": "ICRC|CICR|اللجنة الدولية للصليب الأحمر",
    "Amnesty International": "Amnesty International|منظمة العفو الدولية",
    "Human Rights Watch": "Human Rights Watch|هيومن رايتس ووتش",
    "International Crisis Group": "(?:International )?Crisis Group",
    "ReliefWeb": "ReliefWeb",
    "World Food Programme": "WFP|World Food Programme|PAM",
    "Pan American Health Organization": (
        "PAHO|OPS|Pan American Health Organization|Organisation Panaméricaine de la Santé"
    ),
}
_PATTERNS = {name: re.compile(rf"(?<!\w)(?:{forms})(?!\w)") for name, forms in _OUTLETS.items()}
_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(_OUTLETS.values())})(?!\w)")
_AGENCY = re.compile(r"^.{0,60}?[(（]\s*([^()]{2,40})\s*[)）]\s*[-–—:.]")
_SITE = re.compile(
    r"(?<![\w@])(?:https?://)?(?:www\.)?((?:[\w-]+\.)+(?:com|org|net|info|int|fr|ml|ne|bf|ng|so|lb|sy|uk))\b"
)


def outlet_in(text: str) -> str:
    """The first outlet or organisation that a short text names, by the project's name for it; or nothing."""
    if not _ANY.search(text):
        return ""
    places = ((match.start(), name) for name, pattern in _PATTERNS.items() if (match := pattern.search(text)))
    return min(places, default=(0, ""))[1]


def agency_of(text: str) -> str:
    """The agency of a dateline ("NIAMEY (AFP) -"), or nothing."""
    match = _AGENCY.match(text[:120])
    return outlet_in(match.group(1)) if match else ""


def site_in(text: str) -> str:
    """The first web site that a text names, or nothing."""
    match = _SITE.search(text)
    return match.group(1).lower() if match else ""
