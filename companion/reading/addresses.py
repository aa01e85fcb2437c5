"""Which addresses on the net may be asked for a page, and connecting to those alone."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, TypeAlias

import psutil

Address: TypeAlias = IPv4Address | IPv6Address
MayConnect: TypeAlias = Callable[[Address], bool]

# All that is given out to the public so far (IANA, IPv6 Global Unicast Address Assignments); loopback, mapped IPv4,
# unique local, link-local, site-local and multicast addresses lie outside it.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# Inside it, and yet special; not every Python that we run on knows them all. Teredo and 6to4 lead to an IPv4 address
# that somebody else chose.
SPECIAL = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, benchmarks, identifiers without a place
        "2001:db8::/32",  # examples
        "2002::/16",  # 6to4
        "3fff::/20",  # examples
    )
)
# In networks with IPv6 alone a name server writes every IPv4 address so (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")
# A machine calls itself so, where it has no other name yet (RFC 1122, 3.2.1.3).
THIS_NETWORK = IPv4Network("0.0.0.0/8")
# No network of IPv6 is smaller (RFC 4291, 2.5.1), though a machine may be told its own address alone.
NETWORK_BITS = 64


class RefusedAddress(Exception):
    """A name leads to an address that may not be asked."""


def is_public(address: Address) -> bool:
    """Whether an address is out on the open net: not this machine, not its network, not reserved for anything."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address.scope_id is not None:
        return False
    if address in NAT64:
        return is_public(_behind_nat64(address))
    return address in GLOBAL_UNICAST and not any(address in network for network in SPECIAL)


def is_elsewhere(address: Address) -> bool:
    """Whether an address is out on the open net, and neither this machine's nor in a network that it is in.

    With IPv6, and in some offices, those too have public addresses. They are looked up anew: a laptop travels.
    """
    if isinstance(address, IPv6Address) and address in NAT64:
        address = _behind_nat64(address)
    return is_public(address) and not any(address in network for network in own_networks())


def is_not_this_machine(address: Address) -> bool:
    """Whether the user's own calendar may be there: on the open net or in the networks around, as in an office.

    Never this machine itself, whose servers trust who comes from it; nor what only the cable leads to, as clouds keep
    keys there; nor what stands for other addresses, or for none.
    """
    if isinstance(address, IPv6Address) and address in NAT64:
        address = _behind_nat64(address)
    if address.is_loopback or address.is_link_local or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return address not in THIS_NETWORK and address not in own_addresses()
    return not any(address in network for network in SPECIAL) and address not in own_addresses()


def own_addresses() -> set[Address]:
    """The addresses that this machine has at the moment."""
    return {ip_address(address) for address, _ in _cards()}


def own_networks() -> list[IPv4Network | IPv6Network]:
    """The networks around the public addresses that this machine has at the moment."""
    return [_network(ip_address(address), mask) for address, mask in _cards() if is_public(ip_address(address))]


def _cards() -> Iterator[tuple[str, str | None]]:
    """The addresses that this machine has, with their masks."""
    cards = (card for cards in psutil.net_if_addrs().values() for card in cards)
    return ((card.address, card.netmask) for card in cards if card.family in (socket.AF_INET, socket.AF_INET6))


def _network(address: Address, mask: str | None) -> IPv4Network | IPv6Network:
    """Not each system tells a mask, and none at all would be the whole net."""
    told = int(ip_address(mask)).bit_count() if mask else 0
    bits = min(told or NETWORK_BITS, NETWORK_BITS) if address.version == 6 else told or address.max_prefixlen
    return ip_network((address, bits), strict=False)


def _behind_nat64(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def connect(host: str, port: int, may_connect: MayConnect, seconds: float, some_will_do: bool = False) -> socket.socket:
    """A connection to what the name `host` leads to at this moment.

    The addresses that were asked about are the very ones that are tried, so that no second look-up can tell another
    story. One address that may not be asked condemns the name: a public and a private one together are a trap. Where
    `some_will_do`, it is left out instead: in an office a name may have a link-local address beside its own.
    Raises RefusedAddress, or OSError where none answers; each is given an equal share of `seconds`.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [place for place in found if may_connect(ip_address(place[4][0]))]
    if not allowed or (len(allowed) < len(found) and not some_will_do):
        raise RefusedAddress
    for family, kind, protocol, _, place in allowed:
        with suppress(OSError):  # The next one may answer.
            return _line(family, kind, protocol, place, seconds / len(allowed))
    raise OSError(f"{host} does not answer")


def _line(family: int, kind: int, protocol: int, place: tuple[Any, ...], seconds: float) -> socket.socket:
    line = socket.socket(family, kind, protocol)
    try:
        line.settimeout(seconds)
        line.connect(place)
    except OSError:
        line.close()
        raise
    line.settimeout(None)
    return line
