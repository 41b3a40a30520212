"""Readers beside the rules, each asked for by name and off by default: a language model, a finder of Russian names.

A `Reader` takes a report and gives a Reading; `joined(rules, other, reader)` is what both together are worth.
`ModelReader` asks an endpoint that speaks OpenAI's protocol (Ollama, vLLM, a llama.cpp server): it points at words, and
all values are computed here. `NamesReader` rests on natasha, the extra `ru-ner`. Only `endpoint` knows the network.
"""

from .agreement import Reader, joined
from .endpoint import Endpoint
from .llm import ModelReader, answers_folder
from .names import NamesReader, natasha
from .spans import Pointed, grounded

__all__ = [
    "Endpoint",
    "ModelReader",
    "NamesReader",
    "Pointed",
    "Reader",
    "answers_folder",
    "grounded",
    "joined",
    "natasha",
]
