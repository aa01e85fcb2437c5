"""Which addresses on the net may be asked for a page."""

import socket
from ipaddress import ip_address

import psutil
import pytest

from companion.reading.addresses import RefusedAddress, connect, is_elsewhere, is_public

PUBLIC = """
    8.8.8.8 93.184.216.34 172.15.255.255 172.32.0.1 100.63.255.255 100.128.0.1 223.255.255.255
    2606:4700::1111 2a00:1450:400e::1 2001:41d0::1 64:ff9b::808:808
    """.split()
NOT_PUBLIC = {
    "this machine": "127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 ::1 ::",
    "this network": "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 fc00::1 fd12:3456::1 fec0::1",
    "the cable": "169.254.169.254 fe80::1 fe80::1%eth0 2606:4700::1111%eth0",
    "the provider's network": "100.64.0.1 100.127.255.255",
    "many at once": "224.0.0.1 239.255.255.255 255.255.255.255 ff02::1 ff0e::1",
    "IPv4 in IPv6": "::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 "
    "64:ff9b:1::808:808 2002:7f00:1:: 2002:808:808:: 2001:0:808:808::1",
    "reserved": "240.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 2001:db8::1 3fff::1 100::1 4000::1 5f00::1",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_the_open_net_is_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("why", "address"), [(why, address) for why, addresses in NOT_PUBLIC.items() for address in addresses.split()]
)
def test_nothing_else_is_public(why, address):
    assert not is_public(ip_address(address)), why


@pytest.fixture
def at_home(monkeypatch):
    """A laptop as systems tell of it: with a mask or without, with its own address alone, in a tunnel without any."""
    told = {
        "ethernet": ["192.168.1.20/255.255.255.0", "81.2.3.4/255.255.255.0", "2a02:a210::5/ffff:ffff:ffff:ffff::"],
        "wireless": ["2a02:b::5/None", "2a02:c::5/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe80::1%eth0/None"],
        "tunnel": ["185.1.2.3/None", "185.1.3.3/0.0.0.0", "2a02:d:0:ff::5/ffff:ffff:ffff::"],
    }

    def card(text):
        address, _, mask = text.partition("/")
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return psutil._ntuples.snicaddr(family, address, None if mask == "None" else mask, None, None)

    cards = {name: [card(text) for text in addresses] for name, addresses in told.items()}
    cards["ethernet"].append(psutil._ntuples.snicaddr(psutil.AF_LINK, "00:16:3e:01:02:03", None, None, None))
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: cards)


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    "address",
    """
    81.2.3.4 81.2.3.77 2a02:a210::5 2a02:a210::77 2a02:b::77 2a02:c::77 2a02:d:0:1::77 185.1.2.3 185.1.3.3
    64:ff9b::5102:34d 192.168.1.20 127.0.0.1
    """.split(),
)
def test_public_addresses_of_this_machine_and_of_those_around_it_are_not_elsewhere(address):
    assert not is_elsewhere(ip_address(address))


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("address", [*PUBLIC, "81.2.4.4", "2a02:a210:0:1::5", "2a02:b:0:1::5", "185.1.2.4"])
def test_the_rest_of_the_open_net_is_elsewhere(address):
    assert is_elsewhere(ip_address(address))


def test_where_this_machine_is_is_looked_up_each_time(monkeypatch):
    address = ip_address("93.184.216.34")
    assert is_elsewhere(address)
    card = psutil._ntuples.snicaddr(socket.AF_INET, str(address), "255.255.255.0", None, None)
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {"ethernet": [card]})
    assert not is_elsewhere(address)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def port_of(listener):
    return listener.getsockname()[1]


@pytest.fixture
def asked():
    """The addresses that were asked about."""
    return []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0x7f000001", "127.1", "017700000001", "::ffff:127.0.0.1", "0", "0.0.0.0", "::1", "::"])  # fmt: skip
def test_another_spelling_makes_no_difference(listener, host):
    with pytest.raises((RefusedAddress, socket.gaierror)):  # Not every system knows every spelling.
        connect(host, port_of(listener), is_public, 5)


def test_what_was_asked_about_is_what_is_connected_to(listener, asked):
    with connect("127.0.0.1", port_of(listener), lambda address: not asked.append(address), 5) as line:
        assert asked == [ip_address(line.getpeername()[0])]


def answers(*addresses):
    """A name server's answer, as the system hands it on."""
    return lambda host, port, **_: [
        (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
        for address in addresses
    ]


def test_one_private_address_condemns_the_name(monkeypatch, listener):
    monkeypatch.setattr(socket, "getaddrinfo", answers("93.184.216.34", "127.0.0.1"))
    with pytest.raises(RefusedAddress):
        connect("two.example", port_of(listener), is_public, 5)


def test_the_next_address_is_tried_where_one_does_not_answer(monkeypatch, listener):
    monkeypatch.setattr(socket, "getaddrinfo", answers("::1", "127.0.0.1"))
    with connect("two.example", port_of(listener), lambda _: True, 5) as line:
        assert line.getpeername()[0] == "127.0.0.1"


def test_no_address_that_answers_is_an_error(listener):
    port = port_of(listener)
    listener.close()
    with pytest.raises(OSError, match="does not answer"):
        connect("127.0.0.1", port, lambda _: True, 5)
