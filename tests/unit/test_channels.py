"""The channels: how long a text is there, and the page on which the user posts it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from companion.editorial.posting.channels import NAMES, channel_of, share_address

LINK = "https://vakblad.example/slaap?van=1&tot=2"
FAMILY, WAVE, FLAG = "👩‍👩‍👧‍👦", "👋🏽", "🇳🇱"
# Somebody's text may hold anything.
ANYTHING = 'Zo & "zo"? <script>#1 50% + één\n\n' + f"{FAMILY} {LINK}\u202e{{text}}"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("LinkedIn", "LinkedIn"),
        (" linkedin ", "LinkedIn"),
        ("Linked In", "LinkedIn"),
        ("LinkedIn (bedrijfspagina)", "LinkedIn"),
        ("X", "X"),
        ("Twitter", "X"),
        ("X / Twitter", "X"),
        ("Bluesky", "Bluesky"),
        ("mastodon.social", "Mastodon"),
        ("XING", "XING"),
        ("Insta", "Instagram"),
        ("Mijn LinkedIn", "LinkedIn"),
        ("Bedrijfspagina Linked In", "LinkedIn"),
        ("Meta Threads", "Threads"),
        ("X (bedrijf)", "X"),
        ("x.com", "X"),
        ("Nieuwsbrief", "Nieuwsbrief"),
        ("Blog over X", "Blog over X"),
        ("X-ray nieuwsbrief", "X-ray nieuwsbrief"),
        ("X-factor", "X-factor"),
        ("Xtra", "Xtra"),
        ("", ""),
    ],
)
def test_a_channel_is_known_by_what_people_call_it(typed, name):
    assert channel_of(typed).name == name


@pytest.mark.parametrize(
    ("channel", "text", "length"),
    [
        ("Nieuwsbrief", "twaalf tekens"[:12], 12),
        ("LinkedIn", f"a{WAVE}", 5),
        ("X", "Slaap", 5),
        ("X", "één", 3),
        ("X", "睡眠", 4),
        ("X", f"{FAMILY}{WAVE}{FLAG}❤️", 8),
        ("X", f"Lees {LINK}.", 5 + 23 + 1),
        ("X", "Op vakblad.example/slaap en kwartier.nl", len("Op vakblad.example/slaap en ") + 23),
        ("X", "Zie sanne@kwartier.nl", 21),
        ("Mastodon", f"Lees {LINK} en kwartier.nl", 5 + 23 + len(" en kwartier.nl")),
        ("Mastodon", "Dank @sanne@mastodon.example!", len("Dank @sanne!")),
        ("Mastodon", f"{FAMILY}{FLAG}é", 3),
        ("Bluesky", f"{FAMILY}{FLAG}ab", 4),
        ("Bluesky", FAMILY * 130, 325),
        ("Bluesky", FAMILY * 120 + "12345", 301),
        ("Bluesky", "Lees https://vakblad.example/" + "x" * 190 + ".", len("Lees vakblad.example") + 16 + 1),
        ("Bluesky", "Lees https://vakblad.example/slaap?a=1", len("Lees vakblad.example/slaap?a=1")),
        ("Bluesky", "https://vakblad.example/", len("vakblad.example")),
        ("Threads", "a👋", 5),
        ("Threads", "✅ ☀ ⭐ ❌ ⚡ é", 5 * 3 + 6),
    ],
)
def test_each_channel_counts_in_its_own_way(channel, text, length):
    assert channel_of(channel).count(text) == length


def test_a_text_made_to_be_slow_to_count_is_counted_all_the_same():
    for text in ("http://" + "!" * 50_000 + "é", "@a@" * 20_000 + "é", "a." * 25_000 + "é", WAVE * 10_000):
        assert all(channel_of(name).count(text) for name in NAMES)


@pytest.mark.parametrize("name", ["LinkedIn", "X", "Bluesky", "Threads"])
def test_the_page_opens_with_the_very_text(name):
    address = urlsplit(share_address(channel_of(name), ANYTHING, LINK))
    assert (address.scheme, address.fragment) == ("https", "")
    assert parse_qs(address.query)["text"] == [ANYTHING]


def test_bluesky_is_told_a_text_that_only_its_link_makes_long():
    long = "a" * 200 + " https://vakblad.example/" + "x" * 190
    address = urlsplit(share_address(channel_of("Bluesky"), long, LINK))
    assert parse_qs(address.query)["text"] == [long]


def test_mastodons_page_is_told_the_text_behind_the_sign_that_no_server_sees():
    address = share_address(channel_of("Mastodon"), "Zo & zo", LINK)
    assert address == "https://share.joinmastodon.org/#text=Zo%20%26%20zo"


@pytest.mark.parametrize(("name", "field"), [("Facebook", "u"), ("XING", "url")])
def test_a_page_that_takes_a_link_alone_gets_that(name, field):
    address = share_address(channel_of(name), ANYTHING, LINK)
    assert parse_qs(urlsplit(address).query) == {field: [LINK]}
    assert "?" not in share_address(channel_of(name), ANYTHING, "")


@pytest.mark.parametrize(
    ("name", "text", "address"),
    [
        ("X", "a" * 281, "https://x.com/intent/post"),
        ("LinkedIn", "é" * 3000, "https://www.linkedin.com/feed/?shareActive=true"),
        ("Instagram", "Slaap", "https://www.instagram.com/"),
        ("Nieuwsbrief", "Slaap", ""),
    ],
)
def test_a_text_that_no_address_takes_along_is_left_to_be_pasted(name, text, address):
    assert share_address(channel_of(name), text, LINK) == address
