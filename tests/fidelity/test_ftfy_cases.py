"""ftfy's own published cases, where they are to be had: see ``ftfy_cases``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fidelity.ftfy_cases import Case, NotToBeHad, cases, differences, exceptions


@pytest.fixture(scope="module")
def published() -> list[Case]:
    try:
        return cases()
    except NotToBeHad as reason:
        pytest.skip(f"no published cases of ftfy: {reason}")


def test_what_ftfy_repairs_is_repaired_and_what_it_leaves_alone_is_left_alone(published: list[Case]) -> None:
    assert [case.label for case in differences(published) if case.label not in exceptions()] == []


def test_every_exception_is_one(published: list[Case]) -> None:
    assert set(exceptions()) <= {case.label for case in differences(published)}


def test_what_is_to_be_left_alone_must_be_left_alone() -> None:
    assert Case("", "café", "café", "café", passes=True).as_ftfy()
    assert not Case("", "cafÃ© au lait", "cafÃ© au lait", "cafÃ© au lait", passes=True).as_ftfy()


def test_quotation_marks_may_stay_curly() -> None:
    assert Case("", "“cafÃ©” au lait", '"café" au lait', "“café” au lait", passes=True).as_ftfy()


def test_what_ftfy_cannot_do_either_does_not_count() -> None:
    assert not list(differences([Case("", "Ã", "à", "à", passes=False)]))


def test_without_a_registry_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nowhere"))
    with pytest.raises(NotToBeHad, match="cannot be downloaded"):
        cases(tmp_path)
