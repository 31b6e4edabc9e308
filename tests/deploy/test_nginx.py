"""``deploy/nginx.conf`` in a real nginx: the public side from files, the rest from the portal, running or stopped."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from websockets.sync.client import connect

from pages.forms import feed_upload, flyer, workbook, write_photos
from pages.plain import paths, sorts
from pages.server import headers, screens
from pages.server.admission import STREAM
from pages.twin import fixed, writing
from pages.twin.writing import Folder
from tests.deploy.portal_process import free_port
from tests.deploy.web_server import DEPLOY, Ports, client, filled, running_nginx

CONF = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
TOWN = "/ja/99901/"
FEED = "/feeds/99901/calendar.ics"
SECURITY = {name.lower() for name in headers.PLAIN | headers.FRAMED} | {"content-security-policy"}
OPEN = {"access-control-allow-origin", "cross-origin-resource-policy"}
REQUESTS = 600
AT_ONCE = 16


def one_of_each_sort(site):
    """A path of every sort that is among the files."""
    found = {}
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix().removesuffix(paths.INDEX)
        if file.is_file() and (read := paths.read(path)):
            found.setdefault(read[0], "/" + path)
    return found


def test_files_are_served_as_the_portal_serves_them(served, stopped):
    """One page of each sort, the portal stopped: same bytes, media type, security headers and cache rule as from it."""
    sorted_paths = one_of_each_sort(served.site)
    quick = {name for name, sort in sorts.SORTS.items() if not sort.slow}
    assert set(sorted_paths) >= quick - {"photo"}
    for name, path in sorted_paths.items():
        ours, its = stopped.web.get(path), served.app.get(path)
        assert (ours.status_code, its.status_code) == (200, 200), path
        assert ours.content == (served.site / paths.file(path[1:])).read_bytes()
        assert _media(ours) == _media(its), path
        for header in {"cache-control", *SECURITY, *OPEN}:
            assert ours.headers.get(header) == its.headers.get(header), (path, header)
        assert ours.headers.get("access-control-allow-origin") == ("*" if sorts.SORTS[name].shared else None)
        assert ("x-frame-options" in ours.headers) != sorts.SORTS[name].framed


def _media(answer):
    """Without parameters that HTTP clients do not ask for, but with the encoding."""
    sort, *rest = answer.headers["content-type"].replace(" ", "").lower().split(";")
    sort = "application/json" if sort == "application/geo+json" else sort  # a file is called .json, whatever is in it
    return sort, [value for value in rest if value.startswith("charset=")] if sort.startswith("text/") else []


@pytest.mark.parametrize("path", [TOWN, FEED, "/map-data/99901/places.json", "/assets/plain.css"])
def test_what_a_reader_has_is_not_sent_again(stopped, path):
    """By its entity tag and by the moment of its last change: 304 without a body."""
    first = stopped.web.get(path)
    for header, value in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = stopped.web.get(path, headers={header: first.headers[value]})
        assert (again.status_code, again.content) == (304, b"")
    assert first.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", [TOWN, FEED, "/feeds/99901/places.geojson", "/assets/plain.css", "/robots.txt"])
def test_texts_are_zipped_for_whoever_takes_it(stopped, path):
    """Smaller on the way and the same when it is unpacked; plain for whoever asks for that."""
    plain = stopped.web.get(path, headers={"Accept-Encoding": "identity"})
    with stopped.web.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as zipped:
        raw = b"".join(zipped.iter_raw())
        assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert len(raw) < len(plain.content)
    assert gzip.decompress(raw) == plain.content == (stopped.site / paths.file(path[1:])).read_bytes()


def test_a_filter_is_answered_by_the_portal(served, stopped):
    """A feed with a filter is the portal's narrower one, and is refused for now rather than answered unfiltered."""
    asked = f"{FEED}?q=ひだまり"
    assert served.web.get(asked).content == served.app.get(asked).content
    assert served.web.get(asked).content != served.web.get(FEED).content
    assert served.web.get(f"{FEED}?day=wrong").status_code == served.app.get(f"{FEED}?day=wrong").status_code == 400
    down = stopped.web.get(asked)
    assert (down.status_code, down.headers["retry-after"], down.headers["cache-control"]) == (503, "60", "no-store")
    assert stopped.web.get(f"{TOWN}?from=somewhere").text == stopped.web.get(TOWN).text


def test_only_feeds_know_filters():
    """The map of what files cannot answer names every sort that is narrowed by an address."""
    assert {paths.PATHS[name].partition("/")[0] for name, sort in sorts.SORTS.items() if sort.filtered} == {"feeds"}


