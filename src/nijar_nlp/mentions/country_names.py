# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Countries and their peoples as named in three languages, by ISO 3166-1 alpha-3 code."""

import gettext
from collections.abc import Iterator
from functools import lru_cache

import pycountry

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

# English, French and Arabic stems or words for the people of a country, matched as whole words with endings.
_PEOPLES = {
    "MLI": "Malian|malien|مالي", "NER": "Nigerien|nigérien|نيجري", "NGA": "Nigerian|nigérian|نيجيري",
    "BFA": "Burkinabe,Burkinabè,Burkinabé|burkinabè,burkinabé,burkinais|بوركيني,بوركينابي", "MRT": "Mauritanian|mauritanien|موريتاني",
    "SOM": "Somali,Somalian|somalien|صومالي", "LBN": "Lebanese|libanais|لبناني", "SYR": "Syrian|syrien|سوري",
    "IRQ": "Iraqi|irakien|عراقي", "YEM": "Yemeni|yéménite|يمني", "LBY": "Libyan|libyen|ليبي",
    "DZA": "Algerian|algérien|جزائري", "MAR": "Moroccan|marocain|مغربي", "TUN": "Tunisian|tunisien|تونسي",
    "EGY": "Egyptian|égyptien|مصري", "SDN": "Sudanese|soudanais|سوداني", "SSD": "South Sudanese|sud-soudanais|جنوب سوداني",
    "TCD": "Chadian|tchadien|تشادي", "CMR": "Cameroonian|camerounais|كاميروني", "CAF": "Central African|centrafricain|",
    "COD": "Congolese|congolais|كونغولي", "ETH": "Ethiopian|éthiopien|إثيوبي", "KEN": "Kenyan|kényan|كيني",
    "UGA": "Ugandan|ougandais|أوغندي", "MOZ": "Mozambican|mozambicain|", "SEN": "Senegalese|sénégalais|سنغالي",
    "CIV": "Ivorian|ivoirien|إيفواري", "BEN": "Beninese|béninois|", "TGO": "Togolese|togolais|توغولي", "GHA": "Ghanaian|ghanéen|غاني",
    "PSE": "Palestinian|palestinien|فلسطيني", "ISR": "Israeli|israélien|إسرائيلي", "JOR": "Jordanian|jordanien|أردني",
    "SAU": "Saudi|saoudien|سعودي", "QAT": "Qatari|qatari,qatarien|قطري", "ARE": "Emirati|émirati,émirien|إماراتي",
    "OMN": "Omani|omanais|عماني", "KWT": "Kuwaiti|koweïtien|كويتي", "IRN": "Iranian|iranien|إيراني", "TUR": "Turkish|turc,turque|تركي",
    "AFG": "Afghan|afghan|أفغاني", "PAK": "Pakistani|pakistanais|باكستاني", "IND": "Indian|indien|هندي", "LKA": "Sri Lankan|sri-lankais|",
    "NPL": "Nepali,Nepalese|népalais|", "PHL": "Philippine,Filipino|philippin|فلبيني", "IDN": "Indonesian|indonésien|إندونيسي",
    "MYS": "Malaysian|malaisien|ماليزي", "THA": "Thai|thaïlandais|", "MMR": "Burmese|birman|", "COL": "Colombian|colombien|كولومبي",
    "FRA": "French|français|فرنسي", "USA": "American,US|américain|أمريكي,أميركي", "GBR": "British|britannique|بريطاني",
    "DEU": "German|allemand|ألماني", "ITA": "Italian|italien|إيطالي", "ESP": "Spanish|espagnol|إسباني", "CHE": "Swiss|suisse|سويسري",
    "RUS": "Russian|russe|روسي", "CHN": "Chinese|chinois|صيني", "CAN": "Canadian|canadien|كندي", "JPN": "Japanese|japonais|ياباني",
    "KOR": "South Korean|sud-coréen|كوري جنوبي", "AUT": "Austrian|autrichien|نمساوي", "NOR": "Norwegian|norvégien|نرويجي",
    "AUS": "Australian|australien|أسترالي", "ZAF": "South African|sud-africain|جنوب أفريقي", "ERI": "Eritrean|érythréen|إريتري",
    "UKR": "Ukrainian|ukrainien|أوكراني", "ROU": "Romanian|roumain|روماني", "SWE": "Swedish|suédois|سويدي", "NLD": "Dutch|néerlandais|هولندي",
    "BEL": "Belgian|belge|بلجيكي", "DNK": "Danish|danois|دنماركي", "POL": "Polish|polonais|بولندي", "TJK": "Tajik|tadjik|",
    "UZB": "Uzbek|ouzbek|", "BGD": "Bangladeshi|bangladais|", "TZA": "Tanzanian|tanzanien|", "BDI": "Burundian|burundais|",
    "RWA": "Rwandan|rwandais|رواندي",
}  # fmt: skip
_MORE_PEOPLES = {
    "FRA": "Frenchman,Frenchmen,Frenchwoman",
    "GBR": "Briton,Englishman,Anglais,Anglaise",
    "ESP": "Spaniard",
    "NLD": "Dutchman",
    "CHE": "Suissesse",
    "DNK": "Dane",
    "SWE": "Swede",
    "POL": "Pole",
    "TUR": "Turk",
    "PHL": "Filipina",
    "IRL": "Irish,Irishman",
    "NZL": "New Zealander",
    "LKA": "Sri Lankans",
    "BFA": "Burkinabes",
    "AFG": "Afghans",
    "USA": "Etats-Unien",
}
_FRENCH_ENDINGS = ("", "s", "e", "es", "ne", "nes")
_ARABIC_ENDINGS = ("", "ة", "ين", "ون", "ان", "تين", "ات", "ا")


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
def peoples() -> tuple[tuple[str, str], ...]:
    """Every word for the people of a country with its code."""
    found = []
    for code, words in _PEOPLES.items():
        english, french, arabic = (part.split(",") if part else [] for part in words.split("|"))
        found += [(word + ending, code) for word in english for ending in ("", "s")]
        found += [(word + ending, code) for word in french for ending in _FRENCH_ENDINGS]
        for word in arabic:
            found += [(article + word + ending, code) for article in ("", "ال") for ending in _ARABIC_ENDINGS]
    for code, more in _MORE_PEOPLES.items():
        found += [(word + ending, code) for word in more.split(",") for ending in ("", "s")]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """The one-word names of countries and peoples, in small letters."""
    return frozenset(
        name.lower() for name, _ in (*countries(), *peoples()) if " " not in name and len(name) > 3
    )
