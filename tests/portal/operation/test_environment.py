import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
READ = re.compile(r"""env(?:\.\w+)?\(\s*"([A-Z][A-Z0-9_]+)\"""")
# Of the web server's own file.
SERVER = re.compile(r"""environ\.get\("([A-Z_]+)\"""")


def test_every_variable_that_is_read_is_in_the_example():
    sources = [path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py")]
    server = (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    read = {name for source in sources for name in READ.findall(source)} | set(SERVER.findall(server))

    listed = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read - listed == set()
    assert {name for name in listed - read if not name.startswith("OIDC_NAME_")} == set()
