"""A forward model of the damage: clean text goes in, damaged text and what a perfect repair gives come out.

The tests need damage whose undamaged form is known. Every function here is pure; chance comes in as a seeded
``random.Random``. One module, one step of the model::

    clean ─script─▶ Traditional ─annotation─▶ GBK with readings ─stream─▶ pieces ─charset─▶ characters ─crawler─▶ raw

``mirror`` composes them; ``alone`` makes each kind of damage by itself; ``encodings`` makes mojibake and broken files.
Needs ``pypinyin`` (readings) and ``opencc`` (its tables of characters).
"""
