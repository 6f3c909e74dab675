"""No place may hold a person without a rule for what an export and an erasure do there."""

from services.privacy_rules import KEYLESS, RULES, OnErase
from store.person_rows import person_columns
from store.tables import metadata


def test_every_key_to_a_person_has_a_rule_and_every_rule_a_key() -> None:
    assert set(RULES) == person_columns()


def test_the_places_without_a_key_have_one_too() -> None:
    assert {"agendas.content", "suggestion_sets.topics", "cohort_unmatched.mentor_ids"} <= set(KEYLESS)
    assert {"jobs.payload", "llm_calls.sent", "draft_cache.text", "sessions.need"} <= set(KEYLESS)
    assert all(place.split(".")[1] in metadata.tables[place.split(".")[0]].columns for place in KEYLESS)


def test_what_stays_or_is_kept_back_says_why() -> None:
    silent = [
        place
        for place, rule in RULES.items()
        if not rule.why and (rule.on_erase is not OnErase.DELETE or not rule.is_exported)
    ]
    assert silent == []
    assert all(rule.why for rule in KEYLESS.values())


def test_no_secret_is_exported() -> None:
    hidden = ("token_hash", "credentials", "body_hash")
    open_ones = {
        f"{place}: {column.name}"
        for place, rule in RULES.items()
        for column in metadata.tables[place.split(".")[0]].columns
        if rule.is_exported and column.name in hidden and column.name not in rule.secret
    }
    assert open_ones == set()
