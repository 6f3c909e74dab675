"""People's text becomes plain, visible, free of addresses and names, and short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.characters import INVISIBLE
from domain.language import Language
from prep.cleaning import clean_text, cut_at_word, replace_names, with_quotation_marks
from prep.patterns import EMAIL, LINK, MENTION


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("ﬁrst ｇｏａｌ", "first goal"),
        ("de\u200ble\u00adgate \u202eboard\u202c", "delegate board"),
        ("<b>delegate</b> more<script>alert(1)</script> work", "delegate more work"),
        ("＜b＞wide＜/b＞ tags and &#xFF1C;i&#xFF1E;coded&#xFF1C;/i&#xFF1E; ones", "wide tags and coded ones"),
        ("&lt;img src=x onerror=alert(1)&gt; speak up", "speak up"),
        ("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; claims", "bold claims"),
        ("read https://evil.example/x?y=1 and www.evil.example now", "read and now"),
        ("see evil.com/path or javascript:alert(1)", "see or"),
        ("write to anna.smith@example.org today", "write to today"),
        ("call +49 (170) 123-45-67 or 8 (495) 123-45-67", "call or"),
        ("ping @anna and <!channel> please", "ping and please"),
        ("ping @*anna please", "ping please"),
        ("![logo](http://x.example/a.png) **bold** and `code` [text](http://x.example)", "logo bold and code text"),
        ("# Heading\n- item one", "Heading item one"),
        ("more focus 🚀🔥 please", "more focus please"),
        ("keep snake_case, C++, C#, p95 < 200 ms and 2 > 1", "keep snake_case, C++, C#, p95 < 200 ms and 2 > 1"),
        ("ASP.NET and Node.js stay", "ASP.NET and Node.js stay"),
        ("отчёт за 2026 год, 10 000 000 рублей", "отчёт за 2026 год, 10 000 000 рублей"),
        ("нужен code review и CI/CD", "нужен code review и CI/CD"),
    ],
)
def test_only_plain_words_stay(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    "raw", ["", "   ", "🙂🙂", "?!…", "https://example.org", "a", "<!channel>", "12345", "\u200b\u200b"]
)
def test_nothing_readable_becomes_empty(raw: str) -> None:
    assert clean_text(raw) == ""


def test_a_long_text_is_cut_at_a_word_within_600_characters() -> None:
    clean = clean_text("delegate " * 1_200)
    assert len(clean) <= 600
    assert clean.endswith("delegate…")


def test_a_word_without_spaces_is_cut_too() -> None:
    assert cut_at_word("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=300))
def test_any_text_comes_back_visible_short_and_clean_when_cleaned_again(text: str) -> None:
    clean = clean_text(text)
    assert len(clean) <= 600
    assert not any(pattern.search(clean) for pattern in (INVISIBLE, LINK, EMAIL, MENTION))
    assert not any(ord(character) < 32 for character in clean)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Smith says no", "a colleague says no"),
        ("Anna's plan and smith", "a colleague's plan and a colleague"),
        ("Annapolis stays", "Annapolis stays"),
    ],
)
def test_names_become_role_words(text: str, expected: str) -> None:
    assert replace_names(text, ["Anna Smith"], "a colleague") == expected


@pytest.mark.parametrize("form", ["Анна Смирнова", "с Анной Смирновой", "Анне", "у Смирновой", "Анну"])
def test_russian_names_are_found_in_every_case(form: str) -> None:
    replaced = replace_names(f"говорю {form} прямо", ["Анна Смирнова"], "коллега")
    assert "Анн" not in replaced
    assert "Смирнов" not in replaced
    assert "коллега" in replaced


def test_straight_quotation_marks_are_set_as_the_language_writes_them() -> None:
    assert with_quotation_marks('say "not now" to it', Language.EN) == "say “not now” to it"
    assert with_quotation_marks('скажите "не сейчас"', Language.RU) == "скажите «не сейчас»"
