# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Number words of the three languages."""

EN_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
FR_UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "octante": 80, "nonante": 90,
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
FR_SCALES = {
    "cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000,
    "milliard": 1_000_000_000, "milliards": 1_000_000_000,
}  # fmt: skip
AR_UNITS = {
    "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثني": 2,
    "ثلاثه": 3, "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6,
    "سبعه": 7, "سبع": 7, "ثمانيه": 8, "ثماني": 8, "ثمان": 8, "تسعه": 9, "تسع": 9, "عشره": 10, "عشر": 10,
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "اربعون": 40, "اربعين": 40,
    "خمسون": 50, "خمسين": 50, "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80,
    "ثمانين": 80, "تسعون": 90, "تسعين": 90, "مايتا": 200, "مايتان": 200, "مايتين": 200, "مايتي": 200,
    "ميتا": 200, "ميتان": 200, "ميتين": 200, "ميتي": 200,
    "ثلاثمايه": 300, "اربعمايه": 400, "خمسمايه": 500, "ستمايه": 600, "سبعمايه": 700, "ثمانمايه": 800,
    "تسعمايه": 900, "الفا": 2000, "الفان": 2000, "الفين": 2000, "الفي": 2000,
}  # fmt: skip
AR_SCALES = {
    "مايه": 100, "ميه": 100, "الف": 1000, "الاف": 1000, "مليون": 1_000_000, "ملايين": 1_000_000,
    "مليونا": 1_000_000, "مليار": 1_000_000_000,
}  # fmt: skip
# Dual nouns that say "two" by their ending.
AR_DUALS = (
    "جندي", "رهينت", "اسير", "مواطن", "صحفي", "صحافي", "سجين", "محتجز", "مختطف", "مخطوف", "راهب", "كاهن", "امرات",
    "شخص", "طفل", "شاب", "طبيب", "موظف", "مهندس", "عسكري", "ضابط", "فرنسي", "امريكي", "اجنبي", "سايح",
    "مدني", "عامل", "رجل", "طالب", "طالبت", "معتقل", "مقاتل", "عنصر", "قيادي", "جثمان", "جثت", "ايطالي",
)  # fmt: skip
OPEN_EN = (
    r"(?:tens of thousands|(?:several|many|a few|some) (?:dozen|hundred|thousand|million)s?|dozens|scores|hundreds|"
    r"thousands|several|a few|a handful)"
)
OPEN_FR = r"(?:(?:plusieurs |quelques |des )?(?:dizaines|centaines|milliers|millions)|plusieurs|quelques|une poignée)"
OPEN_AR = r"(?:عشرات|مئات|آلاف|الاف|عدة|بضعة|عدد من)"
