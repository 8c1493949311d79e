import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.errors import UnusableSettings
from litcheck.findings import Severity
from litcheck.limits import Limits
from litcheck.settings import DEFAULT_SOURCES, SOURCE_URLS, Settings, load_settings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a directory of manuscripts in it."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    manuscripts = tmp_path / "repository" / "papers" / "rivers"
    manuscripts.mkdir(parents=True)
    return manuscripts


def load(directory: Path, environment: dict[str, str] | None = None, **options: object) -> Settings:
    return load_settings(directory, environment or {}, **options)


def test_without_anything_the_defaults_hold(project: Path) -> None:
    assert load(project) == Settings()
    assert load(project).sources == DEFAULT_SOURCES


EVERYTHING = """
offline = true
index = ["index/a", "/b"]
cache = "cache.sqlite"
sources = ["doi.org"]
mailto = "a.lee@example.org"
crossref-token = "t0k.en"
db = "runs.duckdb"
style = "apa"
select = ["LC2", "lc501"]
ignore = ["LC405"]
fail-on = "warning"
jobs = 4
max-file-mb = 20
max-seconds = 5
[urls]
crossref = "http://localhost:8000/"
openalex = "https://openalex.example.org/api"
"""


def test_a_file_sets_everything_and_its_paths_start_from_it(project: Path) -> None:
    (project / "litcheck.toml").write_text(EVERYTHING)
    assert load(project) == Settings(
        offline=True,
        indexes=(project / "index/a", Path("/b")),
        cache=project / "cache.sqlite",
        sources=("doi.org",),
        urls={**SOURCE_URLS, "crossref": "http://localhost:8000", "openalex": "https://openalex.example.org/api"},
        mailto="a.lee@example.org",
        crossref_token="t0k.en",
        db=project / "runs.duckdb",
        style="apa",
        select=frozenset({"LC2", "LC501"}),
        ignore=frozenset({"LC405"}),
        fail_on=Severity.WARNING,
        jobs=4,
        limits=Limits(max_file_mb=20, max_seconds=5),
    )


ENVIRONMENT = {
    "LITCHECK_OFFLINE": "yes",
    "LITCHECK_INDEX": os.pathsep.join(["a", "/b"]),
    "LITCHECK_CACHE": "cache.sqlite",
    "LITCHECK_SOURCES": "doi.org, Crossref",
    "LITCHECK_MAILTO": "a.lee@example.org",
    "LITCHECK_CROSSREF_TOKEN": "t0k.en",
    "LITCHECK_DB": "runs.duckdb",
    "LITCHECK_STYLE": "apa",
    "LITCHECK_SELECT": "LC2,LC501",
    "LITCHECK_IGNORE": "LC405",
    "LITCHECK_FAIL_ON": "never",
    "LITCHECK_JOBS": "4",
    **{f"LITCHECK_{name.upper()}_URL": f"http://127.0.0.1/{name}/" for name in SOURCE_URLS},
}


def test_the_environment_sets_everything(project: Path) -> None:
    assert load(project, ENVIRONMENT) == Settings(
        offline=True,
        indexes=(Path("a"), Path("/b")),
        cache=Path("cache.sqlite"),
        sources=("doi.org", "crossref"),
        urls={name: f"http://127.0.0.1/{name}" for name in SOURCE_URLS},
        mailto="a.lee@example.org",
        crossref_token="t0k.en",
        db=Path("runs.duckdb"),
        style="apa",
        select=frozenset({"LC2", "LC501"}),
        ignore=frozenset({"LC405"}),
        fail_on=None,
        jobs=4,
    )


def test_the_last_one_wins(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.litcheck]\nstyle = "pyproject"\nmailto = "p@example.org"\njobs = 2\n')
    (project / "litcheck.toml").write_text('style = "file"\nmailto = "f@example.org"\n[urls]\ndoi = "http://file"\n')
    settings = load(project, {"LITCHECK_STYLE": "variable"})
    assert (settings.jobs, settings.mailto, settings.style, settings.urls["doi"]) == (
        2,
        "f@example.org",
        "variable",
        "http://file",
    )
    assert load(project, {"LITCHECK_STYLE": "variable"}, style="option").style == "option"


def test_what_is_not_given_changes_nothing(project: Path) -> None:
    (project / "litcheck.toml").write_text('style = "file"\noffline = true\n')
    settings = load(project, {"LITCHECK_STYLE": " "}, style=None, offline=None, indexes=None)
    assert (settings.style, settings.offline, settings.indexes) == ("file", True, ())


@pytest.mark.parametrize(
    ("files", "style"),
    [
        ({"repository/litcheck.toml": "root"}, "root"),
        ({"repository/papers/litcheck.toml": "papers", "repository/litcheck.toml": "root"}, "papers"),
        ({"litcheck.toml": "outside the repository"}, ""),
        ({"repository/papers/other/litcheck.toml": "beside"}, ""),
    ],
)
def test_the_nearest_file_up_to_the_repository_counts(project: Path, tmp_path: Path, files: dict[str, str], style: str) -> None:
    for name, value in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f'style = "{value}"\n')
    assert load(project).style == style


