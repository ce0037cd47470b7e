"""The kinds of damage, one module each, all with the same face.

``gather(text)`` takes from the whole document what only the whole can tell (where the kind needs any of it), and
``find(text, evidence)`` returns the repairs of one paragraph, in order, offsets in code points of the paragraph.
"""
