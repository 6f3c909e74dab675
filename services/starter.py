"""The starter catalog and role profiles: published once into an empty store, so that the first day has topics."""

from datetime import datetime

from services.catalog_files import read_starter_areas, read_starter_roles, read_starter_skills
from store import Engine, unit_of_work


def publish_starter_catalog(engine: Engine, now: datetime) -> bool:
    """Publish the starter catalog where there is none yet; return whether that was done."""
    with unit_of_work(engine) as store:
        if store.catalog.versions():
            return False
    areas = read_starter_areas()
    topics = [topic for file in areas for topic in file.topics]
    with unit_of_work(engine, write=True) as store:
        if store.catalog.versions():  # another process was quicker
            return False
        store.catalog.publish([file.area for file in areas], read_starter_skills(), topics, "Starter catalog", now)
        store.roles.save(read_starter_roles())
    return True
