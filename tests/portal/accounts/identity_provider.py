"""A small OpenID Connect provider on this machine: says who somebody is, whoever asks properly."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

CLIENT, SECRET = "portal", "a-secret-that-is-long-enough-for-a-signature"


@dataclass
class Provider:
    """``person`` is whoever sits at the provider; ``challenges`` are the PKCE challenges by code."""

    url: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)

    def settings(self) -> dict[str, Any]:
        """As ``OIDC_PROVIDERS`` and its variables make them."""
        return {
            "provider_id": "idperu",
            "name": "ID Perú",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }

    def approve(self, query: dict[str, list[str]]) -> dict[str, str]:
        """What the provider sends the browser back with."""
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"][0]
        return {"code": code, "state": query["state"][0]}

    def configuration(self) -> dict[str, Any]:
        ways = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{name}_endpoint": f"{self.url}/{path}" for name, path in ways.items()},
        }

    def exchange(self, form: dict[str, list[str]]) -> dict[str, Any] | None:
        """A token for a code, if the secret and the verifier of the challenge are right."""
        digest = hashlib.sha256(form.get("code_verifier", [""])[0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            form.get("client_secret") != [SECRET]
            or self.challenges.pop(form.get("code", [""])[0], None) != challenge
        ):
            return None
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60}
        return {
            "access_token": "access",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, SECRET, algorithm="HS256"),
        }


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_userinfo = self.path == "/userinfo"
            self._answer(provider.person if is_userinfo else provider.configuration())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(provider.exchange(parse_qs(body)))

        def _answer(self, content: dict[str, Any] | None) -> None:
            self.send_response(200 if content is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content or {"error": "invalid_grant"}).encode())

        def log_message(self, *_args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
