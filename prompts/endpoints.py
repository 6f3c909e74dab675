"""Where a model answers: which address, by which protocol, and whether it is in the house."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from domain.errors import InvalidInput

OLLAMA = "http://127.0.0.1:11434/v1"
# this machine and the private networks. Sources: RFC 1918, RFC 4193, RFC 1122
_NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)
_WORD = re.compile("[a-z][a-z0-9-]*")
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

        A name is not looked up: a single word or a known inner ending counts as inside. Numbers in any other spelling
        than the usual four are no address here, for a resolver would read them as one of the world's.
        """
        host = (urlsplit(self.address).hostname or "").removesuffix(".")
        try:
            found = ipaddress.ip_address(host)
        except ValueError:
            return bool(_WORD.fullmatch(host)) or host.endswith(_INSIDE)
        return any(found in network for network in _NETWORKS if network.version == found.version)