@pytest.mark.parametrize(
    "path",
    [
        f"{TOWN}place/p-nowhere/",
        f"{TOWN}place/p-gone/",
        "/en/99999/",
        "/map-data/99901/x.json",
        "/photos/none.jpg",
        "/assets/none.css",
        "/ja/.hidden",
        "/nowhere",
        "/ja",
    ],
)
def test_what_is_no_file_is_the_portals_to_answer(served, path):
    """Unknown, gone and moved addresses are answered as the portal does, with its sentence."""
    ours, its = served.web.get(path), served.app.get(path)
    assert ours.status_code == its.status_code >= 301
    assert ours.status_code == 301 or ours.text == its.text
    assert urlsplit(ours.headers.get("location", "")).path.strip("./") in ("", "ja")


@pytest.mark.parametrize("end", ["", "place/p-salon", "month"])
def test_an_address_without_its_last_slash_leads_on(served, stopped, end):
    """To the page in whose folder its links begin, with the portal and without it; what was asked stays."""
    bare = (TOWN + end).rstrip("/")
    for where in (served, stopped):
        moved = where.web.get(f"{bare}?a=b")
        assert (moved.status_code, moved.headers["location"]) == (301, f"{bare}/?a=b")


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/", "/ja/"),
        ("/?lang=en", "/en/"),
        ("/?municipality=99901", "/ja/99901/"),
        ("/?municipality=99901&lang=en&q=x", "/en/99901/"),
        ("/place?id=p-salon&municipality=99901", "/ja/99901/place/p-salon/"),
        ("/place?id=nothing&municipality=99901", "/ja/99901/"),
        ("/place?id=p-salon", "/ja/"),
        ("/place?id=../../../etc/passwd&municipality=99901", "/ja/99901/"),
        ("/districts?municipality=99901&district=99901-elementary-0&lang=en", "/en/99901/district/99901-elementary-0/"),
        ("/districts?municipality=99901&layer=elementary", "/ja/99901/layer/elementary/"),
        ("/agenda?municipality=99901&at=2026-11-22", "/ja/99901/month/"),
        ("/evacuation?municipality=99901", "/ja/99901/evacuation/"),
        ("/about", "/ja/about/"),
        ("/?municipality=99901%0d%0aSet-Cookie:x&lang=%0d%0a", "/ja/"),
    ],
)
def test_while_the_portal_is_down_a_screen_leads_to_the_page_that_says_the_same(stopped, asked, to):
    """For now only, to a file that there is; what stands in the address leads nowhere else."""
    answer = stopped.web.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (302, to)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert stopped.web.get(to).status_code == 200


def test_the_browsers_language_counts_where_the_address_names_none(stopped):
    """Whoever reads English first is led to the English pages."""
    assert stopped.web.get("/", headers={"Accept-Language": "en-GB,ja;q=0.5"}).headers["location"] == "/en/"
    assert stopped.web.get("/", headers={"Accept-Language": "fr,en;q=0.5"}).headers["location"] == "/ja/"


def test_while_the_portal_is_down_the_rest_says_so(stopped):
    """Forms, data that is asked for and the map: 503 with when to try again; what is no file: 404 with ways on."""
    for method, path in (("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/hsds/services"), ("GET", "/healthz")):
        answer = stopped.web.request(method, path)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert "公開ページ" in answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    missing = stopped.web.get(f"{TOWN}place/p-nowhere/")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")
    assert missing.content == (stopped.site / fixed.MISSING).read_bytes()


def test_a_screen_comes_through_with_its_websocket_and_a_full_portal_says_so(served):
    """A websocket opens through nginx; meanwhile the next visitor gets the portal's own 503 with the whole page."""
    address = urlsplit(str(served.web.base_url)).netloc
    with connect(f"ws://{address}{STREAM}", origin=f"http://{address}", subprotocols=["streamlit"], proxy=None):
        full = served.web.get("/?municipality=99901")
        assert (full.status_code, full.headers["retry-after"]) == (503, "60")
        assert "みなも町" in full.text


def test_the_portal_hears_who_asks_and_not_what_a_visitor_claims(tmp_path, served):
    """The last of X-Forwarded-For is nginx's own; host and port are those that the visitor opened."""
    portal = int(urlsplit(str(served.app.base_url)).port or 0)
    text = (served.folder / "ibasho.conf").read_text()
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_hear, args=(listening, heard), daemon=True).start()
        address = f"127.0.0.1:{listening.getsockname()[1]}"
        _ask_once(tmp_path, text.replace(f"127.0.0.1:{portal}", address), str(served.web.base_url))
    said = heard[0].decode().lower()
    assert "x-forwarded-for: 127.0.0.1\r\n" in said
    assert "203.0.113.9" not in said
    assert re.search(r"host: localhost:\d+\r\n", said)


