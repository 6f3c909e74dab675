"""What the proofs found: one line of JSON per promise and database, for the table that `make prove` prints."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "HALFHOUR_PROOF_FILE"


def record(promise: str, database: str, figures: Mapping[str, object]) -> None:
    """Note figures of a promise; nothing where no file is named."""
    name = os.environ.get(VARIABLE)
    if name:
        line = json.dumps({"promise": promise, "database": database, "figures": dict(figures)}, ensure_ascii=False)
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def table(path: Path) -> str:
    """Return the lines of the file as a table, by promise and database."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = sorted({(row["promise"], row["database"]): row for row in found}.items())
    lines = [f"{'promise':<12} {'database':<11} figures"]
    for (promise, database), row in rows:
        shown = ", ".join(f"{name} {value}" for name, value in row["figures"].items())
        lines.append(f"{promise:<12} {database:<11} {shown}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1])) + "\n")
