"""Imported skills: roles may require them and people hold them, and the catalog knows nothing of them."""

from sqlalchemy import Engine

from domain.origins import Origin
from store import unit_of_work
from tests.builders import a_role, a_skill, held

KNEADING = a_skill("esco:knead")


def test_an_imported_skill_is_required_and_held_and_no_part_of_the_catalog(company: Engine) -> None:
    baker = a_role("esco:baker", required_levels={"esco:knead": 3}, origin=Origin.ESCO)
    with unit_of_work(company, write=True) as store:
        assert store.imported_skills.save([KNEADING]) == 1
        store.roles.save([baker])
        store.people.save_held([held("p1", "esco:knead", 1)])
    with unit_of_work(company) as store:
        assert store.roles.get("esco:baker") == baker
        assert store.imported_skills.ids() == {"esco:knead"}
        assert "esco:knead" not in {skill.id for skill in store.catalog.current().skills}


def test_saving_counts_what_really_changed(company: Engine) -> None:
    renamed = a_skill("esco:knead", name=a_skill("knead dough").name)
    with unit_of_work(company, write=True) as store:
        assert [store.imported_skills.save(skills) for skills in ([KNEADING], [KNEADING], [renamed])] == [1, 0, 1]
        assert store.imported_skills.get_many(["esco:knead", "delegation"]) == {"esco:knead": renamed}
