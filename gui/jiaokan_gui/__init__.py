"""Jiaokan's window: a damaged Chinese text and the repaired one, side by side.

What shows and what is shown are kept apart::

    worker_process ─messages─▶ worker ─▶ document ─signals─▶ collation_view, outline_dock, overview_strip, legend, status
    (no Qt, the engine)                  (what is known)      (what is drawn)

The window's own process never reads, decodes or repairs a file; it lays out the rows that are on screen.
"""
