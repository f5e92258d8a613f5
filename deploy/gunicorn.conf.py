"""gunicorn, the web server (docs/adr/0003). Every value can be changed by GUNICORN_CMD_ARGS."""

import os
from pathlib import Path

import environ


class FileAndEnvironment(environ.Env):
    """What .env says too, read anew at each reload; the settings read it for themselves."""

    ENVIRON = dict(os.environ)


env = FileAndEnvironment()
env.read_env(Path(__file__).resolve().parent.parent / ".env")

wsgi_app = "portal.wsgi"
worker_class = "gthread"
workers = env.int("WEB_WORKERS", default=2)
threads = env.int("WEB_THREADS", default=4)
# Long enough for an upload over a bad line through a thread; a worker that hangs is replaced.
timeout = 60
graceful_timeout = 15
keepalive = 5
# Whatever leaks is given back now and then, not by all workers at once.
max_requests = 20000
max_requests_jitter = 5000
# Our own middleware writes one clean line a request; gunicorn's would hold addresses.
accesslog = None
errorlog = "-"
# Its warnings of broken requests name the sender's address.
loglevel = "error"
# A header line of one megabyte is not a browser.
limit_request_line = 8190
limit_request_field_size = 16380
