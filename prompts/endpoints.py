"""Where a model answers: which address, by which protocol, and whether it is in the house."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from domain.errors import InvalidInput

OLLAMA = "http://127.0.0.1:11434/v1"
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_ACTION = "Name it as provider/model, such as openai/gpt-4o-mini, ollama/qwen3 or gigachat/GigaChat-2."


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model is asked, and where.

    Parameters
    ----------
    model
        `provider/model` as litellm names it: openai, anthropic, gemini, gigachat, ollama and others.
    api_base
        Address of an OpenAI-compatible server; "" for the provider's own, or Ollama's on this machine.
    is_local_only
        Refuse every address outside of the house before anything is sent.
    """

    model: str
    api_base: str = ""
    api_key: str = field(default="", repr=False)
    is_local_only: bool = False

    def __post_init__(self) -> None:
        provider, slash, name = self.model.partition("/")
        if not (provider and slash and name) or any(character.isspace() for character in self.model):
            raise InvalidInput("model", "be provider/model", self.model, _ACTION)
        scheme = urlsplit(self.api_base).scheme or "nothing"
        if self.api_base and scheme not in ("http", "https"):
            raise InvalidInput("api_base", "begin with http:// or https://", scheme)

    @property
    def provider(self) -> str:
        return self.model.partition("/")[0]

    @property
    def address(self) -> str:
        """The address of an OpenAI-compatible server, "" where the provider has its own protocol or default."""
        if self.api_base:
            return self.api_base
        return OLLAMA if self.provider in ("ollama", "ollama_chat") else ""

    @property
    def is_local(self) -> bool:
        """Whether the address is in the house: this machine, a private network, or a name that only it knows.

        A name is not looked up: one with a dot that is no known inner ending counts as outside.
        """
        host = (urlsplit(self.address).hostname or "") if self.address else ""
        try:
            found = ipaddress.ip_address(host)
        except ValueError:
            return bool(host) and ("." not in host or host.endswith(_INSIDE))
        return found.is_loopback or (found.is_private and not found.is_link_local and not found.is_unspecified)
