"""The logic of a questionnaire: read, computed, and put into words. The one door to it.

What expressions mean, in Python and in the browser alike:

Values are text, numbers (floating point), true or false, and lists of choice names. No answer is the blank
text ``''``; a list stands for its names with spaces between them.

- As truth: blank text, an empty list, 0 and not-a-number are false; everything else is true.
- As a number: text in plain digits (``-12.5``) is that number; a real date (``2026-03-31``) is its number of
  days since 1970-01-01; true is 1, false is 0; all other text, blank above all, is not-a-number.
- As text: numbers in plain digits without exponent (``3``, ``0.25``); truth is ``true`` or ``false``.
- ``=`` and ``!=``: by truth when a side is true or false; else by number when a side is a number; else by
  text.
- ``< <= > >=`` and arithmetic work on numbers. Not-a-number makes every comparison but ``!=`` false, and
  every sum not-a-number: an unanswered question satisfies no bound.
- ``div`` by zero is infinite or not-a-number; ``mod`` has the sign of its left side; ``round(x, places)``
  rounds halves up; ``int`` cuts towards zero; ``min`` and ``max`` of anything not-a-number are that.
- ``selected(list, name)``, ``count-selected(list)``, ``selected-at(list, n)`` (from 0, blank beyond the end)
  also take text, whose words (by single spaces) they count as names.
- ``coalesce`` gives its first operand that is not blank; ``string-length`` counts Unicode characters.
- ``regex(text, 'pattern')`` matches the whole text; ``patterns.py`` says which patterns are taken.
- ``today()`` is a date as text; ``date(text)`` is that text when it is a real date, else blank.
"""

from consultations.instrument.evaluation import Value, evaluate, truth
from consultations.instrument.parser import parse
from consultations.instrument.tree import Expression, LogicError, names, to_json, to_source
from consultations.instrument.wording import in_words

__all__ = [
    "Expression",
    "LogicError",
    "Value",
    "evaluate",
    "in_words",
    "names",
    "parse",
    "to_json",
    "to_source",
    "truth",
]
