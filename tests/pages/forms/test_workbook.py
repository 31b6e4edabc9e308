"""Posts by workbook, and from a calendar's or a news feed's file: looked at first, taken when somebody says so."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook, load_workbook

from pages.forms import shelf
from portal.model.post import PostState
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, OWNER, STAFF

GROUP = "group-hidamari"
HEAD = ("NO", "イベント名", "開始日", "開始時間", "終了時間", "場所名称", "説明")
ROWS = (
    ("R8-001", "もちつき大会", "2099-12-06", "10:00", "12:00", "第一公園", "どなたでもどうぞ。"),
    ("R8-002", "書き初め", "2099-12-08", "13:00", "15:00", "集会所", ""),
)
REFUSED = ("R8-003", "まちがい", "2099-02-30", "", "", "", "")
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:one@example.jp
SUMMARY:クリスマス会
DTSTART;TZID=Asia/Tokyo:20991224T100000
DTEND;TZID=Asia/Tokyo:20991224T120000
END:VEVENT
BEGIN:VEVENT
UID:two@example.jp
CLASS:PRIVATE
SUMMARY:役員会
DTSTART;TZID=Asia/Tokyo:20991225T100000
END:VEVENT
END:VCALENDAR
"""
NEWS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>'
    "<item><guid>n1</guid><title>お休みのお知らせ</title><description>1月は休みます。</description></item>"
    "</channel></rss>"
)


def workbook(*rows):
    """The bytes of a workbook with these rows."""
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(visitor, data, name="行事.xlsx", path=f"/workbook?group={GROUP}", field="workbook"):
    """Send a file with the form."""
    return visitor.send(path, files={field: (name, data, "application/octet-stream")})


def upload_feed(visitor, text, name="calendar.ics"):
    """Send a feed's file with its form."""
    return upload(visitor, text.encode(), name, f"/feed-file?group={GROUP}", "feed")


def titles(store):
    """What the group has, by title."""
    return sorted(post.facts.title for post in store.posts_of_group(GROUP))


def test_a_workbook_is_looked_at_before_anything_is_kept(store, visit):
    """The page says what it would bring; only the next step makes the drafts; sent again, it changes nothing."""
    visitor = visit(MEMBER)
    answer = upload(visitor, workbook(*ROWS))
    path = answer.headers["location"]
    page = visitor.follow(answer)
    assert titles(store) == []
    assert "新しい投稿 <b>2</b>" in page.text
    assert "もちつき大会" in page.text
    assert "取り込むと下書きになります" in page.text
    done = visitor.send(path)
    assert done.headers["location"] == f"/my?group={GROUP}"
    assert titles(store) == ["もちつき大会", "書き初め"]
    assert {post.state for post in store.posts_of_group(GROUP)} == {PostState.DRAFT}
    assert visitor.get(path).status_code == 404
    again = visitor.follow(upload(visitor, workbook(ROWS[0], (*ROWS[1][:6], "筆を持ってきてください。"))))
    assert "前と同じ(変わりません) <b>1</b>" in again.text
    assert "変わる投稿 <b>1</b>" in again.text


def test_of_a_trusted_group_the_page_says_that_it_goes_live(store, visit):
    """Who takes a workbook in knows before that everybody will see it."""
    people.trust(store)
    visitor = visit(OWNER)
    answer = upload(visitor, workbook(*ROWS))
    assert "すぐに公開されます" in visitor.follow(answer).text
    visitor.send(answer.headers["location"])
    assert {post.state for post in store.posts_of_group(GROUP)} == {PostState.LIVE}


def test_a_refused_line_is_named_and_left_out_only_when_one_says_so(store, visit):
    """The line number and the reason stand there; without the tick nothing is taken."""
    visitor = visit(MEMBER)
    answer = upload(visitor, workbook(*ROWS, REFUSED))
    path = answer.headers["location"]
    page = visitor.follow(answer)
    assert "4行目" in page.text
    assert "2099-02-30" in page.text
    refused = visitor.send(path)
    assert refused.status_code == 400
    assert 'href="#f-skip"' in refused.text
    assert titles(store) == []
    assert visitor.send(path, skip="1").status_code == 303
    assert titles(store) == ["もちつき大会", "書き初め"]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.xlsx", ""),
        (b"PK\x03\x04 no workbook", "a.xlsx", ""),
        (b"\xff\xfe\x00", "a.csv", ""),
        (bytes(5 * 2**20 + 1), "a.xlsx", "5"),
        ("イベント名,氏名,開始日\r\nx,山田,2099-01-01\r\n".encode(), "a.csv", "氏名"),
    ],
)
def test_what_is_no_workbook_ends_in_a_sentence(store, visit, data, name, sentence):
    """What cannot be read leads back to the form, with what to do, and nothing is kept."""
    page = upload(visit(MEMBER), data, name)
    assert page.status_code == 400
    assert 'id="e-workbook"' in page.text
    assert sentence in page.text
    assert titles(store) == []


def test_more_posts_than_at_once_are_said_at_the_file(visit):
    """Five hundred are taken at a time; one more is said before anything is looked at."""
    rows = [(f"R8-{number:03}", f"催し{number}", "2099-12-06", "", "", "", "") for number in range(1, 502)]
    page = upload(visit(MEMBER), workbook(*rows))
    assert page.status_code == 400
    assert "500件まで" in page.text


