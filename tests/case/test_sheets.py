"""What the rows of a sheet say is all that it says: no reader reads its text again."""

from pathlib import Path

from atleast import case

LIST = "Name;City;Date;Note\nFlavia Elphberg;Perm;04.05.2031;police detained 40 people there\nRupert Hentzau;Perm;04.05.2031;\n"


def test_a_remark_in_a_list_of_people_becomes_no_claim(tmp_path: Path) -> None:
    (tmp_path / "night.csv").write_text(LIST, "utf-8")
    plain, again = case.read([tmp_path]), case.read([tmp_path], again=True)

    for reading in (plain, again):
        assert [mention.name for mention in reading.mentions] == ["Flavia Elphberg", "Rupert Hentzau"]
        assert not reading.claims
