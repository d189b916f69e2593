# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Countries as named in three languages, by ISO 3166-1 alpha-3 code."""

import gettext
from collections.abc import Iterator
from functools import lru_cache

import pycountry

from nijar_nlp.peoples import peoples

# Names that the ISO lists lack or spell otherwise.
_MORE = {
    "SYR": ("Syria", "Syrie", "سوريا", "سورية"), "IRN": ("Iran", "إيران"), "RUS": ("Russia", "Russie", "روسيا"),
    "PSE": ("Palestine", "فلسطين", "Gaza Strip", "bande de Gaza", "قطاع غزة"), "PRK": ("North Korea",),
    "KOR": ("South Korea", "Corée du Sud"), "CIV": ("Ivory Coast", "Côte d'Ivoire", "ساحل العاج"),
    "COD": ("Democratic Republic of the Congo", "DRC", "DR Congo", "RDC", "République démocratique du Congo"),
    "COG": ("Republic of the Congo", "Congo-Brazzaville"), "TZA": ("Tanzania", "Tanzanie"),
    "VEN": ("Venezuela",), "BOL": ("Bolivia", "Bolivie"), "VNM": ("Vietnam", "Viet Nam"), "LAO": ("Laos",),
    "MDA": ("Moldova",), "TUR": ("Turkey", "Turquie", "Türkiye", "تركيا"), "CZE": ("Czech Republic",),
    "USA": ("United States", "United States of America", "USA", "US", "U.S.", "États-Unis", "Etats-Unis", "الولايات المتحدة",
            "أمريكا", "أميركا", "الولايات المتحدة الأمريكية", "Washington"),
    "GBR": ("Britain", "United Kingdom", "UK", "Grande-Bretagne", "Royaume-Uni", "بريطانيا", "المملكة المتحدة"),
    "ARE": ("UAE", "United Arab Emirates", "Émirats arabes unis", "Emirats arabes unis", "الإمارات"),
    "SAU": ("Saudi Arabia", "Arabie saoudite", "السعودية"), "BFA": ("Burkina", "بوركينا فاسو", "بوركينافاسو"),
    "CAF": ("Central African Republic", "Centrafrique", "République centrafricaine", "أفريقيا الوسطى"),
    "TCD": ("Chad", "Tchad", "تشاد"), "MLI": ("Mali", "مالي"), "NER": ("Niger", "النيجر"), "LBN": ("Liban", "لبنان"),
    "YEM": ("Yémen", "اليمن"), "LBY": ("Libye", "ليبيا"), "IRQ": ("Irak", "العراق"), "EGY": ("Égypte", "مصر"),
    "JOR": ("الأردن",), "QAT": ("قطر",), "KWT": ("الكويت",), "OMN": ("Oman", "سلطنة عمان", "عُمان"), "MAR": ("المغرب",),
    "TUN": ("تونس",), "DZA": ("الجزائر",), "SDN": ("السودان",), "SSD": ("جنوب السودان", "Soudan du Sud"),
    "SOM": ("الصومال",), "MRT": ("موريتانيا",), "NGA": ("نيجيريا",), "CMR": ("الكاميرون",), "AFG": ("أفغانستان",),
    "PAK": ("باكستان",), "PHL": ("Philippines", "الفلبين"), "COL": ("كولومبيا",), "KEN": ("كينيا",),
    "ETH": ("إثيوبيا",), "FRA": ("فرنسا",), "DEU": ("ألمانيا",), "ITA": ("إيطاليا",), "ESP": ("إسبانيا",),
    "CHE": ("سويسرا",), "CHN": ("الصين",), "ISR": ("إسرائيل", "Israel", "Israël"), "IND": ("الهند", "Inde"),
    "MMR": ("Myanmar", "Burma", "Birmanie"), "NOR": ("النرويج",), "TGO": ("توغو",), "BEN": ("بنين",), "GHA": ("غانا",),
    "UGA": ("أوغندا",), "MOZ": ("موزمبيق",), "DJI": ("جيبوتي",), "ERI": ("إريتريا",), "SEN": ("السنغال",),
}  # fmt: skip
# Names that are as often something else, or a part of another name.
_NOT = {
    "man",
    "niue",
    "jersey",
    "guernsey",
    "georgia",
    "jordan",
    "réunion",
    "sainte-lucie",
    "chad",
    "عمان",
    "مصر",
}


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, str], ...]:
    """Every name of every country with its code."""
    return tuple(dict.fromkeys(_countries()))


def _countries() -> Iterator[tuple[str, str]]:
    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[code]) for code in ("fr", "ar")
    ]
    for country in pycountry.countries:
        names = [country.name.split(",")[0], getattr(country, "common_name", country.name.split(",")[0])]
        names += [
            translation.gettext(country.name).split("،")[0].split(",")[0] for translation in translations
        ]
        for name in names:
            if name.lower() not in _NOT and len(name) > 2:
                yield name, country.alpha_3
    for code, more in _MORE.items():
        for name in more:
            yield name, code
    yield from (("Chad", "TCD"), ("Jordan", "JOR"), ("Georgia", "GEO"), ("مصر", "EGY"))


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """The one-word names of countries and peoples, in small letters."""
    return frozenset(
        name.lower() for name, _ in (*countries(), *peoples()) if " " not in name and len(name) > 3
    )
