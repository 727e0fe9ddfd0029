"""The page and the commands, on the house's own sources and without."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask, request
from werkzeug.datastructures import MultiDict

from petitions.core import db
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.search import addresses, commands, finding, snippets, sources, writer
from petitions.search.evaluation import measure, percentile
from petitions.search.finding import Asked, Column, Findings, Value
from petitions.search.offering import Offers
from petitions.search.parsing import parse
from petitions.search.requests import Hit, SearchResults
from petitions.search.sources import Caption, Facet
from tests.make import accounts as people
from tests.search import notes

DELEGATE = Identity(1, "delegate", "Đại biểu", permissions=frozenset({Permission.PETITION_READ}), scopes={"constituency": frozenset({20})})
STRANGER = Identity(2, "stranger", "Người lạ")


def run(office: Office, *arguments: str) -> Any:
    return CliRunner().invoke(commands.search, arguments, obj=office)


@pytest.fixture
def written(shelf: Office) -> Office:
    notes.write(shelf, "đèn đường hỏng", "ngập úng ngõ", "evaluate", first=1)
    notes.write(shelf, "đèn ngõ tối", first=10, ward="7")
    writer.catch_up(shelf)
    return shelf


def test_json_of_a_search(written: Office) -> None:
    result = run(written, "đèn", "--json")
    assert result.exit_code == 0
    plain = json.loads(result.stdout)
    assert set(plain) >= {"query", "total", "took_ms", "results", "facets"}
    assert plain["total"] == 2
    assert set(plain["results"][0]) == {"code", "external_id", "score", "summary", "place", "constituency", "state", "received_on", "snippet"}
    assert {value["value"]: value["count"] for value in plain["facets"]["ward"]} == {"20": 1, "7": 1}


def test_filters_of_the_command(written: Office) -> None:
    assert json.loads(run(written, "đèn", "đvbc:7", "--json").stdout)["total"] == 1
    assert json.loads(run(written, "đèn", "--limit", "1", "--json").stdout)["total"] == 2
    assert run(written, "đèn", "--limit", "0").exit_code == 2
    assert run(written).exit_code == 2


def test_evaluate_is_a_command_and_a_word(written: Office, tmp_path: Path) -> None:
    assert json.loads(run(written, "--json", "--", "evaluate").stdout)["total"] == 1
    assert json.loads(run(written, "query", "đèn", "--json").stdout)["query"] == "query đèn"
    judged = tmp_path / "judged.jsonl"
    rows = [{"query": "đèn đường", "type": "full", "relevant": {"E-1": 3, "E-10": 1, "E-999": 2}}, {"query": "x", "type": "t", "relevant": {"E-998": 1}}]
    judged.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    plain = json.loads(run(written, "evaluate", str(judged), "--json").stdout)
    assert plain["all"] == {"ndcg@10": 1.0, "recall@10": 1.0, "mrr": 1.0, "n": 1}
    assert (plain["unknown_ids"], plain["skipped_queries"]) == (2, 1)
    judged.write_text("nonsense", encoding="utf-8")
    refused = run(written, "evaluate", str(judged))
    assert refused.exit_code == 1
    assert "1" in refused.stderr


def test_a_value_of_a_facet_is_switched_on_and_off_beside_the_others(app: Flask) -> None:
    values = (Value("20", "Gia Lâm", 5, True), Value("7", "Ba Đình", 3, True), Value("a b&c", "lạ", 1, False))
    column = Column(Facet("unit", say("Xã, phường")), values)
    with app.test_request_context("/search?q=rác&unit=~20&unit=~7&page=3"):
        found = Findings(Asked(filters={"unit": ("~20", "~7")}), parse("rác"), SearchResults(), (), (column,), "city", False)
        [one], chips = addresses.choices(found), addresses.chips(found)
    kept = [parse_qs(urlsplit(link.href).query) for link in one.links]
    assert kept == [{"q": ["rác"], "unit": ["~7"]}, {"q": ["rác"], "unit": ["~20"]}, {"q": ["rác"], "unit": ["~20", "~7", "~a b&c"]}]
    assert [(chip.value, chip.href) for chip in chips] == [("Gia Lâm", one.links[0].href), ("Ba Đình", one.links[1].href)]


def test_a_second_source_is_asked_only_for_values_that_the_first_has_no_words_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Some(notes.Notes):
        knows: tuple[str, ...] = ()

        def labels(self, session: Any, wanted: Any) -> Any:
            asked.append(dict(wanted))
            return {"ward": {value: f"{self.kind} {value}" for value in wanted.get("ward", ()) if value in self.knows}}

    first, second = Some(), Some()
    first.kind, second.kind, first.knows, second.knows = "a", "b", ("1",), ("1", "2")
    monkeypatch.setattr(sources, "_sources", {"b": second, "a": first})
    assert finding.labels_of(None, {"ward": ["1", "2", "3"], "other": ["1"]}) == {"ward": {"1": "a 1", "2": "b 2"}}
    assert asked == [{"ward": ["1", "2", "3"]}, {"ward": ["2", "3"]}]


def test_measures() -> None:
    assert measure(["b", "a"], {"a": 3}).ndcg == pytest.approx(0.6309, abs=1e-3)
    assert measure(["b", "a"], {"a": 3}).rank == 0.5
    assert measure([], {"a": 1}).recall == 0
    assert (percentile([], 50), percentile([5, 1, 3], 50), percentile(list(range(1, 101)), 95)) == (0.0, 3, 95)


def test_scope_is_in_the_query(written: Office) -> None:
    engine = finding.engine_of(written)
    with db.reading(written.engine) as session:
        mine = finding.find(session, engine, Asked(text="đèn"), DELEGATE)
        city = finding.find(session, engine, Asked(text="đèn", scope="city"), DELEGATE)
        none = finding.find(session, engine, Asked(text="tối"), DELEGATE)
        stranger = finding.find(session, engine, Asked(text="đèn"), STRANGER)
        wrong = finding.find(session, engine, Asked(text="đèn", filters={"ward": ("không có",)}), None)
    assert (mine.scope, mine.results.total, city.results.total) == ("mine", 1, 2)
    assert (none.results.total, none.offers.city) == (0, 1)
    assert stranger.results.total == 0
    assert wrong.results.total == 0  # a filter that means nothing never means "no filter"


def test_a_deleted_row_is_not_shown_before_the_writer_comes(written: Office) -> None:
    notes.change(written, 1, None)
    with db.reading(written.engine) as session:
        found = finding.find(session, finding.engine_of(written), Asked(text="đèn"), None)
    assert [row.hit.subject_id for row in found.rows] == [10]


@pytest.mark.parametrize("address", ["page=-1&sort=x&scope=y&from=32/13/2020&ward=~20&ward=%00", "page=99999999999999", "q=" + "a" * 5000, "to=2024&page=٣"])
def test_no_address_is_an_error(written: Office, address: str) -> None:
    app = Flask(__name__)
    with app.test_request_context(f"/search?{address}"), db.reading(written.engine) as session:
        asked, _hints = addresses.asked_of(MultiDict(request.args))
        found = finding.find(session, finding.engine_of(written), asked, None)
        assert isinstance(addresses.choices(found), list)
        assert isinstance(addresses.chips(found), list)
        assert addresses.bare().startswith("/search")


def test_highlights_respect_marks() -> None:
    def marked(query: str, text: str) -> list[str]:
        return [piece.text for piece in snippets.snippet({"body": text}, snippets.wanted(parse(query))) if piece.found]

    text = "Con đường này có dương xỉ; đường ngập"
    assert marked("đường", text) == ["đường", "đường"]
    assert marked("duong", text) == ["đường", "dương", "đường"]
    assert marked("duong ngap", text)[-1] == "đường ngập"
    assert marked("dướng", "con đường") == ["đường"]


def test_a_word_beside_its_neighbour_tells_which_writing_is_meant() -> None:
    def marked(query: str, text: str) -> list[str]:
        return [piece.text for piece in snippets.highlight(text, snippets.wanted(parse(query))) if piece.found]

    text = "Huyện Gia Lâm đang làm đường; làm xong gia cố"
    assert marked("gia lam", text) == ["Gia Lâm", "gia"]
    assert marked("lam", text) == ["Lâm", "làm", "làm"]  # alone it may be any of them
    assert marked("xe tai", "xe tải đỗ tại ngã tư") == ["xe tải"]
    assert marked("tai nan", "tại ngã tư, gian nan") == ["nan"]  # a small word alone says nothing


def test_from_an_empty_page_the_words_alone_lead_on(written: Office) -> None:
    def simpler(text: str, **asked: Any) -> tuple[str, int] | None:
        with db.reading(written.engine) as session:
            return finding.find(session, finding.engine_of(written), Asked(text=text, **asked), None).offers.simpler

    assert simpler("đèn đvbc:3") == ("đèn", 2)
    assert simpler("đèn -đèn") == ("đèn", 2)
    assert simpler("đèn", filters={"ward": ("3",)}) is None  # lifting the filter says the same
    assert simpler("đèn") is None
    assert simpler("qwxz đvbc:3") is None


def test_where_little_is_found_more_is_offered_with_its_count(written: Office) -> None:
    """Each number is exactly how many its link finds."""
    engine = finding.engine_of(written)
    notes.write(written, *["hồ cạn"] * 6, first=20)
    notes.write(written, "hồ rác", first=30, ward="7")
    writer.catch_up(written)

    def offers(text: str, **asked: Any) -> Offers:
        with db.reading(written.engine) as session:
            return finding.find(session, engine, Asked(text=text, **asked), DELEGATE).offers

    assert offers("đèn") == Offers(city=2)  # one of the own: the city is offered beside it
    assert offers("ngập") == Offers()  # the city has no more
    assert offers("hồ") == Offers()  # six of the own: no further search is made
    assert offers("hồ rác") == Offers(city=7, whole=1)  # six have one word, the city's one has both
    assert offers("đèn", filters={"ward": ("3",)}) == Offers(unfiltered=1)
    assert offers("ngập", since=date(2026, 1, 1)) == Offers(unfiltered=1)
    assert offers("tối đvbc:3").elsewhere == ("tối", 1)
    assert offers("qwxz") == Offers()


def test_known_ids_without_loading_documents(written: Office) -> None:
    with db.reading(written.engine) as session:
        assert finding.external_ids(session) == {"E-1", "E-2", "E-3", "E-10"}


def test_a_long_text_shows_the_window_with_most_words() -> None:
    text = "mở đầu " * 200 + "đèn đường hỏng ở ngõ" + " kết thúc" * 200
    shown = snippets.plain(snippets.snippet({"body": text, "answer": "đèn"}, snippets.wanted(parse("đèn hỏng"))))
    assert "**đèn** đường **hỏng**" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 400


def test_a_snippet_never_repeats_the_title() -> None:
    def shown(query: str, summary: str, body: str) -> tuple[str, str]:
        caption = Caption(url="/", title=summary or body[:40], texts={"summary": summary, "body": body})
        row = finding.row_of(Hit("note", 1, 1.0), caption, snippets.wanted(parse(query)))
        return (snippets.plain(row.title) if row.titled else "", snippets.plain(row.snippet) if row.told else "")

    body = "Đèn đường ngõ 3 hỏng. Đề nghị sửa."
    assert shown("hỏng", "Đèn hỏng", body) == ("Đèn **hỏng**", "Đèn đường ngõ 3 **hỏng**. Đề nghị sửa.")
    assert shown("tắt", "Đèn tắt", body) == ("Đèn **tắt**", body)  # found in the summary alone: beside it stand the voters' words, not it again
    assert shown("đèn", body, body) == ("**Đèn** đường ngõ 3 hỏng. Đề nghị sửa.", "")
    assert shown("đèn", f"{body} Cử tri đã nêu.", body)[1] == ""  # nor a part of it
    assert shown("hỏng", "", body) == ("Đèn đường ngõ 3 **hỏng**. Đề nghị sửa.", "")  # one text is said once


def signed_in(client: Any, office: Office, username: str) -> Any:
    return people.sign_in(client, office.engine, people.stored(office.engine, username=username))


@pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
def test_pages_of_the_demo_office(office: Office, client: Any) -> None:
    writer.catch_up(office)
    client = signed_in(client, office, "clerk")
    shown = client.get("/search?q=ngap+ung&scope=city").get_data(as_text=True)
    assert "/search/results.xlsx?q=ngap+ung&amp;scope=city" in shown
    assert 'role="combobox"' in shown
    listed = client.get("/search/results.csv?q=ngap+ung&scope=city&page=2")
    assert listed.status_code == 200
    rows = list(csv.reader(io.StringIO(listed.get_data().decode("utf-8-sig")), delimiter=";"))[1:]
    total = int(re.search(r"<b>([\d.]+) kết quả", shown).group(1).replace(".", ""))
    assert len(rows) == total
    empty = client.get("/search?q=ngap+ung&scope=city&level=khong+co").get_data(as_text=True)
    assert f"Bỏ các bộ lọc: {total} kết quả" in empty
    assert 'href="/petitions"' in empty.split('class="empty-state"')[1]
    assert client.get("/search/results.exe").status_code == 404
    offered = client.get("/search/suggest?q=ngap+u").get_json()
    assert any("ngập úng" in one["text"].lower() for one in offered)
    assert client.get("/search?q=" + "%22khong+co+nay%22+ngap").status_code == 200
    assert "phường Hà Đông" in client.get("/search?q=phuong+phuc+la").get_data(as_text=True)
    assert client.get("/search/words").status_code in (200, 403)


@pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
def test_the_page_of_the_words(office: Office, client: Any) -> None:
    client = signed_in(client, office, "admin")
    shown = client.get("/search/words?q=gpmb").get_data(as_text=True)
    assert "giải phóng mặt bằng" in shown
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown).group(1)

    def send(path: str, **values: str) -> Any:
        return client.post(path, data={"csrf_token": token, **values}, follow_redirects=True)

    assert send("/search/words", forms="một cách", source="thử").status_code == 422
    added = send("/search/words", forms="nhà trẻ tư = NTT", source="thử")
    assert added.status_code == 200
    assert "nhà trẻ tư = NTT" in added.get_data(as_text=True)
    dropped = send("/search/words/drop", forms="GPMB | giải phóng mặt bằng", reason="không dùng")
    assert "Văn phòng không dùng: không dùng" in dropped.get_data(as_text=True)
    numbers = re.findall(r"/search/words/(\d+)/withdraw", dropped.get_data(as_text=True))
    assert len(numbers) == 2
    for number in numbers:
        assert send(f"/search/words/{number}/withdraw").status_code == 200
    assert send(f"/search/words/{numbers[0]}/withdraw").status_code == 409
