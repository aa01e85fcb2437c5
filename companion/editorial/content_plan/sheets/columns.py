"""The columns of the content plan as a sheet, going out and coming back."""

# English in every language, so that a sheet can be read back. Programs rely on these and on their order.
HEADERS = (
    *("Date", "Time", "Zone", "Channel", "Kind", "Topic", "Title", "Source", "Link", "Commentary"),
    *("Creation needed", "People", "Hashtags", "Preparation", "Status", "Id"),
)
# A workbook has room for what the marketer makes, too.
MORE_HEADERS = ("Creation ready", "Creation link", "Post link")
# The fixed words of their cells, as the records spell them.
KINDS = ("commentary", "own", "ad_hoc")
CREATIONS = ("none", "photo", "video", "carousel", "document")
STATUSES = ("open", "planned", "published", "skipped", "queued", "dropped")
ANSWERS = ("yes", "no")
# The property by which a workbook tells which export it is.
EXPORT_PROPERTY = "Kwartier export"
