"""Measures what the user waits for, each figure beside something of the same machine and the same run.

    python scripts/bench.py capture [--items 20000] [--count 60]
    python scripts/bench.py store [--items 0 20000 100000] [--count 300]
    python scripts/bench.py crash [--count 200] [--seed N]
    python scripts/bench.py fuzz [--count 10000] [--seed N]
    python scripts/bench.py hostile
    python scripts/bench.py planning [--seeds 50] [--compared 20]
    python scripts/bench.py extraction --pages FILE... [--aside only|not|all] [--worst 20]

Run it with the Python that has the project: .venv/bin/python, on Windows .venv\\Scripts\\python.
"""

import argparse
from pathlib import Path


def main() -> None:
    """Run the bench that was asked for."""
    options = _parser().parse_args()
    # A process that is killed in a bench imports this file again: it is to be light.
    if options.bench == "capture":
        from scripts._bench_capture import bench_capture

        bench_capture(options.items, options.count)
    elif options.bench == "store":
        from scripts._bench_store import bench_store

        bench_store(options.items, options.count)
    elif options.bench == "fuzz":
        from scripts._bench_fuzz import bench_fuzz

        bench_fuzz(options.count, options.seed)
    elif options.bench == "hostile":
        from scripts._bench_hostile import bench_hostile

        bench_hostile()
    elif options.bench == "planning":
        from scripts._bench_planning import bench_planning

        bench_planning(options.seeds, options.compared)
    elif options.bench == "extraction":
        from scripts._bench_extraction import bench_extraction

        bench_extraction(options.pages, options.aside, options.worst)
    else:
        from scripts._bench_crash import bench_crash

        bench_crash(options.count, options.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    benches = parser.add_subparsers(required=True, dest="bench")
    captures = benches.add_parser("capture", help="a capture until its durable reply")
    captures.add_argument("--items", type=int, default=20_000, help="how many items the full store has")
    captures.add_argument("--count", type=int, default=60, help="how many captures are timed")
    stores = benches.add_parser("store", help="the store: writing, opening, memory, search")
    stores.add_argument("--items", type=int, nargs="+", default=[0, 20_000, 100_000], help="sizes of the store")
    stores.add_argument("--count", type=int, default=300, help="how many inserts and updates are timed")
    crashes = benches.add_parser("crash", help="kills without warning, and what they leave")
    crashes.add_argument("--count", type=int, default=200, help="how many kills of each kind")
    crashes.add_argument("--seed", type=int, help="the seed of an earlier run, to see it again")
    plans = benches.add_parser("planning", help="the planner: time, rules kept, value beside CP-SAT's")
    plans.add_argument("--seeds", type=int, default=50, help="how many queues and calendars")
    plans.add_argument("--compared", type=int, default=20, help="of how many the value is compared (needs ortools)")
    fuzzes = benches.add_parser("fuzz", help="requests that nobody wrote, and how they are answered")
    fuzzes.add_argument("--count", type=int, default=10_000, help="how many requests")
    fuzzes.add_argument("--seed", type=int, help="the seed of an earlier run, to see it again")
    benches.add_parser("hostile", help="pages made to hurt, and who waits for them")
    extractions = benches.add_parser("extraction", help="articles found in pages, beside other readers")
    extractions.add_argument("--pages", type=Path, nargs="+", required=True, help="JSON lines (.gz), or tests/pages")
    extractions.add_argument("--aside", choices=["all", "not", "only"], default="all", help="pages kept aside or not")
    extractions.add_argument("--worst", type=int, default=0, help="how many of the worst pages are named")
    return parser


if __name__ == "__main__":
    main()
