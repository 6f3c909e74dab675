"""The benchmark table: serving, the demo's own sentences, and every public set that stands beside the repository.

Run: make bench
"""

from pathlib import Path

import cli
from benchmarks import demo_goals, serving

PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "bench"


def main() -> None:
    serving.main()
    demo_goals.main()
    for task in sorted(PUBLIC.glob("*/task.json")):
        cli.main(["evaluate", "--benchmark", str(task.parent), "--baselines"])


if __name__ == "__main__":
    main()
