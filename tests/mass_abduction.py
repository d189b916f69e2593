"""Three hundred short reports around one mass abduction, its talks and its two later releases.

The matter is that of the schoolgirls of Chibok, Nigeria, from 2014 to 2017; the sentences and the outlets are
the project's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from nijar_nlp.jsonl import PassageLine

N_REPORTS = 300
OUTLETS = tuple(f"{kind} {letter}" for kind in ("agency", "daily", "radio", "journal") for letter in "ABCDE")
MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "ar": (
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ),
}
# How a report begins and ends, by language: outlets word what they have in their own way.
TURNS = {
    "en": (
        "",
        "Officials said so in Abuja.",
        "A relative confirmed it by telephone.",
        "The army did not comment.",
    ),
    "fr": ("", "Des responsables l'ont dit à Abuja.", "Une proche l'a confirmé.", "L'armée s'est tue."),
    "ar": ("", "وقال مسؤولون ذلك في أبوجا.", "وأكد أحد الأقارب الخبر.", "ولم يعلق الجيش."),
}


@dataclass(frozen=True)
class Matter:
    """One thing that is reported: on which day, for how many days reports come, how many, and how worded."""

    name: str
    day: date
    days: int
    reports: int
    sentences: Mapping[str, tuple[str, ...]]


ABDUCTION = Matter(
    "abduction", date(2014, 4, 14), 30, 60,
    {
        "en": (
            "Boko Haram seized 276 girls from a boarding school in Chibok, Borno State, on {day}; the group "
            "offers to give them back for its members in prison.",
            "Boko Haram wants its prisoners freed in exchange for the 276 girls whom it took from the school "
            "of Chibok in north-eastern Nigeria on {day}. The government refused a swap.",
        ),
        "fr": (
            "Boko Haram a enlevé 276 lycéennes à Chibok, au Nigeria, le {day}, et propose de les échanger "
            "contre ses membres emprisonnés.",
            "Le gouvernement nigérian refuse d'échanger des détenus contre les 276 lycéennes que Boko Haram "
            "a enlevées à Chibok le {day}.",
        ),
        "ar": (
            "خطفت جماعة بوكو حرام 276 تلميذة من مدرسة في شيبوك في نيجيريا يوم {day}، "
            "وعرضت الإفراج عنهن مقابل إطلاق سراح سجنائها.",
        ),
    },
)  # fmt: skip
TALKS = Matter(
    "talks", date(2016, 8, 20), 24, 60,
    {
        "en": (
            "Talks between the Nigerian government and Boko Haram on the girls of Chibok went on in {month}, "
            "with Switzerland and the Red Cross as mediators.",
            "Swiss mediators met envoys of Boko Haram again in {month} to negotiate about the schoolgirls of "
            "Chibok; no agreement was reached yet.",
        ),
        "fr": (
            "Les pourparlers entre le gouvernement nigérian et Boko Haram sur les lycéennes de Chibok se "
            "poursuivent en {month}, sous la médiation de la Suisse et de la Croix-Rouge.",
        ),
        "ar": (
            "تتواصل المحادثات بين الحكومة النيجيرية وجماعة بوكو حرام بشأن فتيات شيبوك في {month} بوساطة "
            "سويسرا والصليب الأحمر.",
        ),
    },
)  # fmt: skip
FIRST = Matter(
    "first release", date(2016, 10, 13), 9, 90,
    {
        "en": (
            "Boko Haram freed 21 of the Chibok schoolgirls on {day} after talks with the Nigerian government "
            "in which Switzerland and the Red Cross mediated.",
            "Twenty-one girls from Chibok were handed over by Boko Haram on {day}, the Nigerian presidency "
            "announced, thanking the Red Cross and the Swiss government.",
        ),
        "fr": (
            "Boko Haram a libéré 21 lycéennes de Chibok le {day}, après une médiation de la Suisse et de la "
            "Croix-Rouge auprès du gouvernement nigérian.",
            "Vingt et une lycéennes de Chibok ont été remises le {day} aux autorités nigérianes par Boko "
            "Haram.",
        ),
        "ar": (
            "أفرجت جماعة بوكو حرام يوم {day} عن 21 من فتيات شيبوك بعد مفاوضات مع "
            "الحكومة النيجيرية بوساطة سويسرا.",
        ),
    },
)  # fmt: skip
SECOND = Matter(
    "second release", date(2017, 5, 6), 9, 90,
    {
        "en": (
            "Boko Haram released 82 of the Chibok schoolgirls on {day} in exchange for five of its "
            "commanders held by Nigeria; the Red Cross took part.",
            "Nigeria let five detained Boko Haram commanders go for 82 girls from Chibok, who were set free "
            "on {day} with the help of Swiss mediators.",
        ),
        "fr": (
            "Quatre-vingt-deux lycéennes de Chibok ont été libérées le {day} par Boko Haram en échange de "
            "cinq commandants détenus au Nigeria.",
            "Boko Haram a libéré 82 lycéennes de Chibok le {day} contre cinq de ses chefs, grâce à la "
            "médiation de la Suisse.",
        ),
        "ar": (
            "أفرجت بوكو حرام يوم {day} عن 82 من فتيات شيبوك مقابل "
            "إطلاق نيجيريا سراح خمسة من قادتها بوساطة سويسرية.",
        ),
    },
)  # fmt: skip
MATTERS = (ABDUCTION, TALKS, FIRST, SECOND)


def reports() -> dict[str, tuple[str, PassageLine]]:
    """By id, the matter that a report tells of, and the report."""
    told = [(matter, line) for matter in MATTERS for line in _reports(matter)]
    return {str(line.id): (matter.name, line) for matter, line in told}


def _reports(matter: Matter) -> Iterator[PassageLine]:
    """The reports of one matter: each sentence with each turn, then the same from other outlets."""
    forms = [
        (language, f"{sentence} {TURNS[language][turn]}".strip())
        for turn in range(len(TURNS["en"]))
        for language, sentences in matter.sentences.items()
        for sentence in sentences
    ]
    outlets = cycle(OUTLETS)
    for number, (language, form) in enumerate(islice(cycle(forms), matter.reports)):
        published = matter.day + timedelta(days=1 + number * matter.days // matter.reports)
        yield PassageLine(
            id=f"{matter.name} {number}",
            text=form.format(day=_day(matter.day, language), month=_month(matter.day, language)),
            date=str(published),
            source=next(outlets),
        )


def _day(day: date, language: str) -> str:
    return f"{day.day} {_month(day, language)}"


def _month(day: date, language: str) -> str:
    return f"{MONTHS[language][day.month - 1]} {day.year}"
