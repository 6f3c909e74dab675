"""The benchmark table: serving, the demo's own sentences, blind needs, and every public set beside the repository.

Run: make bench
"""

from pathlib import Path

import cli
from benchmarks import blind_needs, demo_goals, serving

PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "bench"


def main() -> None:
    serving.main()
    demo_goals.main()
    blind_needs.main([])
    for task in sorted(PUBLIC.glob("*/task.json")):
        cli.main(["evaluate", "--benchmark", str(task.parent), "--baselines"])


if __name__ == "__main__":
    main()
