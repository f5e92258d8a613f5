import re
import runpy
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[3]
READ = re.compile(r"""env(?:\.\w+)?\(\s*"([A-Z][A-Z0-9_]+)\"""")


def test_every_variable_that_is_read_is_in_the_example():
    sources = [path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py")]
    sources.append((ROOT / "deploy" / "gunicorn.conf.py").read_text())
    read = {name for source in sources for name in READ.findall(source)}

    listed = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read - listed == set()
    assert {name for name in listed - read if not name.startswith("OIDC_NAME_")} == set()


def test_the_web_server_reads_the_file_that_the_settings_read(tmp_path, monkeypatch):
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "gunicorn.conf.py", tmp_path / "deploy")
    (tmp_path / ".env").write_text("WEB_WORKERS=7\nWEB_THREADS=9\n")
    monkeypatch.delenv("WEB_WORKERS", raising=False)
    monkeypatch.setenv("WEB_THREADS", "3")

    read = runpy.run_path(str(tmp_path / "deploy" / "gunicorn.conf.py"))

    assert (read["workers"], read["threads"]) == (7, 3)
    assert "WEB_WORKERS" not in read["os"].environ
