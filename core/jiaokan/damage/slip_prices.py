"""What it costs, in nats, to read a stretch of text in one way or another: the events of a slip, and the characters.

A cost is a negative natural logarithm of a probability; the reading with the least total is the likeliest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# The events: read off how often they happen (about one slip in 1,000 characters) and how plainly they show.
ENTER_AT_CUT = 3.0  # a loss mark before ， 。 ！ ？ ； 、
ENTER_AT_MARK = 6.0  # another loss mark
ENTER_AT_STRAY = 3.0  # a loss mark before the byte that brings the reader back into step at once
ENTER_AT_READING = 2.0  # a loss mark, and a reading that names the character struck
ENTER_UNSEEN_AT_READING = 5.0  # the same, the loss mark dropped
ENTER_UNSEEN_AT_CUT = 9.0
ENTER_UNSEEN = 14.0  # a byte lost, and nothing shows it
ENTER_INSERTED = 19.0  # a byte inserted
LEAVE_AT_MARK = 2.0
LEAVE_UNSEEN = 9.0
# The same in a document whose decoder dropped dangling bytes without a mark.
ENTER_DROPPED = 4.0
LEAVE_DROPPED = 3.0
ENTER_AT_ODD_MARK = 14.0  # and yet it shows a mark
SWALLOWED = 5.0  # the loss mark swallowed a character that nothing names
LETTER_PAIRED = 2.0  # an ASCII letter behind the slip was read as a trail byte
# A pair that spells no character, or a private one, was dropped: where readers drop them, that is what must happen.
PAIR_DROPPED = 0.5
READING_MISFIT = 12.0  # an annotation behind a character that has no such reading
READING_FIT = -4.0
READING_HEADLESS = 8.0  # a reading whose opening parenthesis just went
TAG_HEADLESS = 8.0  # a tag whose '<' just went
UNPAIRED = 4.0  # a quotation mark that opens where one is open
UNOPENED = 2.0  # a quotation mark that closes where none is open: it may have been opened in an earlier paragraph
DOUBLED = 4.0  # the same mark twice
TERM_WITH_END = 3.5  # 。 before ” where a term is quoted, not speech
ODD_WIDTH = 8.0  # a full-width letter, digit or sign that Chinese text hardly has
ODD_QUOTE = 5.0  # a quotation mark of the kind that the document does not use
UNANNOTATED = 4.0  # a character without the annotation that it has everywhere else


@dataclass(frozen=True, slots=True)
class Prices:
    """What the characters of the intended text cost.

    Attributes:
        conditional: ln P of a character given two before it (all folded), by the language model.
        kept: The same for a character that stands in the raw text: it must not count as a witness for itself.
        fold: Folds one character for the model.
        foreign: The extra cost of a character for its script in this document.
        annotated: The characters that the document annotates everywhere, each with its reading.
        drops_pairs: Whether pairs that spell nothing were dropped; elsewhere they show as private-use characters.
        enter_at_mark: The cost of falling out of step at a loss mark that nothing else supports.
        enter_unseen_at_cut: The cost of falling out of step before a mark at which the stream was cut.
        leave_unseen: The cost of a dangling byte that left no mark.
    """

    conditional: Callable[[str, str, str], float]
    kept: Callable[[str, str, str], float]
    fold: Callable[[str], str]
    foreign: Callable[[str], float]
    annotated: Mapping[str, str]
    drops_pairs: bool = True
    enter_at_mark: float = ENTER_AT_MARK
    enter_unseen_at_cut: float = ENTER_UNSEEN_AT_CUT
    leave_unseen: float = LEAVE_UNSEEN
