"""The headers of every answer."""

from starlette.datastructures import MutableHeaders

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STATIC_CACHE = "public, max-age=31536000, immutable"  # their addresses change with their content


def add_headers(headers: MutableHeaders, path: str, status: int) -> None:
    """Add what is not set yet: nothing is stored, embedded or run but our own; static files stay in caches."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if path.startswith("/static/") and status == 200:
        headers["Cache-Control"] = STATIC_CACHE
