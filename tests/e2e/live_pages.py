"""Pages that show something else than their HTML says: by their script, style sheet, frames or shadow trees."""

import json
from dataclasses import dataclass, field

from tests.e2e.page_server import DUTCH_TEXT, ENGLISH_TEXT, PLAIN_TEXT, PageServer

STYLE = """
.wall { position: fixed; inset: 0; background: rgb(0 0 0 / 60%) }
.wall div { width: 60%; margin: 10% auto; background: white }
.bar { position: fixed; bottom: 0; width: 100% }
.drawer { position: fixed; left: 0; width: 300px; transform: translateX(-100%) }
.off, .panel { display: none }
.unseen { visibility: hidden }
.for-ears { position: absolute; width: 1px; height: 1px; overflow: hidden }
.away { position: absolute; left: -9999px }
.whole { display: contents }
"""
CONSENT = (
    "We and our 412 partners store information on your device and read it, to measure what you see and to show you "
    "advertisements that suit you. You can change your choice whenever you like in the settings of your account.",
    "Some partners do not ask for consent and rely on their legitimate interest. Look at the list of partners for the "
    "purposes for which they believe to have one, and for how you can object to it.",
)
PROMOTION = (
    "Every Thursday our editors choose the five stories that lawyers talked about most. Sign up for the letter and "
    "receive a free guide to the rules on automated decisions, written by the people who made them."
)
# Long enough to be taken for an article where a page declares nothing.
STORY = [*ENGLISH_TEXT, *PLAIN_TEXT]
REST = "The last word will be with the legislator, which has announced a proposal for the coming year."


@dataclass(frozen=True)
class LivePage:
    """A page, what its text must say and lack, and the files it needs beside it."""

    path: str
    title: str
    says: tuple[str, ...]
    lacks: tuple[str, ...]
    html: str
    files: dict[str, str] = field(default_factory=dict)

    def put_on(self, site: PageServer) -> None:
        """Adds it to a site."""
        site.added["/live.css"] = (STYLE.encode(), "text/css")
        site.added |= {self.path: self.html, **self.files}


def paragraphs(text: list[str]) -> str:
    """Text as HTML."""
    return "\n".join(f"<p>{each}</p>" for each in text)