def test_without_a_file_the_form_says_so(visit):
    """Sending nothing is said beside the field, on both pages."""
    assert "ファイルが選ばれていません" in visit(MEMBER).send(f"/workbook?group={GROUP}").text
    assert "ファイルが選ばれていません" in visit(OWNER).send(f"/feed-file?group={GROUP}").text


def test_the_template_comes_as_a_file(visit):
    """Whoever is signed in gets the workbook, with notes in the page's language."""
    answer = visit(MEMBER, language="en").get("/workbook/template")
    assert answer.headers["content-disposition"] == 'attachment; filename="posts.xlsx"'
    assert len(load_workbook(io.BytesIO(answer.content)).sheetnames) == 2
    assert visit().get("/workbook/template").headers["location"].startswith("/sign-in")


def test_text_of_a_workbook_is_text(visit):
    """Whatever stands in a cell never becomes HTML (CKAN CVE-2024-41675)."""
    bad = ("R8-009", "<img src=x onerror=alert(1)>", "2099-12-06", "", "", "<script>alert(1)</script>", "")
    visitor = visit(MEMBER)
    page = visitor.follow(upload(visitor, workbook(bad), '"><script>alert(1)</script>.xlsx'))
    assert page.status_code == 200
    assert "<img src=x" not in page.text
    assert "<script>alert" not in page.text


def test_rows_of_somebody_else_are_unknown(store, visit):
    """What another sent, and what was sent on the other page, answers as what never was."""
    visitor = visit(MEMBER)
    path = upload(visitor, workbook(*ROWS)).headers["location"]
    assert visit(NEIGHBOUR).get(path).status_code == 404
    assert visit(STAFF).get(path).status_code == 404
    assert visit(OWNER).get(path.replace("/workbook", "/feed-file")).status_code == 404
    for other in (f"/workbook?group={GROUP}", "/workbook?group=group-none", f"/feed-file?group={GROUP}"):
        assert visit(NEIGHBOUR).get(other).status_code == 404
    assert titles(store) == []


def test_staff_type_in_by_workbook(store, visit):
    """Rows that came to the office become drafts marked as typed in (代行入力)."""
    visitor = visit(STAFF)
    visitor.send(upload(visitor, workbook(*ROWS)).headers["location"])
    assert {post.typed_by for post in store.posts_of_group(GROUP)} == {STAFF.id}


def test_a_calendar_is_looked_at_and_taken(store, visit):
    """Its events become drafts, what is private stays away, and the same file once more changes nothing."""
    visitor = visit(OWNER)
    answer = upload_feed(visitor, CALENDAR)
    page = visitor.follow(answer)
    assert titles(store) == []
    assert "クリスマス会" in page.text
    assert "9行目" in page.text
    assert "役員会" not in page.text
    assert visitor.send(answer.headers["location"]).headers["location"] == f"/my?group={GROUP}"
    assert titles(store) == ["クリスマス会"]
    again = visitor.follow(upload_feed(visitor, CALENDAR))
    assert "新しくなるものはありません" in again.text
    assert 'class="main"' not in again.text


def test_news_from_a_file_are_taken(store, visit):
    """Articles become news; a broken one is named by its number."""
    visitor = visit(OWNER)
    answer = upload_feed(visitor, NEWS.replace("</channel>", "<item><guid>n2</guid></item></channel>"), "news.xml")
    assert "2件目" in visitor.follow(answer).text
    visitor.send(answer.headers["location"])
    assert titles(store) == ["お休みのお知らせ"]


@pytest.mark.parametrize(
    "text", ["", "hello", "<html>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>']
)
def test_what_is_no_feed_ends_in_a_sentence(store, visit, text):
    """What cannot be read leads back to the form; an external entity is never looked at."""
    page = upload_feed(visit(OWNER), text)
    assert page.status_code == 400
    assert 'id="e-feed"' in page.text
    assert "root:" not in page.text


def test_only_owners_and_the_office_take_feeds(visit):
    """A member who does not own the group sees no such page, and no way to it."""
    assert visit(MEMBER).get(f"/feed-file?group={GROUP}").status_code == 403
    assert "/feed-file" not in visit(MEMBER).get(f"/workbook?group={GROUP}").text
    assert f"/feed-file?group={GROUP}" in visit(OWNER).get(f"/workbook?group={GROUP}").text


def test_both_languages(visit):
    """The look is whole in English."""
    visitor = visit(MEMBER, language="en")
    page = visitor.follow(upload(visitor, workbook(*ROWS, REFUSED)))
    assert "Check before it is taken in" in page.text
    assert re.search(r"Line 4: .*2099-02-30", page.text)


def test_rows_are_gone_when_the_hour_is_over(visit, monkeypatch):
    """The page says that the file has to be sent once more."""
    visitor = visit(MEMBER)
    path = upload(visitor, workbook(*ROWS)).headers["location"]
    monkeypatch.setattr(shelf, "KEPT_S", 0.0)
    page = visitor.get(path)
    assert page.status_code == 404
    assert "もう一度送ってください" in page.text
