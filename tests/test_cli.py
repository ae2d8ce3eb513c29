"""The command line as its user meets it: exit codes, pipes, messages, and input that means harm."""

import csv
import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

BODY = """Harbour bridge at Ostby closed after crack is found

By Nils Aker, Ostby Post

12 March 2025

The harbour bridge at Ostby was closed on Tuesday after engineers found a crack, the road agency said.

"We cannot say when it will open again," said Ida Holm, a spokeswoman for the agency.

Three lorries were stuck on the bridge for two hours, police said.
"""


def variorum(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user would."""
    command = [sys.executable, "-c", "from variorum.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=300, check=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """One readable report."""
    path = tmp_path / "in" / "report.txt"
    path.parent.mkdir()
    path.write_text(BODY, "utf-8")
    return path


def test_help_has_examples() -> None:
    """Every command explains itself, with an example."""
    assert b"collate" in variorum("--help").stdout
    for command in (
        "collate",
        "demo",
        "check",
        "diff",
        "export",
        "beside",
        "ingest",
        "annotate",
        "lineage",
        "stories",
        "compare",
    ):
        assert b"Example" in variorum(command, "--help").stdout


def test_collate_writes_an_edition(report: Path, tmp_path: Path) -> None:
    """Three files and the raw record are written, the summary names them, and nothing went wrong: exit code 0."""
    done = variorum("collate", report, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {"edition.html", "edition.json", "edition.md", "raw"}
    assert b"edition.html" in done.stdout
    edition = json.loads((tmp_path / "out/edition.json").read_bytes())
    assert edition["schema"] == "variorum.edition/1"
    assert edition["articles"][0]["title"] == "Harbour bridge at Ostby closed after crack is found"
    digest = edition["articles"][0]["raw"]["sha256"]
    assert gzip.decompress((tmp_path / f"out/raw/{digest[:2]}/{digest[2:]}.gz").read_bytes()) == report.read_bytes()


def test_ingest_into_a_folder(report: Path, tmp_path: Path) -> None:
    """Articles, problems and raw records; the same command again adds nothing, a killed one goes on."""
    table = tmp_path / "t.csv"
    table.write_text("kopf;inhalt\n" + "".join(f"Nr {n};The river rose again on day {n}.\n" for n in range(3000)))
    command = ["ingest", report, table, tmp_path / "nowhere", "--column", "text=inhalt", "--into", tmp_path / "out"]
    killed = subprocess.Popen(
        [sys.executable, "-c", "from variorum.cli import main; main()", *map(str, command)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    journal = tmp_path / "out" / "articles.jsonl"
    for _ in range(600):
        time.sleep(0.05)
        if journal.exists() and journal.stat().st_size > 20_000:
            break
    killed.kill()
    killed.wait()
    done = variorum(*command)
    assert done.returncode == 1
    assert b"3001 in all" in done.stdout
    ids = [json.loads(line)["id"] for line in journal.read_bytes().splitlines()]
    assert len(set(ids)) == len(ids) == 3001
    again = variorum(*command)
    assert b"0 articles added" in again.stdout
    assert b"no such file" in again.stderr
    assert variorum("ingest", report, "--column", "words=x").returncode == 2


def test_same_bytes_on_every_run(report: Path, tmp_path: Path) -> None:
    """Same input and settings, same bytes out, whatever the hash seed."""
    outputs = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", "from variorum.cli import main; main()", "collate", report, "--format", "json"],
            capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
        )  # fmt: skip
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]


def test_stages_pipe_into_each_other(report: Path, tmp_path: Path) -> None:
    """ingest | annotate, lineage, stories, compare give what collate gives."""
    articles = tmp_path / "articles.jsonl"
    assert variorum("ingest", report, "-o", articles).returncode == 0
    annotated = variorum("annotate", "-", stdin=articles.read_bytes())
    assert annotated.returncode == 0, annotated.stderr
    annotation = json.loads(annotated.stdout)
    assert annotation["id"] == json.loads(articles.read_bytes())["id"]
    assert {a["name"] for a in annotation["attributions"]} >= {"Ida Holm"}
    notes = tmp_path / "annotations.jsonl"
    notes.write_bytes(annotated.stdout)
    assert variorum("lineage", articles, "--origins", tmp_path / "origins.jsonl").returncode == 0
    assert json.loads((tmp_path / "origins.jsonl").read_bytes())["kind"] == "newsroom"
    stories = variorum("stories", articles)
    assert json.loads(stories.stdout).keys() == {"id", "story"}
    compared = variorum("compare", articles, "--annotations", notes)
    assert compared.returncode == 0, compared.stderr
    story = json.loads(compared.stdout)
    edition = json.loads(variorum("collate", report, "--format", "json").stdout)
    assert story["claims"] == edition["stories"][0]["claims"]


@pytest.mark.parametrize("way", [(), ("--batch",)])
def test_a_digest_is_told_with_its_parts_and_compared_by_them(way: tuple[str, ...], tmp_path: Path) -> None:
    """Two events and a page that tells both: its line has both stories, and each has the sentences of its own."""
    texts = {
        "t1": "The clock tower of Ansbury fell on Monday, Mayor Ruth Calloway said. Nobody stood under the tower.",
        "t2": "Bricks lie where the clock tower of Ansbury stood. Mayor Calloway had the square fenced off on Monday.",
        "s1": "Tram drivers in Port Meridan began a strike on Monday, their union Volant said. All trams stood still.",
        "s2": "No tram left the depot of Port Meridan. The union Volant, which called the strike, wants more drivers.",
        "d": "Mayor Ruth Calloway mourns the clock tower of Ansbury, which fell on Monday while nobody stood under it, "
        "and wants to build the tower anew.\n\nIn Port Meridan the tram drivers of the union Volant are on strike, and "
        "no tram has left the depot since Monday morning, passengers said.",
    }
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in texts.items()), "utf-8")
    done = variorum("stories", *way, articles)
    told = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert set(told["d"]["parts"]) == {told["t1"]["story"], told["s1"]["story"]}
    assert told["d"]["story"] in told["d"]["parts"]
    assert sum(part["share"] for part in told["d"]["parts"].values()) == pytest.approx(1)
    (stories := tmp_path / "stories.jsonl").write_bytes(done.stdout)
    (notes := tmp_path / "notes.jsonl").write_bytes(variorum("annotate", articles).stdout)
    compared = variorum("compare", articles, "--annotations", notes, "--stories", stories)
    assert compared.returncode == 0, compared.stderr
    found = [json.loads(line) for line in compared.stdout.splitlines()]
    claims = {story["id"]: " ".join(claim["text"] for claim in story["claims"]) for story in found}
    assert "wants to build" in claims[told["t1"]["story"]]
    assert "wants to build" not in claims[told["s1"]["story"]]


def test_jsonl_keeps_ids_and_text(tmp_path: Path) -> None:
    """Bare JSONL articles keep their ids, and the text is taken verbatim."""
    row = {"id": "x1", "title": "T", "text": "Rain fell on Brask on Monday, the mayor said.\r\n"}
    done = variorum("ingest", "-", stdin=json.dumps(row).encode())
    article = json.loads(done.stdout)
    assert (article["id"], article["title"], article["text"]) == ("x1", "T", row["text"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 64, "binary"),
        ("nul.txt", b"\0" * 5000, "NUL"),
        ("big.txt", b"word and word again. " * 1_500_000, "--max-bytes"),
    ],
)
def test_one_bad_file_is_listed(report: Path, name: str, content: bytes, words: str) -> None:
    """A file that cannot be read becomes a problem with its path and what to do; the rest is done: exit code 1."""
    (report.parent / name).write_bytes(content)
    done = variorum("collate", report.parent, "--format", "json")
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    assert [(Path(p["source"]).name, words in p["reason"]) for p in problems] == [(name, True)]
    assert name.encode() in done.stderr
    assert len(json.loads(done.stdout)["articles"]) == 1


def test_invalid_utf8_is_read_and_listed(report: Path) -> None:
    """Broken bytes in a UTF-8 text cost those characters, not the article."""
    (report.parent / "broken.txt").write_bytes(
        "Ein Brückenriß, né à Œstby. ".encode() * 9 + b"\xff\xfe\xfd and more.\n"
    )
    done = variorum("ingest", report.parent, "--problems", report.parent.parent / "p.jsonl")
    assert len(done.stdout.splitlines()) == 2
    assert b"broken.txt" in (report.parent.parent / "p.jsonl").read_bytes()


def test_same_file_twice(report: Path) -> None:
    """The same bytes are read once; the second time is a problem that names the first."""
    copy = report.with_name("copy.txt")
    copy.write_bytes(report.read_bytes())
    done = variorum("collate", report.parent, "--format", "json")
    edition = json.loads(done.stdout)
    assert len(edition["articles"]) == 1
    assert "copy.txt" in edition["problems"][0]["reason"] + edition["problems"][0]["source"]


def test_nothing_readable(tmp_path: Path) -> None:
    """An empty folder and a missing path give exit code 3, and say which."""
    (tmp_path / "void").mkdir()
    for path in (tmp_path / "void", tmp_path / "missing.txt"):
        done = variorum("collate", path)
        assert done.returncode == 3
        assert path.name.encode() in done.stderr


def test_wrong_usage(report: Path) -> None:
    """Unknown formats and options are refused with exit code 2."""
    assert variorum("collate", report, "--format", "docx").returncode == 2
    assert variorum("collate", report, "--nonsense").returncode == 2
    assert variorum("compare", report, "--annotations", "missing.jsonl").returncode == 2


def test_aliases(report: Path, tmp_path: Path) -> None:
    """A file of one's own names is applied; a bad one is refused with exit code 2, its path and the reason."""
    names = tmp_path / "names.toml"
    names.write_text('[[entity]]\nname = "Ostby Road Agency"\nkind = "organisation"\naliases = ["the road agency"]\n')
    done = variorum("collate", report, "--format", "json", "--aliases", names)
    assert "Ostby Road Agency" in [e["name"] for e in json.loads(done.stdout)["entities"]]
    names.write_text('[[entity]]\nname = "Ostby"\nkind = "town"\n')
    for command in ("collate", "annotate"):
        done = variorum(command, report, "--aliases", names)
        assert done.returncode == 2
        assert b"names.toml" in done.stderr
        assert b"town" in done.stderr


def test_log_json(report: Path) -> None:
    """Logs are one JSON object a line, and hold no article text."""
    done = variorum("--log-json", "ingest", report.parent / "missing.txt", report)
    rows = [json.loads(line) for line in done.stderr.splitlines()]
    assert any("missing.txt" in row["message"] for row in rows)
    assert b"lorries" not in done.stderr


def test_quiet_pipe_has_no_bar(report: Path) -> None:
    """In a pipe there is no progress bar and nothing on standard error."""
    done = variorum("collate", report)
    assert done.stderr == b""
    assert done.stdout.startswith(b"#")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition.json of one report."""
    folder = tmp_path_factory.mktemp("edition")
    (folder / "report.txt").write_text(BODY, "utf-8")
    assert variorum("collate", folder / "report.txt", "-o", folder, "--format", "json").returncode == 0
    return folder / "edition.json"


def test_export_names_every_format() -> None:
    """Help, guide and the message on an unknown one name each format; an unknown one is wrong usage."""
    from variorum.edition.exports import FORMATS

    helped = variorum("export", "--help").stdout.decode()
    guide = (Path(__file__).parent.parent / "docs/guide.md").read_text("utf-8")
    refused = variorum("export", "x.json", "--format", "docx")
    assert refused.returncode == 2
    for name in FORMATS:
        assert name in helped
        assert f"`{name}`" in guide
        assert name in refused.stderr.decode()


def test_export_writes_what_collate_writes(edition: Path, tmp_path: Path) -> None:
    """All formats of an edition that is read again are those of the run that made it, byte by byte."""
    from variorum.edition.exports import FORMATS

    everything = ",".join(FORMATS)
    again = variorum("export", edition, "--format", everything, "-o", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    made = variorum(
        "collate", edition.with_name("report.txt"), "--format", everything, "--no-raw", "-o", tmp_path / "made"
    )
    assert made.returncode == 0, made.stderr
    files = {p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()}
    assert files == {p.name: p.read_bytes() for p in (tmp_path / "made").iterdir()}
    assert len(files) == len(FORMATS) + 16  # CSV and Parquet are nine tables each
    assert all(name in again.stdout.decode() for name in files)


def test_export_pipes(edition: Path) -> None:
    """One format goes to standard output, and an edition comes from standard input; several need a folder."""
    piped = variorum("export", "-", "--format", "annotation", stdin=edition.read_bytes())
    assert json.loads(piped.stdout)["type"] == "AnnotationCollection"
    for formats in ("csv", "md,json"):
        refused = variorum("export", edition, "--format", formats)
        assert refused.returncode == 2
        assert b"-o DIR" in refused.stderr


def test_export_without_texts(edition: Path) -> None:
    """--no-text says the same whether an edition is made, written again, or read without its texts."""
    report = edition.with_name("report.txt")
    made = variorum("collate", report, "--format", "json", "--no-text")
    again = variorum("export", edition, "--format", "json", "--no-text")
    assert made.stdout == again.stdout
    assert b"stuck on the bridge for two hours" not in made.stdout
    for form in ("stix", "html"):
        direct = variorum("export", edition, "--format", form, "--no-text")
        read = variorum("export", "-", "--format", form, stdin=made.stdout)
        assert direct.stdout == read.stdout


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"schema": "variorum.edition/0"}'])
def test_export_of_no_edition(content: bytes, tmp_path: Path) -> None:
    """What is no edition is refused with exit code 2 and its path."""
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    for given in (path, tmp_path / "missing.json"):
        refused = variorum("export", given, "--format", "md")
        assert refused.returncode == 2
        assert given.name.encode() in refused.stderr
        assert b"Traceback" not in refused.stderr


def test_beside(edition: Path, tmp_path: Path) -> None:
    """Two files, or two of an edition or of JSONL by id or number; as a page or as JSON; what is not there is told."""
    report = edition.with_name("report.txt")
    later = tmp_path / "later.txt"
    later.write_text(BODY.replace("Three lorries", "Four lorries"), "utf-8")
    page = tmp_path / "page.html"
    assert variorum("beside", report, later, "-o", page).returncode == 0
    assert '<mark class="changed">Four</mark>' in page.read_text("utf-8")
    both = tmp_path / "both.jsonl"
    both.write_bytes(variorum("ingest", report, later).stdout)
    rows = [json.loads(line) for line in both.read_bytes().splitlines()]
    named = [
        variorum("beside", *names, "--in", both, "--format", "json") for names in (("1", "2"), [r["id"] for r in rows])
    ]
    assert named[0].stdout == named[1].stdout
    found = json.loads(named[0].stdout)
    assert [rows[1]["text"][slice(*e["other"])] for p in found["passages"] for e in p["edits"]] == ["Four"]
    assert variorum("beside", "1", "1", "--in", edition).returncode == 0
    for wrong in (
        ("1", "9", "--in", both),
        (report, both),
        (report, "missing.txt"),
        ("1", "2", "--in", tmp_path / "no"),
    ):
        refused = variorum("beside", *wrong)
        assert refused.returncode in (2, 3)
        assert b"Traceback" not in refused.stderr


def test_lineage_as_tables(report: Path, tmp_path: Path) -> None:
    """One command from articles to files: what a lineage fills and no more, the links those of the JSONL."""
    copy = report.with_name("copy.txt")
    copy.write_text(BODY + "\nThe bridge was built in 1931 and is crossed by some nine thousand cars a day.\n", "utf-8")
    out = tmp_path / "out"
    articles = variorum("ingest", report.parent).stdout
    done = variorum("lineage", "-", "--tables", "csv,parquet,graphml", "-o", out, stdin=articles)
    assert done.returncode == 0
    names = ("articles", "links", "passages", "alternatives", "origins")
    expected = {f"{name}.{form}" for name in names for form in ("csv", "parquet")} | {"edition.graphml"}
    assert {path.name for path in out.iterdir()} == expected
    links = [json.loads(line) for line in variorum("lineage", "-", stdin=articles).stdout.splitlines()]
    rows = list(csv.DictReader((out / "links.csv").read_text("utf-8").splitlines()))
    assert [(r["parent"], r["child"]) for r in rows] == [(k["parent"], k["child"]) for k in links]
    assert len(links) == 1
    for wrong in (("--tables", "csv"), ("--tables", "xml", "-o", out)):
        assert variorum("lineage", "-", *wrong, stdin=articles).returncode == 2
