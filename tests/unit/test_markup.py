"""What of an article's HTML is shown for reading."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from companion.editorial.markup import ATTRIBUTES, TAGS, clean

URL = "https://vakblad.example/slaap/ploegendienst"
LINK = {"target": "_blank", "rel": "noopener noreferrer nofollow"}


class Tags(HTMLParser):
    """Every tag with its attributes, by another reader than the one that cleaned."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.odd = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_comment(self, data):
        self.odd.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def seen(html):
    """Every tag with its attributes, as two readers of HTML see it."""
    tags = Tags(html)
    tree = fragment_fromstring(html, create_parent="div")
    elements = [(element.tag, dict(element.attrib)) for element in tree.iterdescendants()]
    assert not tags.odd, f"a comment or a declaration: {tags.odd}"
    return tags.found + elements


def assert_harmless(html):
    for tag, attributes in seen(html):
        assert tag in TAGS
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | (LINK.keys() if tag == "a" else set())
        assert attributes.keys() <= allowed
        assert re.match(r"https?://", attributes.get("href", "https://"))
        if tag == "a":
            assert attributes.items() >= LINK.items()
    # And without trusting any reader: no tag but these begins anywhere.
    assert set(re.findall(r"<\s*/?\s*([^\s>/]*)", html)) <= TAGS


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt/x>alert(1)</sCrIpT >",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/seen.gif' srcset='https://evil.example/2x 2x' loading=lazy>",
    "<p onclick=alert(1) onmouseover='alert(1)' onfocus=alert(1) tabindex=0 autofocus>x</p>",
    "<p/onclick=alert(1)>x",
    '<p title="a" style="background:url(https://evil.example/a)" class=warn id=csrf data-live data-x=1>x</p>',
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math href='javascript:alert(1)'><mi xlink:href='data:text/html,x'>x</mi></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script><p>x</p></template>",
    "<noembed><img title='</noembed><img src onerror=alert(1)>'></noembed>",
    "<xmp><p title='</xmp><img src onerror=alert(1)>'></xmp><plaintext><script>alert(1)</script>",
    "<title><p title='</title><img src onerror=alert(1)>'></title>",
    "<textarea><p title='</textarea><img src onerror=alert(1)>'></textarea>",
    "<select><style></select><img src onerror=alert(1)></style></select>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a><a href='java&Tab;script&NewLine;:alert(1)'>x</a>",
    "<a href='&#106;&#97;vascript:alert(1)'>x</a><a href='&#x6A&#x61vascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a><a href=' \x0bjavascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a><a href='vbscript:x'>x</a><a href='blob:https://a/b'>x</a>",
    "<a href='https://a.example' ping='https://evil.example' onclick=alert(1) target=_self rel=opener download>x</a>",
    '<a href=\'https://a.example/"onmouseover=alert(1) x="\'>x</a><a href="https://a.example/\'><script>alert(1)</script>">x</a>',
    "<base href='https://evil.example/'><a href='/x'>x</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'><link rel=stylesheet href=//evil.example/a.css>",
    "<iframe src='https://evil.example'></iframe><iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>",
    "<object data='javascript:alert(1)'><embed src='https://evil.example/a.swf'></object><applet code=x></applet>",
    "<form action='https://evil.example'><input name=a autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<button popovertarget=x>x</button><div popover id=x onbeforetoggle=alert(1)>x</div><dialog open>x</dialog>",
    "<style>@import 'https://evil.example/a.css'; body{display:none}</style><p style='position:fixed;inset:0'>x</p>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio><picture><source srcset=//evil.example/a></picture>",
    "<body onload=alert(1)><frameset onload=alert(1)><marquee onstart=alert(1)>x</marquee>",
    "<table background='//evil.example/a'><td background='javascript:alert(1)' bgcolor=red>x</table>",
    "<!--><script>alert(1)</script>--><!--<!--x--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]><?php echo '<script>'; ?><!DOCTYPE x [<!ENTITY a 'b'>]>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;img src=x onerror=alert(1)&amp;gt;</p>",
    "<x-widget is=p onclick=alert(1)><slot name=x>x</slot></x-widget><p is=x-widget slot=x part=y>x</p>",
    "<details open ontoggle=alert(1)><summary accesskey=x onclick=alert(1)>x</summary>x</details>",
    "<h1/onclick=alert(1)>x</h1><section onclick='a'>x</section><main title='<h1 onclick=alert(1)>'>x</main>",
    "<ol start='1' onclick=alert(1)><li value='2' style=x>x</ol><td colspan=2 onclick=x>x",
    "<p lang='\"><script>alert(1)</script>' dir='\"onclick=alert(1)'>x</p>",
    "<a href='https://a.example/<h1 onclick=alert(1)>'><pre>\n</a>",
    "<p><a href='//evil.example'>x<table><a href='javascript:alert(1)'>y<p onclick=z>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "<p>voor {} na", "<table><tr><td>{}", "<pre><h1>{}"])
def test_nothing_acts_or_loads(attack, around):
    cleaned = clean(around.format(attack), URL)
    assert_harmless(cleaned)
    assert "evil.example" not in cleaned or 'href="https://evil.example' in cleaned


