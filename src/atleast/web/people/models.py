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
    """That a word stands in the record of this number in the ledger: a mention, a claim or a report."""

    pk = models.CompositePrimaryKey("case", "number", "word")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    word = models.BigIntegerField()
    kind = models.SmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "word", "kind", "number"], name="people_posting_word")]


class Edition(models.Model):
    """By which edition of the tables the keys of a case were made."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    edition = models.CharField(max_length=16)
