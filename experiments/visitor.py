"""A person at the dashboard without a browser: speaks with the server as a browser does, and keeps what it is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE = 120.0
"""Seconds until a page that says nothing counts as broken."""
_LEAD = "#####"


class Visitor:
    """One open tab. `sentence` is the first finding on its page, `done` whether the script has ended.

    with Visitor(8501, {"from": "baseline"}) as one:
        one.read(until=lambda: one.done)
        one.move("contracts.duration", 24.0)
    """

    def __init__(self, port: int, address: dict[str, str] | None = None, page: str = "") -> None:
        self.address = address or {}
        self.page = page
        self.sentence = ""
        self.done = False
        self.texts: dict[tuple[int, ...], str] = {}
        self.received = 0
        self._sliders: dict[str, tuple[str, list[float]]] = {}
        self._socket = connect(f"ws://localhost:{port}/_stcore/stream", max_size=None, compression=None)
        self._ask()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def move(self, lever: str, shown: float) -> None:
        """Release a slider at a number as the page shows it."""
        name, _ = self._sliders[lever]
        self._sliders[lever] = (name, [shown])
        self._ask()

    def read(self, until: Callable[[], bool], patience: float = PATIENCE) -> float:
        """Take in what the server says until something holds; seconds that it took. TimeoutError if it never does."""
        start = time.perf_counter()
        while not until():
            left = start + patience - time.perf_counter()
            if left <= 0.0:
                raise TimeoutError(f"after {patience:g} s the page shows: {self.sentence}")
            self._take(ForwardMsg.FromString(self._socket.recv(left, decode=False)))
        return time.perf_counter() - start

    def _ask(self) -> None:
        message = BackMsg()
        message.rerun_script.query_string = urlencode(self.address)
        message.rerun_script.page_name = self.page
        for name, values in self._sliders.values():
            state = WidgetState(id=name)
            state.double_array_value.data.extend(values)
            message.rerun_script.widget_states.widgets.append(state)
        self.done = False
        self._socket.send(message.SerializeToString())

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        self.received += message.ByteSize()
        if kind == "new_session":
            self.done = False
        elif kind == "script_finished":
            self.done = message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(tuple(message.metadata.delta_path), message.delta.new_element)

    def _see(self, place, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "slider":
            lever = element.slider.id.split("-", 2)[2]
            self._sliders.setdefault(lever, (element.slider.id, list(element.slider.default)))
        elif kind == "markdown":
            self.texts[place] = element.markdown.body
            if element.markdown.body.startswith(_LEAD):
                self.sentence = element.markdown.body.splitlines()[0].removeprefix(_LEAD).strip()
