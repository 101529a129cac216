"""A reader's own file, given as a browser gives it: address, bytes, value."""

from __future__ import annotations

import asyncio
import http.client
from urllib.parse import urlsplit

from protocol import Answer, RefusedError, Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, FileURLsRequest
from streamlit.proto.WidgetStates_pb2 import WidgetState

BOUNDARY = "a-line-that-no-file-holds"


async def give(session: Session, name: str, data: bytes) -> Answer:
    """
    Give a file to the page's uploader, which must be on it.

    Parameters
    ----------
    session
        The page, with the sheet open that takes files.
    name, data
        The file.

    Raises
    ------
    RefusedError
        If the page has no uploader, or the server does not take the file.
    """
    found = next(
        (
            f
            for f in session.elements.values()
            if f.element.WhichOneof("type") == "file_uploader"
        ),
        None,
    )
    if found is None:
        msg = "the page has no uploader"
        raise RefusedError(msg)
    asked = FileURLsRequest(
        request_id=name, file_names=[name], session_id=session.identity
    )
    told = await session.exchange(
        BackMsg(file_urls_request=asked), "file_urls_response"
    )
    (urls,) = told.file_urls_response.file_urls
    await asyncio.to_thread(_put, session, urls, name, data)
    state = WidgetState(id=found.element.file_uploader.id)
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.file_id, info.name, info.size = urls.file_id, name, len(data)
    info.file_urls.CopyFrom(urls)
    session.values[state.id] = state
    return await session.ask(found.fragment)


def _put(session: Session, urls: FileURLs, name: str, data: bytes) -> None:
    at = urlsplit(session.address)
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; '
        f'filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    line = http.client.HTTPConnection(at.netloc, timeout=60)
    try:
        line.request(
            "PUT",
            urls.upload_url,
            head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode(),
            {
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "X-Xsrftoken": session.cookie,
                "Cookie": f"_streamlit_xsrf={session.cookie}",
                "Origin": session.address.rstrip("/"),
            },
        )
        answer = line.getresponse()
        answer.read()
    finally:
        line.close()
    if answer.status >= 300:
        msg = f"the server answered an upload with {answer.status}"
        raise RefusedError(msg)
