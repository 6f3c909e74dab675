"""HR's catalog list: every topic with its counts, and a search in both languages."""

import re

import pytest

from tests.web.conftest import ClientOf


def rows(page: str) -> list[str]:
    return re.findall(r'<td lang="en"><a href="/catalog/topics/([^"]+)">', page)


def test_the_areas_come_first_with_what_each_lacks(client_of: ClientOf) -> None:
    page = client_of("hana").get("/catalog?lang=ru").text
    assert "397 тем в 28 областях" in page
    assert sum(int(count) for count in re.findall(r'data-label="Темы">(\d+)', page)) == 397
    assert "Деловое общение" in page
    areas = re.findall(r'href="/catalog\?area=([^"]+)"', page)
    assert len(areas) == 28


def test_an_area_shows_its_topics(client_of: ClientOf) -> None:
    hana = client_of("hana")
    areas = re.findall(r'href="/catalog\?area=([^"]+)"', hana.get("/catalog").text)
    topics = [topic for area in areas for topic in rows(hana.get("/catalog", params={"area": area}).text)]
    assert len(topics) == len(set(topics)) == 397


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
