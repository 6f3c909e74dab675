"""HR's catalog list: every topic with its counts, and a search in both languages."""

import re

import pytest

from tests.web.conftest import ClientOf


def rows(page: str) -> list[str]:
    return re.findall(r'<td lang="en"><a href="/catalog/topics/([^"]+)">', page)


def test_all_topics_are_there_with_their_areas_in_the_readers_language(client_of: ClientOf) -> None:
    page = client_of("hana").get("/catalog?lang=ru").text
    assert len(rows(page)) == 397
    assert "Показано 397 тем." in page
    assert "Деловое общение" in page


@pytest.mark.parametrize(
    ("words", "found"), [("letting GO", "delegate-work"), ("делегировать", "delegate-work"), ("kyc", "kyc-without")]
)
def test_a_search_finds_in_both_languages(words: str, found: str, client_of: ClientOf) -> None:
    page = client_of("hana").get("/catalog", params={"q": words}).text
    assert any(topic.startswith(found) for topic in rows(page))
    assert len(rows(page)) < 10
    assert f'value="{words}"' in page


def test_counts_are_of_mentors_and_sessions(client_of: ClientOf) -> None:
    page = client_of("hana").get("/catalog?q=delegate-work").text
    numbers = re.findall(r'data-label="(Mentors|Held in 90 days)">(\d+)', page)
    assert numbers == [("Mentors", "3"), ("Held in 90 days", "0")]
    mails = client_of("hana").get("/catalog?q=write-messages").text
    assert re.findall(r'data-label="Held in 90 days">(\d+)', mails) == ["1"]


def test_a_topic_without_mentor_is_said_in_words(client_of: ClientOf) -> None:
    page = client_of("hana").get("/catalog?q=kyc-without-losing-clients").text
    assert '<strong class="lack">none</strong>' in page
    assert "1 topic here has no mentor yet: whoever needs it finds nobody." in page


def test_a_search_without_result_leads_back(client_of: ClientOf) -> None:
    page = client_of("hana").get("/catalog?q=zzz").text
    assert "No topic holds these words." in page
    assert '<a href="/catalog">Show all</a>' in page
