"""Why a calendar could not be read or added, and what to do about it, in words."""

from flask_babel import lazy_gettext

_WORDS = {
    "no_address": lazy_gettext("That is no address. It begins with https:// or webcal://."),
    "user_in_address": lazy_gettext(
        "The address holds a user name or password. Use the address that your calendar gives for subscribing."
    ),
    "known_already": lazy_gettext("This calendar is there already."),
    "too_many_calendars": lazy_gettext("Ten calendars is the most. Remove one first."),
    "no_file": lazy_gettext("Choose a file first."),
    "refused_address": lazy_gettext(
        "Kwartier does not ask that address: it leads to this computer itself, to no site, or on to one without https. "
        "Use a file instead."
    ),
    "unreachable": lazy_gettext("It could not be reached. Is the address right, and are you online?"),
    "too_slow": lazy_gettext("Reading it took too long. Try it later, or use a file with fewer years in it."),
    "file_too_large": lazy_gettext(
        "It is larger than 8 MB. Save fewer years of it, or add the calendar by its address."
    ),
    "too_large": lazy_gettext("It is larger than 10 MB. Publish or save fewer years of it."),
    "too_many_events": lazy_gettext("It has more events than a calendar can have. Publish or save fewer years of it."),
    "gone": lazy_gettext("There is nothing at that address any more. Copy it anew from your calendar."),
    "answered_error": lazy_gettext("The site answers with an error, which often passes by itself. Try it again later."),
    "login": lazy_gettext("Somebody has to log in there. Use the secret or published address of your calendar."),
    "not_a_page": lazy_gettext("What is there cannot be read. Use the address that ends in .ics."),
    "not_a_calendar": lazy_gettext("This is no calendar in the iCalendar format. Look for .ics."),
    "unreadable": lazy_gettext("It cannot be read. Try to publish or save it anew."),
}


def problem_words(problem: str) -> str:
    """The sentence for a problem's code; a code of another version is said to be unreadable."""
    return str(_WORDS.get(problem, _WORDS["unreadable"]))
