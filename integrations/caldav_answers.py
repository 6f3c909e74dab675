"""What a CalDAV server's XML says. Sources: RFC 4918, 14 for the frame, RFC 4791 for calendars."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from integrations.calendar import CalendarFailed

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_WRITES = {f"{DAV}{name}" for name in ("all", "write", "write-content", "bind")}


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing on the server: where, and those of its properties that it has."""

    href: str
    properties: dict[str, Element]

    def link(self, name: str) -> str:
        """Return the address that a property holds; "" for none."""
        found = self.properties.get(name)
        return (found.findtext(f"{DAV}href") or "").strip() if found is not None else ""

    def text(self, name: str) -> str:
        """Return the text of a property; "" for none."""
        found = self.properties.get(name)
        return found.text or "" if found is not None else ""

    @property
    def is_calendar(self) -> bool:
        """Whether it is a collection that takes events, and this person may write there as far as the server says."""
        kind = self.properties.get(f"{DAV}resourcetype")
        return kind is not None and kind.find(f"{CALDAV}calendar") is not None and self._takes_events and self._is_open

    @property
    def _takes_events(self) -> bool:
        # a server that says nothing takes all. Source: RFC 4791, 5.2.3
        told = self.properties.get(f"{CALDAV}supported-calendar-component-set")
        return told is None or "VEVENT" in {part.get("name") for part in told}

    @property
    def _is_open(self) -> bool:
        told = self.properties.get(f"{DAV}current-user-privilege-set")
        return told is None or any(part.tag in _WRITES for part in told.iter())


def read_resources(content: bytes) -> list[Resource]:
    """Return the resources of a 207 answer, in order; raise CalendarFailed when it is none."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        raise CalendarFailed("caldav.not_xml", may_retry=False) from None
    return [_resource(response) for response in root.iter(f"{DAV}response")]


def _resource(response: Element) -> Resource:
    properties = {
        found.tag: found
        for part in response.iter(f"{DAV}propstat")
        if " 200 " in f"{part.findtext(f'{DAV}status')} "
        for found in part.iterfind(f"{DAV}prop/*")
    }
    return Resource((response.findtext(f"{DAV}href") or "").strip(), properties)
