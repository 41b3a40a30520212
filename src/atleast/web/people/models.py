"""What is kept to find people and words: numbers only, and sealed words. Nothing here can be read without the key."""

from typing import ClassVar

from django.db import models

from atleast.web.house.models import Case


class Word(models.Model):
    """A word that stands somewhere in a case, once: its number says nothing, the word itself is sealed."""

    pk = models.CompositePrimaryKey("case", "word")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    word = models.BigIntegerField()
    sealed = models.BinaryField()


class Spelling(models.Model):
    """A key under which a word is found, as `atleast.lexicon.spellings` makes them; blind."""

    pk = models.CompositePrimaryKey("case", "key", "word")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField()
    word = models.BigIntegerField()


class Posting(models.Model):
    """That a word stands in the record of this number in the ledger: a mention, a claim or a report.

    There are more of these than of all else together, so they have no other index than their key, and the database
    does not look for the case of each; on SQLite the table is the tree of its key.
    """

    pk = models.CompositePrimaryKey("case", "word", "kind", "number")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    word = models.BigIntegerField()
    kind = models.SmallIntegerField()
    number = models.BigIntegerField()


class Indexed(models.Model):
    """A record that is in the index, with the numbers of its words, ascending, eight bytes each."""

    pk = models.CompositePrimaryKey("case", "number")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    kind = models.SmallIntegerField()
    words = models.BinaryField()


class Edition(models.Model):
    """By which edition of the tables the keys of a case were made."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    edition = models.CharField(max_length=16)


class Member(models.Model):
    """Which person a mention is of: both by the number in the ledger, the person by that of the first mention."""

    pk = models.CompositePrimaryKey("case", "number")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    person = models.BigIntegerField()
    place = models.BigIntegerField(null=True)
    station = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "person"], name="people_member_person"),
            models.Index(fields=["case", "place"], name="people_member_place"),
            models.Index(fields=["case", "station"], name="people_member_station"),
        ]


class Person(models.Model):
    """All mentions that people judged to be of one person, as the list shows and filters them."""

    pk = models.CompositePrimaryKey("case", "number")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    # The id of the first mention: the person's address.
    name = models.CharField(max_length=64)
    mentions = models.IntegerField()
    named = models.BooleanField()
    minor = models.BooleanField()
    state = models.CharField(max_length=14)
    # What happened, a bit for each word of the vocabulary.
    what = models.BigIntegerField()
    # How the name sounds, blind; empty where it is too little to tell anybody apart.
    sound = models.BigIntegerField(null=True)
    first = models.DateTimeField()
    last = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-last", "-number"], name="people_person_last"),
            models.Index(fields=["case", "sound"], name="people_person_sound"),
        ]


class Verdict(models.Model):
    """What was decided last of two mentions that are not of one person; it stands here twice, once from either side."""

    pk = models.CompositePrimaryKey("case", "one", "other")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    # The persons of the two.
    person = models.BigIntegerField()
    with_person = models.BigIntegerField()
    # Empty where two things were decided at one moment.
    what = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "person", "with_person"], name="people_verdict_persons"),
        ]
