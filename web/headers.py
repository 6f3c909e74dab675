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
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STRICT_TRANSPORT = "max-age=31536000"  # without subdomains: they may be somebody else's
STATIC_CACHE = "public, max-age=31536000, immutable"  # their addresses change with their content


def add_headers(headers: MutableHeaders, path: str, status: int, *, is_secure: bool) -> None:
    """Add what is not set yet: nothing is stored, embedded or run but our own; static files stay in caches.

    Parameters
    ----------
    is_secure
        Whether people come by HTTPS: browsers then never come any other way.
    """
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if is_secure:
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if path.startswith("/static/") and status == 200:
        headers["Cache-Control"] = STATIC_CACHE
