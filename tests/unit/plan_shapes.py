"""What people do to a sheet besides typing in it: columns moved and taken out, lines sorted, copied and taken out."""

import csv
import io

import openpyxl


def reshape_csv(content, random, keep, ids):
    """The CSV in another shape, with the columns of these headers and the lines of these ids still there."""
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows(_reshaped(table, random, keep, ids, text=str))
    return sheet.getvalue().encode("utf-8-sig")


def reshape_workbook(content, random, keep, ids):
    """The workbook in another shape, sheet by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        table = [[(cell.value, cell.data_type, cell.number_format) for cell in line] for line in sheet]
        sheet.delete_rows(1, sheet.max_row)
        for number, line in enumerate(_reshaped(table, random, keep, ids, text=lambda cell: cell[0]), 1):
            for column, (value, sort, pattern) in enumerate(line, 1):
                cell = sheet.cell(number, column)
                cell.value, cell.number_format = value, pattern
                # Otherwise a text that begins with = would become a formula.
                cell.data_type = sort
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _reshaped(table, random, keep, ids, text):
    headers, *lines = table
    names = [text(cell) for cell in headers]
    columns = [column for column, name in enumerate(names) if name in {*keep, "Id"} or random.random() < 0.7]
    random.shuffle(columns)
    row_id = names.index("Id")
    lines = [line for line in lines if text(line[row_id]) in {*ids, "", None} or random.random() < 0.8]
    lines += [line for line in lines if text(line[row_id]) and random.random() < 0.2]
    random.shuffle(lines)
    return [[line[column] for column in columns] for line in [headers, *lines]]
