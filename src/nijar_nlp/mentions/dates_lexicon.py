# ruff: noqa: E501 - word lists and patterns read better unbroken
"""The words of dates in the three languages, as fragments of patterns and the numbers that they stand for."""

from dataclasses import dataclass, replace

_EN_MONTHS = (
    "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul", "August|Aug",
    "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec",
)  # fmt: skip
_FR_MONTHS = (
    "janvier|janv", "février|fevrier|févr", "mars", "avril", "mai", "juin", "juillet", "août|aout",
    "septembre|sept", "octobre|oct", "novembre|nov", "décembre|decembre|déc",
)  # fmt: skip
_AR_MONTHS = (
    "يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري|فبرائر", "مارس|آذار|اذار", "أبريل|إبريل|ابريل|نيسان|أفريل",
    "مايو|أيار|ايار|ماي", "يونيو|يونيه|حزيران|جوان", "يوليو|يوليه|تموز|جويلية", "أغسطس|اغسطس|آب|أوت|غشت",
    "سبتمبر|أيلول|ايلول|شتنبر", "أكتوبر|اكتوبر|تشرين الأول|تشرين الاول", "نوفمبر|تشرين الثاني|نونبر",
    "ديسمبر|كانون الأول|كانون الاول|دجنبر",
)  # fmt: skip
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FR_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_AR_DAYS = (
    "الاثنين|الإثنين", "الثلاثاء", "الأربعاء|الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد|الاحد",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """One language's words of dates; each string is an alternative of a pattern."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day: str
    of: str
    to: str
    early: str
    mid: str
    late: str
    seasons: tuple[tuple[str, int], ...]
    in_: str
    since: str
    until: str
    after: str
    last: str
    next: str
    this: str
    numbers: tuple[str, ...]
    units: tuple[tuple[str, str], ...]
    ago: str
    ahead: str
    decade: str
    today: str
    yesterday: str
    tomorrow: str


WORDS = {
    "en": Words(
        months=_EN_MONTHS,
        weekdays=_EN_DAYS,
        day=r"(?:st|nd|rd|th)?",
        of=r"(?:of\s+)?",
        to=r"(?:to|and|through|until|or|-|–|—)",
        early=r"(?:[Ee]arly(?: in)?|(?:the )?(?:beginning|start) of|[Bb]eginning of)",
        mid=r"(?:[Mm]id[- –]|(?:the )?middle of)",
        late=r"(?:[Ll]ate(?: in)?|(?:the )?end of)",
        seasons=(("spring", 3), ("summer", 6), ("autumn|fall", 9), ("winter", 12)),
        in_=r"(?:in|during|throughout|for|of|by|from|since|until|till|before|after|between|and|last|next|this|to)",
        since=r"(?:since|as of|starting|ever since|beginning(?: in| on)?)",
        until=r"(?:before|until|till|prior to|up to|by)",
        after=r"(?:after|following)",
        last=r"(?:last|past|previous)",
        next=r"(?:next|coming)",
        this=r"(?:this|the current)",
        numbers=("one|a|an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        units=(("day", "days?"), ("week", "weeks?"), ("month", "months?"), ("year", "years?")),
        ago=r"(?:(?P<agonumber>\d+|one|a|an|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<agounit>days?|weeks?|months?|years?)\s+(?:ago|earlier))",
        ahead=r"will|would|shall|is to|are to|due to|set to|scheduled for|expected|(?:until|by|before|expires|deadline of)(?= $| next)",
        decade=r"(?:(?:the|early|mid|late)[ -])?(?P<decade>(?:19|20)\d0)['’]?s",
        today="today|this morning|this evening|tonight",
        yesterday="yesterday|last night",
        tomorrow="tomorrow",
    ),
    "fr": Words(
        months=_FR_MONTHS,
        weekdays=_FR_DAYS,
        day=r"(?:er|ᵉʳ)?",
        of=r"(?:du mois de\s+|de\s+)?",
        to=r"(?:au|à|et|ou|jusqu'au|-|–|—)",
        early=r"(?:(?:au |le |dès le |du )?début(?: du mois)?(?: de l'année)?(?: de| d['’])?)",
        mid=r"(?:[Mm]i-|(?:au |le )?milieu (?:de l'année |du mois )?(?:de |d['’])?)",
        late=r"(?:(?:à la |la |en |dès la )?fin(?: du mois)?(?: de l'année)?(?: de| d['’])?)",
        seasons=(("printemps", 3), ("été", 6), ("automne", 9), ("hiver", 12)),
        in_=r"(?:en|depuis|de|d['’]|courant|avant|après|dès|entre|et|fin|dans|jusqu'en|vers|pour|au mois de|au mois d['’]|"
        r"à partir de|à partir d['’]|mois de|mois d['’])",
        since=r"(?:depuis(?: le| la)?|à partir d[ue]|à compter d[ue]|dès(?: le)?)",
        until=r"(?:avant(?: le| la)?|jusqu['’](?:au|en|à)(?: la)?|d['’]ici(?: le| à)?)",
        after=r"(?:après(?: le| la)?|au lendemain du)",
        last=r"(?:dernier|dernière|passé|passée)",
        next=r"(?:prochain|prochaine)",
        this=r"(?:ce|cette|cet)",
        numbers=("un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
        units=(("day", "jours?"), ("week", "semaines?"), ("month", "mois"), ("year", "ans?|années?")),
        ago=r"(?:il y a\s+(?P<agonumber>\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s+(?P<agounit>jours?|semaines?|mois|ans?|années?))",
        ahead=r"\w+(?:era|eront|erait|eraient|iront)|sera|seront|doit|doivent|devra|devront|devrait|devraient|va|vont|prévue?s?|"
        r"attendue?s?|(?:jusqu['’]à|jusqu['’]au|avant|expire)(?= $)",
        decade=r"(?:les |des |dans les )?années (?P<decade>(?:19|20)?\d0)",
        today="aujourd['’]hui|ce matin|ce soir",
        yesterday="hier",
        tomorrow="demain",
    ),
    "ar": Words(
        months=_AR_MONTHS,
        weekdays=_AR_DAYS,
        day="",
        of=r"(?:من\s+)?(?:شهر\s+)?",
        to=r"(?:إلى|الى|حتى|و|-|–|—)\s*",
        early=r"(?:أوائل|مطلع|بداية|بدايات|مستهل)(?:\s+شهر|\s+عام|\s+سنة)?",
        mid=r"(?:منتصف|أواسط|وسط)(?:\s+شهر|\s+عام|\s+سنة)?",
        late=r"(?:أواخر|نهاية|ختام)(?:\s+شهر|\s+عام|\s+سنة)?",
        seasons=(("ربيع", 3), ("صيف", 6), ("خريف", 9), ("شتاء", 12)),
        in_=r"(?:في|خلال|منذ|قبل|بعد|حتى|من|شهر|عام|سنة|بين|أثناء)",
        since=r"(?:منذ|اعتبارا من|ابتداء من)(?:\s+(?:عام|سنة|شهر))?",
        until=r"(?:قبل|حتى)(?:\s+(?:عام|سنة|شهر))?",
        after=r"(?:بعد|عقب)(?:\s+(?:عام|سنة|شهر))?",
        last=r"(?:الماضي|الماضية|المنصرم|الفائت|الأخير)",
        next=r"(?:المقبل|القادم|المقبلة|القادمة)",
        this=r"(?:هذا|هذه)",
        numbers=("واحد", "اثنين", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
        units=(
            ("day", "يوم|أيام|ايام"),
            ("week", "أسبوع|أسابيع"),
            ("month", "شهر|أشهر"),
            ("year", "عام|أعوام|سنة|سنوات"),
        ),
        ago=r"(?:قبل\s+(?P<agonumber>\d+|ثلاثة|أربعة|خمسة|ستة|سبعة|ثلاث|أربع|خمس)?\s*(?P<agounit>أيام|أسبوع|أسابيع|شهر|أشهر|سنوات|أعوام))",
        ahead=r"سوف|[سي](?:ت|ي)(?:تم|عقد|جري|بدأ|لتقي|نطلق|ستأنف|جتمع|فرج|طلق|سلم)\w*|المقرر|المتوقع|المنتظر|المرتقب",
        decade=r"(?:ال)?(?P<tens>عشرينيات|ثلاثينيات|أربعينيات|خمسينيات|ستينيات|سبعينيات|ثمانينيات|تسعينيات)(?: القرن (?:الماضي|العشرين))?",
        today="اليوم",
        yesterday="أمس|الأمس|مساء أمس|أول أمس",
        tomorrow="غدا|غداً|الغد",
    ),
}
AR_DECADES = (
    "", "", "عشرينيات", "ثلاثينيات", "أربعينيات", "خمسينيات", "ستينيات", "سبعينيات", "ثمانينيات", "تسعينيات",
)  # fmt: skip
AR_ORDINALS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
    "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر", "السابع عشر",
    "الثامن عشر", "التاسع عشر", "العشرين", "الحادي والعشرين", "الثاني والعشرين", "الثالث والعشرين",
    "الرابع والعشرين", "الخامس والعشرين", "السادس والعشرين", "السابع والعشرين", "الثامن والعشرين",
    "التاسع والعشرين", "الثلاثين", "الحادي والثلاثين",
)  # fmt: skip


def in_any_case(words: Words) -> Words:
    """The words with those around a date also as they open a sentence; names of months keep their capitals."""
    return replace(
        words,
        early=_uncased(words.early),
        mid=_uncased(words.mid),
        late=_uncased(words.late),
        in_=_uncased(words.in_),
        last=_uncased(words.last),
        next=_uncased(words.next),
        this=_uncased(words.this),
        ago=_uncased(words.ago),
        today=_uncased(words.today),
        yesterday=_uncased(words.yesterday),
        tomorrow=_uncased(words.tomorrow),
    )


def _uncased(source: str) -> str:
    return f"(?i:{source})"
