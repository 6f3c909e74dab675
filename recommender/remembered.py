"""What was worked out once, kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The `room` most lately asked-for values by key; safe for several threads. Arrays are handed out read-only."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], Value]) -> Value:
        """Return the value kept under the key, or work it out; two threads may work out the same one."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = work_out()
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._room:
                self._values.popitem(last=False)
        return value
