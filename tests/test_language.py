"""The language of a text, long and short."""

import pytest

from nijar_nlp.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The elders met the commander under the tree and asked for the road to be opened again.", "en"),
        ("Les anciens ont rencontré le commandant sous l'arbre et demandé la réouverture de la route.", "fr"),
        ("التقى الشيوخ بالقائد تحت الشجرة وطلبوا إعادة فتح الطريق", "ar"),
        ("Los ancianos se reunieron con el comandante bajo el árbol y pidieron abrir el camino.", "es"),
        ("Les otages libérés", "fr"),
        ("The release of", "en"),
        ("مفاوضات", "ar"),
        ("بزرگان روستا با فرمانده گفتگو کردند و از او پرسیدند چه می‌گوید", "fa"),
        ("12.", ""),
        ("", ""),
        ("S/2025/1", ""),
    ],
)
def test_language_of(text: str, code: str) -> None:
    assert language_of(text) == code


def test_a_script_of_no_candidate_has_no_language() -> None:
    assert language_of("東北電気の港の会議は四十人の証人を聞いた") == ""
