"""`halfhour serve`: the pages, the API and, unless it is off, the worker, in one process with a few threads."""

import argparse

import uvicorn
from threadpoolctl import threadpool_limits

from api import create_app
from commands.logs import start_logging
from compose import keep_for_good
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="instead of HALFHOUR_PORT")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    serve(settings.model_copy(update={"port": arguments.port or settings.port}))
    return 0


def serve(settings: Settings, *, is_demo: bool = False) -> None:
    """Serve until the process is told to end. Addresses are not logged: they would tell who looked at what."""
    start_logging(settings.log_level)
    app = create_app(settings, is_demo=is_demo)
    keep_for_good()
    threadpool_limits(1)  # each request has a thread of its own: threads within one only wait for each other
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
    )
