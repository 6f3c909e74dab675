"""Arrays worked out once and kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import numpy as np


class Remembered:
    """The `room` most lately asked-for arrays by key; safe for several threads. Arrays are handed out read-only."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._arrays: OrderedDict[Hashable, np.ndarray] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], np.ndarray]) -> np.ndarray:
        """Return the array kept under the key, or work it out; two threads may work out the same one."""
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return self._arrays[key]
        array = work_out()
        array.setflags(write=False)
        with self._lock:
            self._arrays[key] = array
            if len(self._arrays) > self._room:
                self._arrays.popitem(last=False)
        return array
