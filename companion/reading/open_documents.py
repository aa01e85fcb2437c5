"""The cells of an OpenDocument that hold an error, which no library tells from empty ones."""

from xml.parsers import expat

from companion.reading.workbooks import MOST_CELLS, MOST_ROWS, Faults, Unreadable, parse


def faults(parts: dict[str, bytes]) -> dict[str, Faults]:
    """By the name of each sheet, the cells that hold an error, or a formula without its value (both told as `=`).

    Raises Unreadable.
    """
    return _Document().read(parts["content.xml"]) if "content.xml" in parts else {}


class _Document:
    """Reads the sheets of a document, cell by cell."""

    def __init__(self) -> None:
        self.faults: dict[str, Faults] = {}
        self._sheet: Faults = {}
        self._row = self._column = self._rows = self._noted = 0

    def read(self, content: bytes) -> dict[str, Faults]:
        parse(expat.ParserCreate(namespace_separator=" "), content, self._start, self._end)
        return self.faults

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        match name.rpartition(" ")[2]:
            case "table":
                self._sheet = self.faults.setdefault(told.get("name", ""), {})
                self._row = self._rows = 0
            case "table-row":
                self._row += self._rows
                self._rows, self._column = _number(told.get("number-rows-repeated", "1")), 0
            case "table-cell" | "covered-table-cell":
                columns = _number(told.get("number-columns-repeated", "1"))
                if _is_faulty(attributes, told):
                    self._note(columns)
                self._column += columns

    def _end(self, _: str) -> None:
        """What matters stands in the attributes."""

    def _note(self, columns: int) -> None:
        self._noted += self._rows * columns
        if self._noted > MOST_CELLS or self._row + self._rows > MOST_ROWS:
            raise Unreadable("too_many_rows")
        for row in range(self._row + 1, self._row + self._rows + 1):
            self._sheet.setdefault(row, {}).update({self._column + column: "=" for column in range(1, columns + 1)})


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 1


def _is_faulty(attributes: dict[str, str], told: dict[str, str]) -> bool:
    # The standard's own type of an error is a text; LibreOffice tells beside it that it is none.
    types = {value for key, value in attributes.items() if key.rpartition(" ")[2] == "value-type"}
    return "error" in types or ("formula" in told and not types)
