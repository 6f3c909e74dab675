"""What HR's pages of imports say: kinds of files, fields that change, and what is wrong with a row."""

import re
from collections.abc import Callable

from services.import_preview import ImportKind
from web.language import later

KINDS = {
    ImportKind.PEOPLE: later("People"),
    ImportKind.TOPICS: later("Topics"),
    ImportKind.ROLES: later("Job roles"),
}
IMPORT_FIELDS = {
    "name": later("name"),
    "email": later("e-mail"),
    "locale": later("language of pages"),
    "languages": later("languages"),
    "zone": later("time zone"),
    "department": later("department"),
    "job_title": later("job title"),
    "manager_id": later("manager"),
    "target_role_id": later("role they aim at"),
    "roles": later("becomes a mentor"),
    "is_active": later("active or not"),
    "skills": later("skills"),
    "goals": later("goals"),
    "offer": later("offer as a mentor"),
    "status": later("suggested or not"),
    "required_levels": later("skills it needs"),
    "origin": later("where it comes from"),
}
# by what the importers say, in the same words for readers of either language; `first`, `second` are what was found
_SAYS: tuple[tuple[str, str], ...] = (
    (r"The file is larger than (\d+) MB; split it", later("The file is larger than %(first)s MB. Split it.")),
    (
        r"Only \.csv and \.xlsx are read; save it as one of these",
        later("Only .csv and .xlsx are read. Save it as one of these."),
    ),
    (
        r"This is not a text table; .*",
        later("This is not a text table, whatever its name says. Save it as CSV UTF-8 or as .xlsx."),
    ),
    (r"The text is not UTF-8; .*", later("The text is not UTF-8. Save it as “CSV UTF-8”.")),
    (r"A quoted cell is not closed .*", later("A quotation mark opens a cell and nothing closes it.")),
    (r"The workbook cannot be read \((.*)\); .*", later("The workbook cannot be read. Save it again as .xlsx.")),
    (
        r"This is not an \.xlsx workbook; .*",
        later("This is not an .xlsx workbook, whatever its name says. Save it again as .xlsx or CSV."),
    ),
    (
        r"It unpacks to (\d+) MB; (\d+) MB are read",
        later("Unpacked it would be %(first)s MB; %(second)s MB are read."),
    ),
    (r"There are more than (\d+) rows; split the file", later("There are more than %(first)s rows. Split the file.")),
    (r"The file is empty", later("The file is empty.")),
    (
        r"there are (\d+) columns; at most (\d+) are read",
        later("There are %(first)s columns; at most %(second)s are read."),
    ),
    (r"the column must have a name", later("The column must have a name.")),
    (r"the column stands there twice", later("The column stands there twice.")),
    (
        r"there are more cells than the (\d+) columns of the header",
        later("There are more cells than the %(first)s columns of the first row."),
    ),
    (
        r"the text is too long or holds control characters",
        later("The text is too long, or holds characters that cannot be shown."),
    ),
    (r"the column is not known; known are (.*)", later("This column is not known. Known are: %(first)s.")),
    (r"the column is missing", later("The column is missing.")),
    (r"must not be empty", later("This must not be empty.")),
    (
        r"must be text, the spreadsheet made a date of it; .*",
        later("The spreadsheet made a date of this. Format the column as text and write it again."),
    ),
    (
        r"must be at most (\d+) characters.*",
        later("At most %(first)s characters fit here."),
    ),
    (r"must be one of (.*), got (.*)", later("This must be one of %(first)s; the file says %(second)s.")),
    (r"must be yes or no, got (.*)", later("This must be yes or no; the file says %(first)s.")),
    (
        r"must be a time zone such as Europe/Berlin, got (.*)",
        later("This must be a time zone such as Europe/Berlin; the file says %(first)s."),
    ),
    (r"must be an e-mail address, got .*", later("This must be an e-mail address.")),
    (r"must be a whole number of minutes, got (.*)", later("This must be whole minutes; the file says %(first)s.")),
    (
        r"must be skill:level with levels (\d) to 4, got (.*)",
        later("Write skill:level with levels from %(first)s to 4; the file says %(second)s."),
    ),
    (
        r"must read like mon-fri 10:00-12:30, got (.*)",
        later("Write hours like mon-fri 10:00-12:30; the file says %(first)s."),
    ),
    (r"must end after they start, got (.*)", later("Hours must end after they begin; the file says %(first)s.")),
    (r"must name a known (?:role|area), got (.*)", later("Nothing is known by this id: %(first)s.")),
    (
        r"must name (?:ids|skills) of the catalog, got (.*)",
        later("The catalog does not know this id: %(first)s."),
    ),
    (r"must be the id of a person, got (.*)", later("Nobody has this id: %(first)s.")),
    (r"belongs to (.*) already", later("Somebody else has this address: %(first)s.")),
    (r"stands in row (\d+) already", later("This id stands in row %(first)s already.")),
    (r"must not lead back to the person", later("This line of managers leads back to the person.")),
    (
        r"must be small letters, digits and single dashes, got (.*)",
        later("Use small Latin letters, digits and single dashes; the file says %(first)s."),
    ),
    (
        r"“(.*)” of topic .* must belong to one topic, (.*) has it already",
        later("“%(first)s” is the name of another topic already: %(second)s."),
    ),
    (
        r"topic .*: (?:skills|related) must be known, got (.*)",
        later("The catalog does not know this id: %(first)s."),
    ),
    (r"topic (.*) stands in the file twice", later("This topic stands in the file twice: %(first)s.")),
    (
        r"(\d+) of (\d+) people would leave; .*",
        later("%(first)s of %(second)s people would leave. Confirm that this is right."),
    ),
)
_PATTERNS = [(re.compile(pattern, re.DOTALL), says) for pattern, says in _SAYS]


def problem_text(message: str, translated: Callable[[str], str]) -> str:
    """Return what is wrong in the reader's language; as it is where no words are known for it."""
    for pattern, says in _PATTERNS:
        found = pattern.fullmatch(message)
        if found:
            groups = (*found.groups(), "", "")
            return translated(says) % {"first": groups[0], "second": groups[1]}
    return message