def test_a_pyproject_without_our_table_is_passed_over(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nname = "rivers"\n')
    (project.parent / "litcheck.toml").write_text('style = "papers"\n')
    assert load(project).style == "papers"


def test_above_a_directory_outside_repository_and_home_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "litcheck.toml").write_text('style = "anyone"\n')
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.setenv("HOME", "/home/lee")
    assert load(below).style == ""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(below).style == "anyone"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('mailtoo = "a@example.org"', ["litcheck.toml", "`mailtoo`", "Did you mean `mailto`?"]),
        ("zzz = 1", ["litcheck.toml", "`zzz`", "There are: offline, index,"]),
        ('[urls]\ncrosref = "http://x"', ["`urls.crosref`", "Did you mean `crossref`?"]),
        ('urls = "http://x"', ["`urls`", "table"]),
        ('[urls]\ncrossref = "ftp://x.org"', ["`urls.crossref`", "'ftp://x.org'", "http://"]),
        ('fail-on = "eror"', ["litcheck.toml: `fail-on` is 'eror'", "error, warning, info, never"]),
        ("fail-on = 1", ["`fail-on` is 1"]),
        ('sources = ["crossref", "scopus"]', ["'scopus'", "There are: crossref, doi.org"]),
        ("sources = 5", ["`sources` is 5", "list of strings"]),
        ('mailto = "lee at example"', ["`mailto`", "e-mail address"]),
        ('crossref-token = "a b"', ["`crossref-token`"]),
        ('jobs = "many"', ["`jobs`", "whole number"]),
        ("jobs = 0", ["`jobs`"]),
        ("jobs = true", ["`jobs`"]),
        ('offline = "perhaps"', ["`offline`", "true or false"]),
        ("index = [1]", ["`index`", "a path"]),
        ('ignore = ["E501"]', ["'E501'", "litcheck rules"]),
        ("style = 1", ["`style`", "string"]),
        ("db = true", ["`db`", "a path"]),
        ("style = apa", ["litcheck.toml is not TOML", "line 1"]),
        ('style = "\\ud800"', ["litcheck.toml is not TOML"]),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(project: Path, content: str, said: list[str]) -> None:
    (project / "litcheck.toml").write_text(content)
    with pytest.raises(UnusableSettings) as raised:
        load(project)
    assert all(words in str(raised.value) for words in said), str(raised.value)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LITCHECK_OFFLINE": "maybe"}, "LITCHECK_OFFLINE is 'maybe'"),
        ({"LITCHECK_DOI_URL": "doi.org"}, "LITCHECK_DOI_URL is 'doi.org'"),
        ({"LITCHECK_DOI_URL": "http://[::1"}, "LITCHECK_DOI_URL"),
        ({"LITCHECK_DOI_URL": "http://x:99999"}, "LITCHECK_DOI_URL"),
        ({"LITCHECK_DOI_URL": "https://"}, "LITCHECK_DOI_URL"),
        ({"LITCHECK_MAILTO": "a@example.org\r\nX: y"}, "LITCHECK_MAILTO"),
        ({"LITCHECK_SOURCES": "crosref"}, "LITCHECK_SOURCES: there is no source 'crosref'"),
        ({"LITCHECK_JOBS": "1.5"}, "LITCHECK_JOBS is '1.5'"),
        ({"LITCHECK_CACHE": "~nobody-has-this-name/x"}, "LITCHECK_CACHE"),
    ],
)
def test_a_bad_variable_is_named(project: Path, environment: dict[str, str], said: str) -> None:
    with pytest.raises(UnusableSettings) as raised:
        load(project, environment)
    assert said in str(raised.value)


def test_a_bad_option_is_named(project: Path) -> None:
    with pytest.raises(UnusableSettings, match="--mailto is 'lee'"):
        load(project, mailto="lee")
    with pytest.raises(UnusableSettings, match="--ignore"):
        load(project, ignore=["X1"])
    with pytest.raises(TypeError, match="colour"):
        load(project, colour=True)


def test_a_token_is_never_repeated(project: Path) -> None:
    with pytest.raises(UnusableSettings) as raised:
        load(project, {"LITCHECK_CROSSREF_TOKEN": "sec ret"})
    assert "sec ret" not in str(raised.value)
    assert "s3cret" not in repr(Settings(crossref_token="s3cret"))


@pytest.mark.parametrize("address", ["a@example.org", "mailto:a.b+c@uni.example.ac.uk", "o'neil@x-y.ie"])
def test_addresses_of_people(project: Path, address: str) -> None:
    assert load(project, mailto=address).mailto == address.removeprefix("mailto:")


def test_storing_can_be_off(project: Path) -> None:
    (project / "litcheck.toml").write_text("db = false\n")
    assert load(project).db is None


@given(st.dictionaries(st.sampled_from(sorted(ENVIRONMENT)), st.text(max_size=20)))
def test_any_environment_gives_settings_or_says_why(environment: dict[str, str]) -> None:
    said = ""
    settings = Settings()
    try:
        settings = load(Path("/"), environment)
    except UnusableSettings as error:
        said = str(error)
    assert said == "" or said.startswith("LITCHECK_")
    assert settings.jobs >= 1
    assert all(address.startswith("http") for address in settings.urls.values())
