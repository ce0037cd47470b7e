"""Write the model's file.

Layout, little-endian: 16 bytes of magic, the length of the header (uint32), the header (JSON: ``description``, and
``sections`` = name → [type of ``struct``, offset, bytes]), then the sections, each on a multiple of 8 bytes:

- ``fold_from``, ``fold_to``: code points that fold to something else than their class says.
- ``characters``: the code points, by index; ``class_sizes``: ln of how many characters share the index.
- ``unigram``, ``unigram_backoff``: natural logarithms, by index.
- ``bigram_start``: by first character (and one more), where its bigrams begin; ``bigram_character`` (sorted within each
  range), ``bigram`` and ``bigram_backoff`` (places in ``bigram_values`` and ``backoff_values``).
- ``trigram_base[i // 64] + trigram_offset[i]``: where the trigrams of the i-th bigram begin (there is one offset more
  than bigrams); ``trigram_character`` (sorted within each range), ``trigram`` (places in ``trigram_values``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from jiaokan.language_model import MAGIC, OFFSET_BLOCK

from language_model_build.counting import BITS, Amounts
from language_model_build.smoothing import Tables

_ALIGNMENT = 8


def quantised(values: Amounts) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """Return 256 values in equal steps over the range of ``values``, and for each of these the nearest one's place."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    book = np.linspace(low, high, 256)
    step = (high - low) / 255 or 1.0
    return book.astype(np.float32), np.rint((values - low) / step).astype(np.uint8)


def sections(
    tables: Tables, characters: list[str], sizes: dict[str, float], fold: dict[int, int]
) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of the file by name."""
    mask = (1 << BITS) - 1
    bigram_values, bigram = quantised(tables.bigram)
    backoff_values, bigram_backoff = quantised(tables.bigram_backoff)
    trigram_values, trigram = quantised(tables.trigram)
    count = len(tables.bigram_keys)
    starts = np.searchsorted(tables.trigram_keys >> BITS, np.append(tables.bigram_keys, 1 << 3 * BITS))
    base = starts[::OFFSET_BLOCK]
    offsets = starts - base[np.arange(count + 1) // OFFSET_BLOCK]
    if offsets.max() > 0xFFFF:
        raise ValueError("too many trigrams for 16-bit offsets")
    pairs = sorted(fold.items())
    return {
        "fold_from": np.array([source for source, _ in pairs], np.uint32),
        "fold_to": np.array([target for _, target in pairs], np.uint32),
        "characters": np.array([ord(character) for character in characters], np.uint32),
        "class_sizes": np.array([sizes.get(character, 0.0) for character in characters], np.float32),
        "unigram": tables.unigram.astype(np.float32),
        "unigram_backoff": tables.unigram_backoff.astype(np.float32),
        "bigram_start": np.searchsorted(tables.bigram_keys >> BITS, np.arange(len(characters) + 1)).astype(np.uint32),
        "bigram_character": (tables.bigram_keys & mask).astype(np.uint16),
        "bigram": bigram,
        "bigram_backoff": bigram_backoff,
        "bigram_values": bigram_values,
        "backoff_values": backoff_values,
        "trigram_base": base.astype(np.uint32),
        "trigram_offset": offsets.astype(np.uint16),
        "trigram_character": (tables.trigram_keys & mask).astype(np.uint16),
        "trigram": trigram,
        "trigram_values": trigram_values,
    }


def write(file: Path, arrays: dict[str, npt.NDArray[Any]], description: dict[str, Any]) -> None:
    """Write the model's ``file``, whole or not at all."""
    size = len(_header(arrays, description, 1 << 30))
    start = len(MAGIC) + 4 + size
    start += -start % _ALIGNMENT
    header = _header(arrays, description, start).ljust(start - len(MAGIC) - 4)
    content = bytearray(MAGIC + len(header).to_bytes(4, "little") + header)
    for array in arrays.values():
        content += array.astype(array.dtype.newbyteorder("<")).tobytes()
        content += bytes(-len(content) % _ALIGNMENT)
    temporary = file.with_suffix(".part")
    temporary.write_bytes(content)
    temporary.replace(file)


def _header(arrays: dict[str, npt.NDArray[Any]], description: dict[str, Any], start: int) -> bytes:
    places: dict[str, list[str | int]] = {}
    for name, array in arrays.items():
        places[name] = [array.dtype.char, start, array.nbytes]
        start += array.nbytes + -array.nbytes % _ALIGNMENT
    return json.dumps({"description": description, "sections": places}, ensure_ascii=False).encode()
