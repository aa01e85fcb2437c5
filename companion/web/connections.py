"""How requests are read from their connections: what is said twice, and differently, is refused."""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError


class StrictParser(HTTPRequestParser):
    """Two lengths of one body are how requests are smuggled past whoever believes the other one."""

    def parse_header(self, header_plus: bytes) -> Any:
        """Read the request line and the headers. Raises ParsingError, which is answered with 400."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # A length of thousands of digits.
            raise ParsingError("Content-Length is invalid") from error
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")


class Channel(HTTPChannel):
    """One connection."""

    parser_class = StrictParser
