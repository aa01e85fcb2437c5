"""Pages as a browser sees them: fetched, taken apart, and their forms sent."""

from lxml import html

from tests.integration.conftest import ORIGIN


class Page:
    """An answer with its document, in the words of the tests."""

    def __init__(self, answer):
        self.answer = answer
        self.status = answer.status_code
        self.document = html.fromstring(answer.text) if answer.text else None

    def find(self, path):
        """The elements at a CSS path."""
        return self.document.cssselect(path)

    def text(self, path="main"):
        """The words of the first element at a CSS path, with single spaces; empty where there is none."""
        found = self.find(path)
        return " ".join(found[0].text_content().split()) if found else ""

    def said(self):
        """The line that confirms an act."""
        return self.text("#said p")


def show(browser, path, language="en"):
    """The page at this path, for a person who reads this language."""
    headers = {"Accept": "text/html", "Accept-Language": language}
    return Page(browser.get(path, headers=headers, environ_overrides={"REQUEST_URI": path}))


def send(browser, path, follow=True, **fields):
    """Sends a form with its token and shows the page that it leads to."""
    headers = {"Origin": ORIGIN, "Accept": "text/html"}
    answer = browser("POST", path, data={"csrf": browser.csrf, **fields}, headers=headers)
    if follow and answer.status_code == 303:
        return show(browser, answer.headers["Location"])
    return Page(answer)


def send_file(browser, path, content, name):
    """Sends a file of this name as a form does, and shows the page that it leads to."""
    body = b"".join(
        b'--part\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % part
        for part in ((b"csrf", browser.csrf.encode()), (b'file"; filename="%b' % name.encode(), content))
    )
    sent = {"data": body + b"--part--\r\n", "content_type": "multipart/form-data; boundary=part"}
    answer = browser("POST", path, headers={"Origin": ORIGIN, "Accept": "text/html"}, **sent)
    return show(browser, answer.headers["Location"]) if answer.status_code == 303 else Page(answer)


def fill(browser, page, selector, **fields):
    """Fills in these fields of a form on a page that is open, leaves the others as shown, and presses its button."""
    form = page.find(selector)[0]
    shown = [(name, value.replace("\n", "\r\n")) for name, value in form.form_values()]
    return send(browser, form.get("action"), **(dict(shown) | fields))


def undo(browser, page):
    """Presses Undo in the line on this page."""
    form = page.find("#said form")[0]
    fields = {name: value for name, value in form.form_values() if name != "csrf"}
    return send(browser, form.get("action"), **fields)
