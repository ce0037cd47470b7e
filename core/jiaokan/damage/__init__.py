"""The kinds of damage, one module each, all with the same face: ``find(text, survey) -> list[Repair]``."""