def page(title: str, body: str, head: str = "") -> str:
    """A page that tells nothing about itself but its title."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="stylesheet" href="/live.css">{head}</head><body>{body}</body></html>'
    )


def article(title: str, text: list[str], around: str = "", within: str = "") -> str:
    """A page with an article, and what stands around it and in the middle of it."""
    first, rest = paragraphs(text[:2]), paragraphs(text[2:])
    return page(title, f"{around}<main><article><h1>{title}</h1>{first}{within}{rest}</article></main>")


WRITE = """
const article = document.createElement('article');
const parts = [['h1', TITLE], ...TEXT.map((text) => ['p', text])];
article.append(...parts.map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })));
document.querySelector('#root').append(article);
"""
MENU = "".join(f'<li><a href="/s{n}">Section {n} of the review</a></li>' for n in range(30))


def in_shadow(title: str) -> str:
    """An article of which the host holds the middle, and its shadow tree what comes before and after."""
    before = f"<style>p {{ color: black }}</style><article><h1>{title}</h1><p>{STORY[0]}</p><slot></slot>"
    tree = f"{before}{paragraphs(STORY[3:])}</article>"
    script = f"document.querySelector('x-story').attachShadow({{ mode: 'open' }}).innerHTML = {json.dumps(tree)}"
    # What is in no slot is not displayed.
    host = f'<x-story>{paragraphs(STORY[1:3])}<p slot="none">{PROMOTION}</p></x-story>'
    return page(title, f"<main>{host}</main><script>{script}</script>")


def _scripted() -> LivePage:
    title = "A page that writes itself"
    script = WRITE.replace("TITLE", json.dumps(title)).replace("TEXT", json.dumps(STORY))
    empty = '<div id="root"></div><noscript><p>Please turn on JavaScript to read this.</p></noscript>'
    html = page(title, f"{empty}<template><p>{PROMOTION}</p></template><script>{script}</script>")
    return LivePage("/live/scripted", title, tuple(STORY), ("turn on JavaScript", PROMOTION), html)


def _consent() -> LivePage:
    title = "A page behind a wall of consent"
    wall = (
        f'<div class="wall"><div><h2>Your privacy</h2>{paragraphs([*CONSENT])}<button>Accept all</button></div></div>'
    )
    html = article(title, [*DUTCH_TEXT, *PLAIN_TEXT], around=wall)
    return LivePage("/live/consent", title, (*DUTCH_TEXT, *PLAIN_TEXT), (*CONSENT, "Accept all"), html)


def _hidden() -> LivePage:
    title = "A page with more than it shows"
    menu = f'<div class="off"><ul>{MENU}</ul></div><div class="drawer"><ul>{MENU}</ul></div>'
    within = (
        f'<div class="off"><p>{PROMOTION}</p></div><details><summary>And then?</summary><p>{REST}</p></details>'
        f'<p class="for-ears">Advertisement, continue below</p><p class="bar">{CONSENT[1]}</p>'
    )
    html = article(title, STORY, around=menu, within=within)
    lacks = ("Section 12", PROMOTION, CONSENT[1], "continue below")
    return LivePage("/live/hidden", title, (*STORY, REST), lacks, html)


def _framed() -> LivePage:
    title = "A page around another one"
    html = page(title, f'<h1>{title}</h1><iframe src="/live/framed/inside" width="800" height="600"></iframe>')
    inside = article("Inside", STORY, around='<nav><a href="other">Other stories</a></nav>')
    return LivePage("/live/framed", title, tuple(STORY), (), html, {"/live/framed/inside": inside})


def _shadowed() -> LivePage:
    title = "A page in a shadow tree"
    return LivePage("/live/shadowed", title, tuple(STORY), (PROMOTION,), in_shadow(title))


LIVE = [_scripted(), _consent(), _hidden(), _framed(), _shadowed()]
MEMBERS = LivePage(
    "/live/members",
    "A page for members",
    (*DUTCH_TEXT, *PLAIN_TEXT),
    ("Forgotten your password",),
    article("A page for members", [*DUTCH_TEXT, *PLAIN_TEXT]),
)

CAPTIONS = """
const track = document.querySelector('video').addTextTrack('captions');
const lines = ['<v Ann>Good morning.', 'Good morning.', 'We read\\nthe law.'];
lines.forEach((line, n) => track.addCue(new VTTCue(n, n + 1, line)));
"""
SHOWN = "".join(f"<li><span>0:{n:02}</span> <p>Line {n} of what was said.</p></li>" for n in range(10, 30))
SPOKEN = [f"Line {n} of what was said." for n in range(10, 30)]
LONG = [f"{n}: {PROMOTION}" for n in range(3)]

# Pages of a video, and what is said in it.
VIDEOS = [
    ("captions", f"<video></video><script>{CAPTIONS}</script>", ["Good morning.", "We read the law."]),
    (
        "shown",
        f'<div class="transcript"><ol>{SHOWN}</ol></div>',
        SPOKEN,
    ),
    (
        "named",
        f'<div class="transcript-tabs"><p>{ENGLISH_TEXT[0][:80]}</p><div id="transcript">{SHOWN}</div></div>',
        SPOKEN,
    ),
    (
        "lines",
        "".join(
            [
                "<div class='transcript'>",
                *(f"<p class='transcript-line'>{each}</p>" for each in LONG),
                f"</div><p class='transcript'>{PROMOTION}</p>",
            ]
        ),
        LONG,
    ),
    ("hidden", f'<video></video><div class="off transcript"><p>{PROMOTION}</p></div>', []),
    ("page", f'<main class="single-transcript">{paragraphs(ENGLISH_TEXT)}</main>', []),
    ("nothing", '<video></video><button class="show-transcript">Show the transcript</button>', []),
]
