"""Files as spreadsheet programs write them, for the tests of what is read in them."""

import io
import zipfile

import openpyxl

from companion.reading.sheets import read_sheet


def rows(content):
    """The rows of the only sheet."""
    [sheet] = read_sheet(content)["sheets"]
    return sheet["rows"]


def book(*lines, **cells):
    """A workbook with these lines, and cells by their names."""
    made, content = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        made.active.append(line)
    for name, value in cells.items():
        made.active[name] = value
    made.save(content)
    return content.getvalue()


def rewritten(content, change, **more):
    """The workbook with its parts changed by a function of name and content, and more; None leaves one out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name, part)
    return packed.getvalue()


def ods(body):
    """An OpenDocument sheet with these rows."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.replace("ROWS", body))
    return packed.getvalue()


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Plan">ROWS</table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ROW = "<table:table-row>{}</table:table-row>"
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
DAY = '<table:table-cell office:value-type="date" office:date-value="2026-11-24"/>'
