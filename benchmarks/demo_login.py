"""Signing in to a served demo, for benchmarks that open its pages."""

from http.client import HTTPConnection
from urllib.parse import urlencode

from web.access import COOKIE


def demo_cookie(connection: HTTPConnection, person_id: str) -> str:
    """Return the cookie of a new login of the person; the connection stays open.

    Raises
    ------
    ValueError
        If the demo lets nobody in.
    """
    place = f"{connection.host}:{connection.port}"
    headers = {"Origin": f"http://{place}", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/person", urlencode({"person": person_id}), headers)
    answer = connection.getresponse()
    answer.read()
    pairs = [cookie.partition(";")[0] for cookie in answer.headers.get_all("set-cookie", [])]
    logins = [pair for pair in pairs if pair.startswith(f"{COOKIE}=") and pair != f'{COOKIE}=""']
    if not logins:
        raise ValueError(f"the demo must let {person_id} in, got status {answer.status} without a login.")
    return logins[-1]