def _hear(listening, heard):
    connection, _ = listening.accept()
    with connection:
        heard.append(connection.recv(65_536))
        connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")


def _ask_once(folder, text, base):
    port = free_port()
    text = re.sub(r"listen 127\.0\.0\.1:\d+", f"listen 127.0.0.1:{port}", text)
    with running_nginx(folder, text), client(f"http://localhost:{port}") as web:
        assert web.get("/sign-in", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 204


def test_nothing_of_who_asked_for_what_is_written_down(served, stopped):
    """Neither an address nor what stands behind a question mark is in a log, with the portal or without it."""
    for where in (served, stopped):
        where.web.get("/reset?t=geheim-token")
        where.web.get(f"{FEED}?q=geheim-wort")
        written = "".join(file.read_text() for file in where.folder.glob("*.log"))
        assert "GET /reset " in written
        assert "geheim" not in written
        assert "127.0.0.1" not in written


def test_a_form_that_is_far_too_large_is_refused_with_a_sentence(served):
    """At once, before it is sent; whatever the portal's own forms take goes through."""
    allowed = int(re.search(r"client_max_body_size (\d+)m;", CONF)[1]) * 2**20
    assert allowed >= max(form.LIMITS.body for form in (feed_upload, flyer, workbook, write_photos))
    where = urlsplit(str(served.web.base_url))
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        connection.sendall(f"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {allowed + 1}\r\n\r\n".encode())
        answer = connection.recv(65_536).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "大きすぎます" in answer


def test_a_rush_while_files_change_is_answered_whole(stopped, tmp_path_factory):
    """Some hundred requests at once, pages being replaced all the while: each answer is whole, none fails."""
    folder, path = Folder(stopped.site), "ja/99901/index.html"
    first = (stopped.site / path).read_bytes()
    other = first.replace(b"</html>", b"<!-- changed -->\n</html>")
    asked = [TOWN, "/en/99901/", FEED, "/map-data/99901/places.json", "/", "/assets/plain.css?v=1"] * (REQUESTS // 6)
    done = threading.Event()

    def change():
        while not done.wait(0.002):
            folder.put(path, other)
            folder.put(path, first)

    changing = threading.Thread(target=change)
    changing.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as visitors:
            answers = list(visitors.map(stopped.web.get, asked))
    finally:
        done.set()
        changing.join()
        folder.put(path, first)
    assert {answer.status_code for answer in answers} == {200, 302}
    assert {answer.content for answer in answers[0::6]} <= {first, other}
    assert {len({answer.content for answer in answers[at::6]}) for at in (1, 2, 3, 5)} == {1}


def test_what_the_configuration_lists_is_what_there_is():
    """The screens, and the rooms of the twin, are named in it one by one; a new one has to be added there."""
    rooms, files = re.search(r'location ~ "\^/\(\?:([^)]+)\)\(\?:/\|\$\)\|\^/\(\?:(.*)\)\$"', CONF).groups()
    assert set(rooms.split("|")) == writing.ROOMS
    for name in ("robots.txt", "sitemap.xml", "sitemap-99901.xml"):
        assert re.fullmatch(files, name)
    named = re.search(r"location ~ \^/\(\?:([a-z|]+)\)\?\$ \{", CONF)[1].split("|")
    assert named == list(screens.ALL)


def test_the_address_without_tls_leads_to_the_one_with_it(stopped, tmp_path):
    """With a certificate, pages come over TLS alone; the other port leads there, whatever was asked."""
    certificate(tmp_path)
    ports = Ports(free_port(), free_port(), free_port())
    trusted = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
    with (
        running_nginx(tmp_path, filled(tmp_path, stopped.site, ports)),
        client(f"https://localhost:{ports.https}", verify=trusted) as safe,
        client(f"http://localhost:{ports.http}") as bare,
    ):
        assert safe.get(TOWN).content == stopped.web.get(TOWN).content
        moved = bare.get(f"{TOWN}?a=b")
        assert (moved.status_code, moved.headers["location"]) == (301, f"https://localhost:{ports.https}{TOWN}?a=b")


def certificate(folder):
    """A certificate of this machine for itself, for a day, as files in ``folder``."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
