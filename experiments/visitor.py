"""A person at the dashboard without a browser: speaks with the server as a browser does, and keeps what it is told."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE = 120.0
"""Seconds until a page that says nothing counts as broken."""
_LEAD = "#####"
_UNDER = re.compile(r"（(\d+)次模拟")


class Visitor:
    """One open tab of the first page, in Chinese.

    `sentence` is the first finding on the page, `replications` how many it rests on, `done` whether the page is drawn
    to its end.

    with Visitor(8501, {"from": "baseline"}) as one:
        one.read(lambda: one.done)
        one.move("contracts.duration", 24.0)
        one.read(lambda: one.replications == 4)
    """

    def __init__(self, port: int, address: Mapping[str, str] | None = None) -> None:
        self.sentence = ""
        self.replications = 0
        self.done = False
        self._address = dict(address or {})
        self._sliders: dict[str, tuple[str, float]] = {}
        # Without pings: on a busy machine an answer may be late, and a tab that is not read does not mind. Whatever
        # comes is taken in at once, read or not: a close would wait ten seconds behind words that find no place.
        address = f"ws://localhost:{port}/_stcore/stream"
        self._socket = connect(address, max_size=None, max_queue=None, compression=None, ping_interval=None)
        self._ask()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the tab."""
        self._socket.close()

    def move(self, lever: str, shown: float) -> None:
        """Release a slider at a number as the page shows it."""
        self._sliders[lever] = (self._sliders[lever][0], shown)
        self.replications = 0
        self._ask()

    def read(self, until: Callable[[], bool], patience: float = PATIENCE) -> float:
        """Take in what the server says until something holds; seconds that it took. TimeoutError if it never does."""
        start = time.perf_counter()
        while not until():
            left = max(start + patience - time.perf_counter(), 0.0)
            self._take(ForwardMsg.FromString(self._socket.recv(left, decode=False)))
        return time.perf_counter() - start

    def _ask(self) -> None:
        message = BackMsg()
        message.rerun_script.query_string = urlencode(self._address)
        for name, shown in self._sliders.values():
            state = WidgetState(id=name)
            state.double_array_value.data.append(shown)
            message.rerun_script.widget_states.widgets.append(state)
        self.done = False
        self._socket.send(message.SerializeToString())

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            self.done = message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element)

    def _see(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "slider":
            lever = element.slider.id.split("-", 2)[2]  # Streamlit makes an id of a hash and the widget's key
            value = element.slider.value[0] if element.slider.set_value else element.slider.default[0]
            self._sliders.setdefault(lever, (element.slider.id, value))
        elif kind == "markdown" and element.markdown.body.startswith(_LEAD):
            self.sentence = element.markdown.body.splitlines()[0].removeprefix(_LEAD).strip()
        elif kind == "markdown" and (found := _UNDER.search(element.markdown.body)):
            self.replications = int(found[1])
