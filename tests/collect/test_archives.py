"""A zip is a folder of files, and an evil one is told, not unpacked."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from atleast import collect
from atleast.collect import archives
from atleast.collect.archives import Limits, Member, members
from atleast.model import Claim, Record, Report, Trouble, Unreadable, encode

BREE = "Police detained 12 people in Bree on Saturday, the Prancing Pony reported. Four were let go."


def zipped(files: dict[str, bytes | str], *, flags: dict[str, int] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (flags or {}).get(name, stat.S_IFREG | 0o600) << 16
            archive.writestr(info, data)
    return made.getvalue()


def held(data: bytes, limits: Limits | None = None) -> list[Member | Trouble]:
    return list(members(io.BytesIO(data), "night.zip", limits))


def told(data: bytes, limits: Limits | None = None) -> Trouble:
    (trouble,) = held(data, limits)
    assert isinstance(trouble, Trouble)
    return trouble


def uploaded(data: bytes, name: str = "night.zip") -> list[Record | Trouble]:
    return list(collect.uploaded(name, data))


def test_a_zip_is_read_like_a_folder_from_a_path_and_from_memory(tmp_path: Path) -> None:
    data = zipped({"b.txt": BREE, "a/c.html": f"<html><body><p>{BREE}</p></body></html>", "README.md": "no", ".x.txt": "no"})
    (tmp_path / "night.zip").write_bytes(data)

    here, there = list(collect.reports([tmp_path])), uploaded(data)

    assert [r.id for r in there if isinstance(r, Report)] == ["c", "b"]
    assert [r for r in here if isinstance(r, Report)] == [r for r in there if isinstance(r, Report)]


def test_the_wire_form_in_a_zip_passes_through() -> None:
    claim = Claim("c1", "r1", "12 people", 0, 9, low=12, high=12)

    assert uploaded(zipped({"claims.jsonl": encode(claim)})) == [claim]


def test_one_uploaded_file_becomes_what_its_path_would(tmp_path: Path) -> None:
    (tmp_path / "bree.txt").write_text(BREE, "utf-8")

    assert uploaded(BREE.encode(), "C:\\users\\frodo\\bree.txt") == list(collect.reports([tmp_path / "bree.txt"]))


@pytest.mark.parametrize("name", ["../bree.txt", "a/../../bree.txt", "/etc/bree.txt", "C:\\bree.txt", "..\\bree.txt"])
def test_a_name_that_leads_out_is_refused_and_named(name: str) -> None:
    trouble = told(zipped({name: BREE}))

    assert trouble.what == "a name that leads out of the zip"
    assert "bree.txt" in trouble.where


def test_a_link_is_refused() -> None:
    assert "link" in told(zipped({"passwd.txt": "/etc/passwd"}, flags={"passwd.txt": stat.S_IFLNK | 0o777})).what


def test_an_archive_in_an_archive_is_refused_and_the_rest_is_read() -> None:
    nested, report = uploaded(zipped({"a.zip": zipped({"b.txt": BREE}), "c.txt": BREE}))

    assert isinstance(nested, Trouble) and nested.what == "an archive within an archive" and nested.where == "night.zip/a.zip"
    assert isinstance(report, Report)


def test_a_bomb_is_told_by_its_ratio_before_it_is_unpacked() -> None:
    trouble = told(zipped({"bomb.txt": b"\0" * 3_000_000}))

    assert "bomb" in trouble.what and trouble.where == "night.zip/bomb.txt" and trouble.value.startswith("1 to ")


def test_a_member_larger_than_allowed_is_refused_by_name() -> None:
    trouble = told(zipped({"big.txt": os.urandom(3_000_000)}), Limits(member=2_000_000))

    assert (trouble.what, trouble.value) == ("larger than 2 MB", "3,000,000 bytes")


def test_too_many_files_or_too_much_in_all_is_refused_whole() -> None:
    with pytest.raises(Unreadable, match="more than 3 files"):
        held(zipped({f"{n}.txt": BREE for n in range(4)}), Limits(members=3))
    with pytest.raises(Unreadable, match="more than 2 MB"):
        held(zipped({f"{n}.txt": os.urandom(1_000_000) for n in range(3)}), Limits(unpacked=2_000_000))


def test_a_member_that_lies_about_its_size_is_read_no_further_than_it_says() -> None:
    data = bytearray(zipped({"liar.txt": b"a" * 900_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    trouble = told(bytes(data))

    assert "broken" in trouble.what


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(zipped({"list.txt": BREE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1

    assert told(bytes(data)).what == "encrypted"


@pytest.mark.parametrize(("encoding", "name"), [("cp866", "список.txt"), ("utf-8", "список.txt"), ("cp437", "café.txt")])
def test_names_in_old_encodings_are_put_right(encoding: str, name: str) -> None:
    stand_in = "x" * len(name.encode(encoding))
    data = zipped({stand_in: BREE}).replace(stand_in.encode(), name.encode(encoding))
    (member,) = held(data)

    assert isinstance(member, Member) and member.name == name


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", zipped({"a.txt": BREE})[:-10], b"\x00" * 100])
def test_a_broken_zip_is_told_and_does_not_stop_the_rest(data: bytes) -> None:
    (trouble,) = uploaded(data)

    assert isinstance(trouble, Trouble) and "broken zip" in trouble.what and trouble.where == "night.zip"


def test_an_empty_zip_is_told() -> None:
    assert [str(t) for t in uploaded(zipped({}))] == ["night.zip: nothing to read in this zip"]


def test_the_limits_are_named() -> None:
    assert Limits() == (archives.MOST_MEMBERS, archives.MOST_UNPACKED, archives.LARGEST_MEMBER, archives.MOST_RATIO)
