"""Jiaokan's engine: find the damage in a Chinese text and undo it, with the evidence for every repair.

The way of the data, one module a step::

    bytes ─decoding─▶ raw text ─survey─▶ evidence
                         │                  │
                         └─ paragraph by paragraph: damage/* ─▶ repairs ─▶ repaired text ─▶ outline

No module of this package imports Qt.
"""
