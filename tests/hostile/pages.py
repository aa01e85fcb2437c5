"""Pages made to hurt who parses them, each within what a capture may hold."""

MEGABYTE = 1024 * 1024
MOST = 5 * MEGABYTE
WORDS = "Verpleegkundigen maken hun eigen rooster, en het verzuim daalt. "

# By what they are, the part that hurts; filled up to the largest page where it is repeated.
BODIES = {
    "50,000 nested divs": "<div>" * 50_000,
    "50,000 nested divs, closed": "<div>" * 50_000 + WORDS * 10 + "</div>" * 50_000,
    "50,000 divs with a bracket in each": """<div a="<">""" * 50_000,
    "50,000 divs, other tags closed": "<div></x>" * 50_000,
    "5 MB of prose": f"<p>{WORDS * 10}</p>" * (MOST // (len(WORDS) * 10 + 7)),
    "a line of 4 MB": f"<p>{'x' * 4 * MEGABYTE}</p>",
    "1,000,000 entities": f"<p>{'&lt;' * 1_000_000}</p>",
    "a table of 100,000 rows": f"<table>{'<tr><td>1</td><td>rooster</td></tr>' * 100_000}</table>",
    "700,000 empty tags": "<b></b>" * 700_000,
    "500 deep and wide": ("<div>" * 500 + WORDS + "</div>" * 500) * (MOST // (500 * 11 + len(WORDS))),
    "1,000,000 tags that never close": "<p><b>" * 800_000,
    "5,000,000 angle brackets": "<" * (MOST - 1000),
    "tags that never end": "<a " * 1_700_000,
    "a tag of 500,000 attributes": f"<p {' '.join(f'a{n}=1' for n in range(500_000))}>{WORDS}</p>",
    "formatting that overlaps": "<a><b><i><u><p></a></b></i></u>" * 160_000,
    "forms in tables in forms": "<table><form><select><table><form>" * 140_000,
    "a comment that never ends": f"<p>{WORDS}</p><!--" + "-" * 4 * MEGABYTE,
    "300,000 links": f"<p>{WORDS}</p>" + "<a href=/1>x</a>" * 300_000,
}

# The others hurt in ways like these, and take a minute together.
EVERY_RUN = {
    "50,000 nested divs",
    "50,000 divs with a bracket in each",
    "5 MB of prose",
    "a line of 4 MB",
    "1,000,000 entities",
    "a table of 100,000 rows",
    "500 deep and wide",
    "tags that never end",
}


def hostile_page(name: str) -> str:
    """The page by this name."""
    return f"<!doctype html><html><head><title>{name}</title></head><body>{BODIES[name]}</body></html>"
