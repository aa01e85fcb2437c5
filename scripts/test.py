"""Install what the checks need, then run them all: python3 scripts/test.py [--fast] [--long] [pytest's own].

Lint, types, generated files and the extension's checks come first, then pytest over tests/, whose closing
line comes last. A failing check does not stop the others: one run tells all.
"""

import sys

from _python import require_new_python


def main():
    """Run the checks; the exit code is 0 only when all of them passed."""
    require_new_python()
    from _checks import check_everything

    try:
        return check_everything(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
