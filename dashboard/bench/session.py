"""A session of the dashboard without a browser: Streamlit's own messages over its own socket."""

from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 60.0
FIRST = "plotly_chart"


@dataclass(frozen=True)
class Run:
    """What one run of a page sent: bytes, messages, charts, its words as sent, and whether it ended well."""

    size: int
    messages: int
    charts: int
    text: str
    ended_well: bool


@dataclass
class Session:
    """One person's page: it knows its widgets, its link and its page, as a browser would."""

    socket: ClientConnection
    page: str
    query: str = ""
    script: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    async def run(self, **choices: str) -> Run:
        """Run the page with boxes set by their labels, and wait for its end; a TimeoutError after a minute."""
        self.states |= {self.widgets[label]: value for label, value in choices.items()}
        await self.socket.send(self._asks().SerializeToString())
        size = messages = charts = 0
        words = []
        while True:
            data = await self.socket.recv(decode=False)
            message = ForwardMsg.FromString(data)
            size, messages = size + len(data), messages + 1
            charts += self._read(message, words)
            if message.WhichOneof("type") == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return Run(size, messages, charts, " ".join(words), message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)

    def _asks(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.query, self.script
        state.page_name = "" if self.script else self.page
        for name, value in self.states.items():
            state.widget_states.widgets.add(id=name, string_value=value)
        return message

    def _read(self, message: ForwardMsg, words: list[str]) -> int:
        """Take note of what a message says; 1 when it is a chart."""
        kind = message.WhichOneof("type")
        if kind == "navigation":  # a run begins under the app's own hash; the page's is told with the navigation
            self.script = message.navigation.page_script_hash
        if kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
            return 0
        element = message.delta.new_element
        shown = element.WhichOneof("type")
        if shown == "selectbox":
            self.widgets[element.selectbox.label] = element.selectbox.id
        if shown == "html":
            words.append(element.html.body)
        return int(shown == FIRST)


def opened(address: str, page: str):
    """The socket of a new session; to be entered as `async with`, then given to Session."""
    host = address.removeprefix("http://")
    return connect(
        f"ws://{host}/_stcore/stream", origin=f"http://{host}", subprotocols=["streamlit"], max_size=None, open_timeout=LONGEST,
        compression=None,
    )  # fmt: skip
