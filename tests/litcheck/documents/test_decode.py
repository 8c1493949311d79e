import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcheck.documents.decode import NotTextError, decode

ENGLISH = "Müller and Łukasz (2020) “cite” Ørsted — naïve.\r\nSecond line\n"
WESTERN = "Müller et Façade (2020) – naïve “œuvre” d’été à la carte, Ångström, señor.\n"
RUSSIAN = "Иванов И. И. О гидрологии рек Сибири // Водные ресурсы. 2010. Т. 37. С. 1-10.\n" * 4
POLISH = "Zażółć gęślą jaźń. Stanisław Wyśpiański, Żółć i Łódź, książka o rzekach polskich i wodzie gruntowej.\n" * 4
JAPANESE = "日本語の論文における引用文献の記述方法について。東京大学出版会、二〇二〇年。\n" * 4
CHINESE = "河流\n水文学研究进展\n王小明,李华\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32", "utf-32"),
        (ENGLISH, "utf-32-le", "utf-32-le"),
        (ENGLISH, "utf-32-be", "utf-32-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        ("plain\n", "ascii", "utf-8"),
        (WESTERN, "cp1252", "windows-1252"),
        ("Müller, café\n", "latin-1", "windows-1252"),
    ],
)
def test_encodings_that_are_certain(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (POLISH, "cp1250"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE * 20, "gb18030"),
    ],
)
def test_encodings_that_are_guessed(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


GERMAN = "Größere Räume, so Müller und Schäfer (2019), kosten Köhler 5 € je Stück; weiß und älter.\n" * 3
FRENCH = "L'étude de Bélanger (2018) préfère l'œuvre où çà et là des cœurs brûlent, dit Côté (2020).\n" * 3
GREEK = "Η έρευνα έδειξε ότι οι μαθητές διαβάζουν πιο γρήγορα (Παπαδόπουλος, 2019), και άλλοι συγγραφείς.\n" * 4
HEBREW = "המחקר הראה שתלמידים קוראים מהר יותר בחדרים שקטים (כהן, 2019).\n" * 4
ARABIC = "أظهرت الدراسة أن الطلاب يقرؤون بسرعة أكبر في الغرف الهادئة (أحمد، 2019).\n" * 4
KOREAN = "연구에 따르면 학생들은 조용한 방에서 더 빨리 읽는다(김철수, 2019).\n" * 4


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "iso8859-15"),
        (FRENCH, "iso8859-15"),
        (GERMAN, "mac_roman"),
        (FRENCH, "mac_roman"),
        (GERMAN, "utf-16"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (KOREAN, "euc_kr"),
        (CHINESE * 20, "gbk"),
        ("河流文獻研究的方法與圖書館。王小明，2020年。\n" * 20, "big5"),
        (JAPANESE, "utf-16-be"),
    ],
)
def test_encodings_of_older_programs(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    "text", [f"{FRENCH.replace('œ', 'é')} 2½ litres, 1½x.\n", "Prix en ¤ déjà payé, l'été.\n", "Une “œuvre” à 5 €, né là.\n"]
)
def test_signs_of_windows_are_not_taken_for_those_of_latin_9(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


def test_a_damaged_byte_does_not_change_the_encoding() -> None:
    damaged = ENGLISH.encode() * 5 + b"caf\xe9 " + ENGLISH.encode()
    text, encoding = decode(damaged)
    assert encoding == "utf-8"
    assert text == ENGLISH * 5 + "caf\ufffd " + ENGLISH


def test_a_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfab")[0] == "ab"
    assert decode(b"\xff\xfea\x00b\x00")[0] == "ab"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"text and a \x00 zero byte among very many other characters of an otherwise plain text",
        b"\x00" * 100,
        b"\x01\x02\x03\x04text",
        b"\xff\xfea",
        b"\xff\xfe\x00\x00\x01",
        b"\x7fELF\x02\x01\x01" + b"\x00" * 9 + b"\x03\x00>\x00\x01",
    ],
)
def test_what_is_not_text(data: bytes) -> None:
    with pytest.raises(NotTextError, match=r"^its? "):
        decode(data)


def test_a_few_stray_control_characters_are_let_through() -> None:
    text = "A sentence with a hyphen that a converter lost: hydro\x02logy." + " More text." * 50 + "\f"
    assert decode(text.encode())[0] == text


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_always_read_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, "utf-8-sig")
    assert decode(b"." + text.encode()) == ("." + text, "utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_the_reason(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except NotTextError as error:
        reason = str(error)
    else:
        reason = ""
        assert "\0" not in text
    assert reason == "" or reason.startswith("it")


def test_fifty_megabytes_are_decoded() -> None:
    data = (ENGLISH.encode() * 1_000_000)[:50_000_000].rsplit(b"\n", 1)[0]
    text, _ = decode(data)
    assert text.startswith(ENGLISH)
    assert len(text) == len(data.decode())
