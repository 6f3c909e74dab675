"""What the pages of a session are called in links."""

from services.session_links import Door
from web.language import later

DOORS = {
    Door.ROOM: later("Enter the room"),
    Door.CHAT: later("Open the chat"),
    Door.FEEDBACK: later("Say how it was"),
    Door.FOLLOW_UP: later("Did you use it?"),
    Door.AGENDA: later("The agenda"),
}
