# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Words for the people of a country in three languages, by ISO 3166-1 alpha-3 code."""

from functools import lru_cache

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
    "RWA": "Rwandan|rwandais|رواندي", "SLV": "Salvadoran,Salvadorean|salvadorien|سلفادوري",
    "GTM": "Guatemalan|guatémaltèque|غواتيمالي", "NIC": "Nicaraguan|nicaraguayen|نيكاراغوي", "HND": "Honduran|hondurien|هندوراسي",
    "CUB": "Cuban|cubain|كوبي", "PER": "Peruvian|péruvien|بيروفي", "MEX": "Mexican|mexicain|مكسيكي",
    "VEN": "Venezuelan|vénézuélien|فنزويلي", "ECU": "Ecuadorian,Ecuadorean|équatorien|إكوادوري", "BRA": "Brazilian|brésilien|برازيلي",
    "ARG": "Argentine,Argentinian|argentin|أرجنتيني", "CHL": "Chilean|chilien|تشيلي", "BOL": "Bolivian|bolivien|بوليفي",
    "HTI": "Haitian|haïtien|هايتي", "PRY": "Paraguayan|paraguayen|", "URY": "Uruguayan|uruguayen|", "PAN": "Panamanian|panaméen|",
    "GMB": "Gambian|gambien|غامبي", "GIN": "Guinean|guinéen|غيني", "LBR": "Liberian|libérien|ليبيري",
    "SLE": "Sierra Leonean|sierra-léonais|سيراليوني", "AGO": "Angolan|angolais|أنغولي", "ZWE": "Zimbabwean|zimbabwéen|زيمبابوي",
    "GAB": "Gabonese|gabonais|غابوني", "DJI": "Djiboutian|djiboutien|جيبوتي", "BHR": "Bahraini|bahreïni|بحريني",
    "KGZ": "Kyrgyz|kirghiz|قرغيزي", "KAZ": "Kazakh|kazakh|كازاخستاني", "GEO": "Georgian|géorgien|جورجي", "AZE": "Azerbaijani|azerbaïdjanais|أذربيجاني",
    "ARM": "Armenian|arménien|أرميني", "SRB": "Serbian,Serb|serbe|صربي", "HRV": "Croatian,Croat|croate|كرواتي", "BIH": "Bosnian|bosnien|بوسني",
    "GRC": "Greek|grec,grecque|يوناني", "PRT": "Portuguese|portugais|برتغالي", "HUN": "Hungarian|hongrois|مجري", "BGR": "Bulgarian|bulgare|بلغاري",
    "CZE": "Czech|tchèque|تشيكي", "SVK": "Slovak|slovaque|", "FIN": "Finnish|finlandais|فنلندي", "IRL": "Irish|irlandais|إيرلندي",
    "VNM": "Vietnamese|vietnamien|فيتنامي", "KHM": "Cambodian|cambodgien|كمبودي", "TLS": "Timorese|timorais|",
    "GNQ": "Equatorial Guinean,Equatoguinean|équato-guinéen|", "GNB": "Bissau-Guinean|bissau-guinéen|", "MDV": "Maldivian|maldivien|مالديفي",
    "MDG": "Malagasy|malgache|", "MWI": "Malawian|malawite|", "ZMB": "Zambian|zambien|زامبي", "MKD": "Macedonian|macédonien|مقدوني",
    "ALB": "Albanian|albanais|ألباني", "BLR": "Belarusian|biélorusse|بيلاروسي", "MDA": "Moldovan|moldave|",
    "CYP": "Cypriot|chypriote|قبرصي", "CRI": "Costa Rican|costaricien|كوستاريكي", "BTN": "Bhutanese|bhoutanais|",
    "LAO": "Laotian|laotien|", "COM": "Comorian|comorien|", "JAM": "Jamaican|jamaïcain|",
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
