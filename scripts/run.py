"""Set Kwartier up and start it: python3 scripts/run.py [arguments of `kwartier serve`].

The first run makes .venv beside this folder and installs Kwartier in it; later runs start at once
and need no network.
"""

import sys

from _python import require_new_python


def main():
    """Prepare the environment, then become `kwartier serve` with the same arguments."""
    require_new_python()
    from _environment import SetupError, hand_over, prepare

    try:
        python = prepare()
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on where this one left off.", file=sys.stderr)
        return 130
    return hand_over([str(python), "-P", "-m", "companion", "serve"] + sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