LINKED = '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">x</a>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<h1>Kop</h1><h2>Kop</h2><h6>Kop</h6>", "<h2>Kop</h2><h2>Kop</h2><h6>Kop</h6>"),
        ("<p>Een <b>goed</b> <em>verhaal</em><br>over x<sub>2</sub> en y<sup>3</sup>.</p><hr>",) * 2,
        ("<ol start=\"3\"><li>een</li></ol><ul><li>twee</li></ul><dl><dt>a</dt><dd>b</dd></dl>",) * 2,
        ("<blockquote><p>Zo is het.</p></blockquote><pre><code>a  &lt; b\n  c</code></pre>",) * 2,
        ('<table><caption>T</caption><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>',) * 2,
        ("<figure><img src=a.jpg alt='Een bed'><figcaption>Een bed</figcaption></figure>", "<figure><figcaption>Een bed</figcaption></figure>"),
        ("<section lang=en><header>a</header></section><center>b</center>", '<div lang="en"><div>a</div></div><div>b</div>'),
        ("<p class=x id=y><span style='color:red'>rood</span> <font color=red>ook</font></p>", "<p>rood ook</p>"),
        ("<pre>\n\n\na</pre>", "<pre>a</pre>"),
        ("<dl><dd>a<menu><dd>b</dl>", "<dl><dd>a</dd><dd>b</dd></dl>"),
        ("<p>a <a href='/x'><img src=y></a> b</p>", "<p>a  b</p>"),
        ("<p>voor<button>klik</button><noscript>aan</noscript> na</p>", "<p>voor na</p>"),
        ("<a href='HTTPS://A.example/b'>x</a>", LINKED.format("HTTPS://A.example/b")),
        ("<a href='../b?c=1&d=2#e'>x</a>", LINKED.format("https://vakblad.example/b?c=1&amp;d=2#e")),
        ("<a href='//evil.example/a'>x</a>", LINKED.format("https://evil.example/a")),
        ("<a href='#noot'>x</a>", LINKED.format(f"{URL}#noot")),
        ("<a href='mailto:a@b.example'>x</a>", "x"),
        ("<a href='javascript:alert(1)'><b>x</b></a> en <a href='java\tscript:a'>y</a>", "<b>x</b> en y"),
        ("", ""),
        ("gewone tekst & meer", "gewone tekst &amp; meer"),
    ],
)  # fmt: skip
def test_what_is_for_reading_stays(html, shown):
    assert clean(html, URL) == shown


@pytest.mark.parametrize("url", ["", "geen adres", "mailto:a@b.example", "http://[::1", "javascript:alert(1)"])
def test_without_an_address_relative_links_lead_nowhere(url):
    cleaned = clean("<a href='/x'>x</a><a href='https://a.example/'>y</a>", url)
    assert_harmless(cleaned)
    assert re.findall('href="([^"]*)"', cleaned) == ["https://a.example/"]


NAMES = st.sampled_from(
    """
    a address applet b blockquote body button caption center code col dd details dialog dir div dl em figure font form h1
    h2 html i iframe img li listing main marquee math menu mi mtext nobr noscript object ol option p pre ruby rt section select span strong style svg table tbody td template
    textarea th title tr ul x-y
    """.split()
)
VALUES = st.sampled_from(["/x", "javascript:a", "https://a.example/?b=<h1 >&c", "x y", "\"'>", "\n", "nl"])
ATTRIBUTE_NAMES = st.sampled_from("href src onclick style lang dir colspan start title id".split())
ATTRIBUTE = st.builds(lambda name, value: f' {name}="{value}"', ATTRIBUTE_NAMES, VALUES)
TEXTS = st.sampled_from(["\n", " ", "x", "&amp;", "&lt;p&gt;", "<", ">", "<!--", "-->", "]]>", "\0", "é", "&#10;", "&nbsp;", "\r\n"])  # fmt: skip
PIECES = st.one_of(
    TEXTS,
    st.builds(lambda name, attributes: f"<{name}{''.join(attributes)}>", NAMES, st.lists(ATTRIBUTE, max_size=2)),
    st.builds(lambda name: f"</{name}>", NAMES),
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_is_clean_stays_as_it_is(html):
    cleaned = clean(html, URL)
    assert_harmless(cleaned)
    assert clean(cleaned, URL) == cleaned


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Kop</h2><p>Een <b>goed</b> verhaal &amp; <a href='/x'>meer</a>.</p><ul><li>een<li>twee</ul>" * 50_000,
        "<table>" + "<tr><td>1<td>2" * 100_000,
        "x" * 5_000_000,
        "<a" * 300_000,
        ("<div>" * 500 + "x" + "</div>" * 500) * 900,
        "".join(f"<b id={number}>" for number in range(500)) + "<p>x" * 2000,
    ],
    ids=["a long article", "a long table", "one long word", "tags that never close", "deep", "open letters"],
)
def test_large_markup_takes_no_more_than_seconds(html):
    started = time.monotonic()
    clean(html, URL)
    assert time.monotonic() - started < 10


def test_what_looks_like_a_tag_in_an_attribute_is_none():
    assert clean('<abbr title="&lt;/h2&gt;<b>">x</abbr>', URL) == '<abbr title="&lt;/h2&gt;&lt;b&gt;">x</abbr>'
