"""What the commands that go on running write to stderr."""

import logging

LOGGED = ("services", "embeddings", "store", "web", "prompts", "integrations")  # of other libraries only warnings


def start_logging(level: str) -> None:
    """Log Halfhour's own packages from `level` on."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for package in LOGGED:
        logging.getLogger(package).setLevel(level.upper())
    # psycopg warns whenever a batch of rows breaks a rule, which is how two who want one slot are told apart
    logging.getLogger("psycopg").setLevel(logging.ERROR)
