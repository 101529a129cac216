"""A reader without a browser: the page's own connection, message by message."""

from __future__ import annotations

import http.client
import json
import socket
import urllib.request
from urllib.parse import urljoin, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE_S = 60
XSRF = "_streamlit_xsrf"
FRAME = "component/streamlit_folium.st_folium/index.html"


def get(url):
    """Fetch an address of the server."""
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
        return answer.read()


def multipart(data, name="rows.csv"):
    """Write a form with one file, the way a browser would."""
    head = (
        '--edge\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    return head.encode() + data + b"\r\n--edge--\r\n"


class Reader:
    """One session, and what the page has told it since the last run began."""

    def __init__(self, origin, *, buffer=None, session=""):
        self.origin, at = origin, urlsplit(origin)
        self.at = at.hostname, at.port
        self.sock = socket.socket()
        if buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.sock.settimeout(PATIENCE_S)
        self.sock.connect(self.at)
        self.socket = connect(
            f"ws://{at.netloc}/_stcore/stream",
            sock=self.sock,
            origin=origin,
            subprotocols=["streamlit", *(["token", session] if session else [])],
            open_timeout=PATIENCE_S,
            close_timeout=1,
            proxy=None,
            max_size=None,
        ).__enter__()
        self.session, self.states = "", {}
        self._forget()

    def _forget(self):
        self.bodies, self.widgets, self.command = [], {}, {}
        self.exceptions, self.ended, self.uploader = [], None, ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def vanish(self):
        """Go as a browser goes that is killed: without a word."""
        self.sock.shutdown(socket.SHUT_RDWR)

    def ask(self, query="", *, states=(), fragment=""):
        """Ask for a run, and do not wait for it."""
        for state in states:
            self.states[state.id] = state
        message = BackMsg(
            rerun_script=ClientState(query_string=query, fragment_id=fragment)
        )
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        self._forget()
        self.socket.send(message.SerializeToString())

    def run(self, query="", **more):
        """Ask for a run and read all of it."""
        self.ask(query, **more)
        while self.ended is None:
            self.hear()
        return self

    def hear(self):
        """Take one message."""
        found = ForwardMsg()
        found.ParseFromString(self.socket.recv(timeout=PATIENCE_S))
        kind = found.WhichOneof("type")
        if kind == "new_session":
            self.session = found.new_session.initialize.session_id
        elif kind == "script_finished":
            self.ended = found.script_finished
        elif kind == "delta" and found.delta.WhichOneof("type") == "new_element":
            self._element(found.delta.new_element)
        return found

    def _element(self, element):
        kind = element.WhichOneof("type")
        if kind == "html":
            self.bodies.append(element.html.body)
        elif kind == "exception":
            self.exceptions.append(element.exception.message)
        elif kind == "component_instance":
            self.command = json.loads(element.component_instance.json_args)
        elif kind == "file_uploader":
            self.uploader = element.file_uploader.id
        elif kind == "checkbox":
            self.widgets[element.checkbox.label] = element.checkbox.id

    @property
    def text(self):
        return "\n".join(self.bodies)

    @property
    def script(self):
        """The address from which the map's frame takes its script."""
        (address,) = self.command["js_links"]
        return urljoin(f"{self.origin}/{FRAME}", address)

    def put(self, data, *, cut_after=None):
        """Send a file as the widget does; return how to name it, or cut the line."""
        self.socket.send(self._wants_address().SerializeToString())
        while True:
            found = self.hear()
            if found.WhichOneof("type") == "file_urls_response":
                break
        (urls,) = found.file_urls_response.file_urls
        with socket.create_connection(self.at, timeout=PATIENCE_S) as line:
            body = multipart(data)
            line.sendall(self._head(urls.upload_url, len(body)))
            line.sendall(body[:cut_after])
            if cut_after is not None:
                return None
            answer = http.client.HTTPResponse(line)
            answer.begin()
            assert answer.status == 204, answer.status
        state = WidgetState(id=self.uploader)
        file = state.file_uploader_state_value.uploaded_file_info.add()
        file.file_id, file.name, file.size = urls.file_id, "rows.csv", len(data)
        file.file_urls.CopyFrom(urls)
        return state

    def _wants_address(self):
        message = BackMsg()
        message.file_urls_request.file_names.append("rows.csv")
        message.file_urls_request.session_id = self.session
        message.file_urls_request.request_id = "1"
        return message

    def _head(self, path, length):
        """Write the head of an upload, with the token of a page of ours."""
        url = f"{self.origin}/_stcore/health"
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as found:
            cookie = found.headers["Set-Cookie"].partition(";")[0]
        token = cookie.partition("=")[2]
        lines = (
            f"PUT {path} HTTP/1.1",
            f"Host: {urlsplit(self.origin).netloc}",
            f"Cookie: {XSRF}={token}",
            f"X-Xsrftoken: {token}",
            "Content-Type: multipart/form-data; boundary=edge",
            f"Content-Length: {length}",
            "",
            "",
        )
        return "\r\n".join(lines).encode()
