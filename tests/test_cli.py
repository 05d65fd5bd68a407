"""The command line as a person or a script meets it. Everything runs: sources, pipeline, stages, store."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import make_chronology

import timeline.paths
from timeline.cli import main
from timeline.opening import wait_for
from timeline.store import open_snapshot, write_chronology

STRIKE = "Jets struck the harbour of Brod on 3 March 2011, killing 12 soldiers, the army said."
MARCH = "Thousands of dockers marched through Brod on Friday to demand peace."


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text)


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def error(result: Result) -> str:
    """The one line of an error."""
    assert result.exit_code == 1
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith("timeline: ")
    assert " — " in line
    return line


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "strike.txt").write_text(f"date 2011-03-05 {STRIKE}\n")
    (folder / "march.txt").write_text(f"date 2011-03-12 {MARCH}\n")
    return folder


@pytest.fixture(scope="module")
def chronology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("chronology") / "c"
    write_chronology(make_chronology(), out)
    return out


# --- build ------------------------------------------------------------------------------------------


def test_build_writes_a_chronology_of_every_source(articles: Path, tmp_path: Path) -> None:
    result = run("build", articles, "--out", tmp_path / "c")
    assert result.exit_code == 0, result.stderr
    assert "2 articles" in result.stdout
    snapshot = open_snapshot(tmp_path / "c")
    assert snapshot.version in result.stdout
    assert [document.doc for document in snapshot.documents()] == ["march", "strike"]
    assert {event.event_type for event in snapshot.events()} >= {"ASSAULT", "PROTEST"}


def test_the_number_of_processes_changes_nothing(articles: Path, tmp_path: Path) -> None:
    versions = []
    for jobs in (1, 2):
        assert run("build", articles, "--out", tmp_path / str(jobs), "--jobs", jobs).exit_code == 0
        versions.append(open_snapshot(tmp_path / str(jobs)).version)
    assert versions[0] == versions[1]


def test_bad_sources_are_listed_and_counted_and_stop_nothing(
    articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "latin.txt").write_bytes("Les députés ont quitté la séance.".encode("latin-1"))
    (tmp_path / "paper.xyz").write_text(STRIKE)
    bad = [
        tmp_path / name
        for name in ("empty.txt", "picture.txt", "latin.txt", "paper.xyz", "absent.txt")
    ]
    result = run("build", *bad, articles, "--out", tmp_path / "c")
    assert result.exit_code == 1
    *reported, count = result.stderr.splitlines()
    assert [
        line.startswith(f"timeline: {path}: ") for line, path in zip(reported, bad, strict=True)
    ] == [True] * 5
    assert all(" — " in line for line in reported)
    assert "5 sources could not be read" in count
    snapshot = open_snapshot(tmp_path / "c")
    assert len(snapshot.documents()) == 2
    assert len(snapshot.manifest["failures"]) == 5


def test_a_build_that_reads_nothing_keeps_what_was_there(chronology: Path, tmp_path: Path) -> None:
    before = open_snapshot(chronology).version
    result = run("build", tmp_path / "absent.txt", "--out", chronology)
    assert result.exit_code == 1
    assert "absent.txt" in result.stderr
    assert open_snapshot(chronology).version == before


def test_build_overwrites_nothing_else(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert "not a chronology" in error(run("build", articles, "--out", tmp_path))
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_build_reads_standard_input(tmp_path: Path) -> None:
    result = run("build", "-", "--out", tmp_path / "c", text=f"date 2011-03-05 {STRIKE}")
    assert result.exit_code == 0, result.stderr
    assert open_snapshot(tmp_path / "c").documents()[0].doc == "stdin"


def test_the_cluster_engine_is_refused_in_one_line(articles: Path, tmp_path: Path) -> None:
    assert "ray" in error(run("build", articles, "--out", tmp_path / "c", "--engine", "ray"))


def test_an_unknown_pipeline_is_refused_in_one_line(articles: Path, tmp_path: Path) -> None:
    message = error(
        run("build", articles, "--out", tmp_path / "c", "--pipeline", "no_such_pipeline")
    )
    assert "no_such_pipeline" in message


# --- events -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 5),
        (["--actor", "the Front"], 3),
        (["--actor", "Freedonia", "--actor", "RF"], 4),
        (["--actor", "Freedonia", "--actor", "RF", "--match", "all"], 1),
        (["--type", "ASSAULT", "--type", "protest"], 2),
        (["--status", "planned"], 1),
        (["--from", "2015-03"], 4),
        (["--to", "2015-02"], 1),
        (["--from", "2015", "--to", "2015"], 4),
        (["--text", "varna"], 2),
    ],
)
def test_events_are_queried(chronology: Path, options: list[str], count: int) -> None:
    assert len(lines(run("events", chronology, *options))) == count


def test_events_as_csv_into_a_file(chronology: Path, tmp_path: Path) -> None:
    result = run("events", chronology, "--format", "csv", "--out", tmp_path / "events.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "events.csv").read_text())))
    assert len(rows) == 5


@pytest.mark.parametrize("name", ["jsonl", "csv", "timelinejs", "ics", "html"])
def test_every_format_is_written(chronology: Path, name: str) -> None:
    result = run("events", chronology, "--format", name)
    assert result.exit_code == 0
    assert "River Front" in result.stdout


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--actor", "Nobody"], "Nobody"),
        (["--type", "WAR"], "WAR"),
        (["--status", "maybe"], "maybe"),
        (["--from", "yesterday"], "--from"),
        (["--from", "2016", "--to", "2015"], "before"),
        (["--out", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
    ],
)
def test_a_bad_query_is_one_line(chronology: Path, options: list[str], word: str) -> None:
    assert word in error(run("events", chronology, *options))


def test_a_missing_chronology_is_one_line(tmp_path: Path) -> None:
    assert "build" in error(run("events", tmp_path / "none"))


def test_debug_shows_the_error_itself(tmp_path: Path) -> None:
    result = run("--debug", "events", tmp_path / "none")
    assert type(result.exception).__name__ == "SnapshotError"


def test_wrong_usage_ends_with_two() -> None:
    assert run("events").exit_code == 2
    assert run("build", "x").exit_code == 2
    assert run("nonsense").exit_code == 2


# --- timex ------------------------------------------------------------------------------------------


def test_timex_of_standard_input() -> None:
    [found] = lines(run("timex", "-", "--dct", "2011-03-05", text=STRIKE))
    assert found == {
        "doc": "stdin",
        "start": STRIKE.index("3 March 2011"),
        "end": STRIKE.index("3 March 2011") + len("3 March 2011"),
        "text": "3 March 2011",
        "type": "DATE",
        "value": "2011-03-03",
        "mod": "",
        "edtf": "2011-03-03",
        "rule": found["rule"],
    }


def test_timex_of_a_folder_with_dates_from_headers(articles: Path) -> None:
    found = lines(run("timex", articles))
    assert [(timex["doc"], timex["value"]) for timex in found] == [
        ("march", "2011-03-11"),
        ("strike", "2011-03-03"),
    ]


def test_each_document_gets_its_own_date(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "dct.csv").write_text("doc,dct\nmarch,2016-07-05\n")
    found = lines(run("timex", articles, "--dct-from", tmp_path / "dct.csv"))
    assert [timex["value"] for timex in found] == ["2016-07-01", "2011-03-03"]


def test_offsets_count_code_points_of_the_untouched_text(tmp_path: Path) -> None:
    text = f"\u200f😀 e\u0301\r\n\r\n{STRIKE}\0\r\n"
    (tmp_path / "odd.txt").write_bytes(text.encode())
    [found] = lines(run("timex", tmp_path / "odd.txt"))
    assert text[found["start"] : found["end"]] == "3 March 2011"  # type: ignore[misc]


def test_the_date_of_a_byline_is_a_time_expression() -> None:
    found = lines(run("timex", text=f"Strike on Brod\nSaturday, March 5, 2011\n{STRIKE}"))
    assert [timex["value"] for timex in found] == ["2011-03-05", "2011-03-03"]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--dct", "5 March"], "--dct"),
        (["--dct-from", "absent.csv"], "absent.csv"),
        (["--pipeline", "no_such_pipeline"], "no_such_pipeline"),
    ],
)
def test_wrong_dates_are_one_line(options: list[str], word: str) -> None:
    assert word in error(run("timex", "-", *options, text=STRIKE))


def test_a_table_of_dates_without_its_columns(tmp_path: Path) -> None:
    (tmp_path / "dct.csv").write_text("name,day\n")
    assert "doc,dct" in error(run("timex", "-", "--dct-from", tmp_path / "dct.csv", text=STRIKE))


def test_what_cannot_be_read_is_told_after_the_rest(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STRIKE)
    (tmp_path / "b.txt").touch()
    result = run("timex", tmp_path)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "b.txt" in result.stderr


# --- mentions ---------------------------------------------------------------------------------------


def test_mentions_point_into_the_text() -> None:
    text = "Gunmen attacked a police station in Brod on 3 March 2011."
    [found] = [m for m in lines(run("mentions", text=text)) if m["event_type"] == "ASSAULT"]
    assert text[found["start"] : found["end"]] == found["trigger"] == "attacked"  # type: ignore[misc]
    assert text[slice(*found["sentence"])] == found["quote"]  # type: ignore[misc]
    assert found["when"]["edtf"] == "2011-03-03"  # type: ignore[index]
    assert {argument["text"] for argument in found["arguments"]} >= {"Gunmen"}  # type: ignore[union-attr,index]


def test_mentions_of_a_folder(articles: Path) -> None:
    assert {mention["doc"] for mention in lines(run("mentions", articles))} == {"march", "strike"}


def test_furniture_gives_no_mentions() -> None:
    page = f"Join our commenting forum\n\n{STRIKE}\n\nSign up to receive news of attacks in your inbox\n\nAP\n"
    with_furniture, without = (lines(run("mentions", text=text)) for text in (page, f"{STRIKE}\n"))
    assert [m["trigger"] for m in with_furniture] == [m["trigger"] for m in without]


# --- the process ------------------------------------------------------------------------------------


def module(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "timeline", *map(str, arguments)],
        capture_output=True,
        check=False,
        env=os.environ | environment,
        cwd=timeline.paths.ROOT,
    )


def test_output_is_utf8_in_any_locale(chronology: Path) -> None:
    done = module("events", chronology, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert len(done.stdout.decode("utf-8").splitlines()) == 5


def test_help_names_the_commands() -> None:
    done = module("--help")
    assert done.returncode == 0
    assert all(
        name in done.stdout.decode() for name in ("build", "events", "timex", "mentions", "serve")
    )


def test_serve_shows_a_chronology_on_the_port(chronology: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "timeline", "serve", str(chronology), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert answers(f"http://127.0.0.1:{port}/_stcore/health", server) == "ok"
    finally:
        server.terminate()
        server.wait()


def answers(address: str, server: subprocess.Popen[bytes]) -> str:
    """What the server says, once it is up; an error if it ends before."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(address) as reply:
                return str(reply.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server ended with {server.returncode}")


def test_serve_refuses_a_folder_that_is_no_chronology(tmp_path: Path) -> None:
    assert "not a chronology" in error(run("serve", tmp_path))


def test_the_page_opens_once_the_server_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert wait_for(server.getsockname()[1], patience=5)
        port = server.getsockname()[1]
    assert not wait_for(port, patience=0.3)
