"""An S3 store of one bucket, as small as the portal needs it: keeps what is put, asks nobody's name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Bucket(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.kept: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Request(BaseHTTPRequestHandler):
    server: Bucket
    protocol_version = "HTTP/1.1"

    @property
    def key(self) -> str:
        return urlsplit(self.path).path

    def do_PUT(self) -> None:
        self.server.kept[self.key] = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(200)

    def do_GET(self) -> None:
        content = self.server.kept.get(self.key)
        self._say(404 if content is None else 200, content or b"")

    do_HEAD = do_GET  # noqa: N815  (so the standard library calls it)

    def do_DELETE(self) -> None:
        self.server.kept.pop(self.key, None)
        self._say(204)

    def _say(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *words: object) -> None: ...


@contextmanager
def open_bucket() -> Iterator[Bucket]:
    bucket = Bucket()
    thread = threading.Thread(target=bucket.serve_forever, daemon=True)
    thread.start()
    yield bucket
    bucket.shutdown()
    bucket.server_close()
    thread.join()
