"""`halfhour worker`: runs jobs in a process of its own, until it is told to end."""

import argparse
import signal
from threading import Thread

from commands.logs import start_logging
from compose import build_context, build_worker
from services.worker import Worker
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="run what is due now, then end")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    start_logging(settings.log_level)
    worker = build_worker(settings, build_context(settings))
    _stop_on_signals(worker)
    if arguments.once:
        print(f"Jobs run: {worker.run_once()}")
        return 0
    worker.start()
    worker.wait()
    return 0


def _stop_on_signals(worker: Worker) -> None:
    def stop(_number: int, _frame: object) -> None:
        # in a thread of its own: this one may hold the very lock that is needed
        Thread(target=worker.ask_to_stop).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
