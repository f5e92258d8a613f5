"""Reads XLSForm logic into a tree.

Grammar, loosest binding first (that of XPath 1.0): ``or`` · ``and`` · ``= !=`` · ``< <= > >=`` · ``+ -`` ·
``* div mod`` · unary ``-`` · operands. Operands: numbers, strings in ``'`` or ``"`` (no escapes), ``${name}``
(an answer), ``.`` (the answer being checked), a bare word (a column of the choice being filtered, ``name``
for the choice itself), ``function(...)`` and parentheses. ``or``, ``and``, ``+`` and ``*`` take any number
of operands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from consultations.instrument import patterns
from consultations.instrument.pattern_reader import PatternError
from consultations.instrument.tree import (
    BINDING,
    CHAINED,
    FUNCTIONS,
    Answer,
    Apply,
    Attribute,
    Expression,
    Literal,
    LogicError,
    This,
)

MAX_SOURCE = 4000
MAX_NESTING = 40
MAX_HEIGHT = 60

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n\u00a0]+)
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<string>'[^']*'|"[^"]*")
    |(?P<answer>\$\{[ ]*[A-Za-z_][A-Za-z0-9_.-]*[ ]*\})
    |(?P<word>[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)
    |(?P<symbol>!=|<=|>=|[=<>+*(),.-])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    position: int


def _tokens(source: str) -> Iterator[Token]:
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _unreadable(source, position)
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "", match.group(), position)
        position = match.end()
    yield Token("end", "", position)


def _unreadable(source: str, position: int) -> LogicError:
    """Why no token starts here: the commonest slips have their own code."""
    character = source[position]
    if character in "'\"":
        return LogicError("unclosed_string", position)
    if character == "$":
        return LogicError("bad_reference", position)
    if character in "‘’“”´`":
        return LogicError("curly_quote", position, character=character)
    return LogicError("unexpected_character", position, character=character)


class _Parser:
    def __init__(self, source: str) -> None:
        self._tokens = list(_tokens(source))
        self._next = 0
        self._nesting = 0

    def whole(self) -> Expression:
        expression = self._expression(1)
        if self._token.kind != "end":
            raise self._expected("operator")
        return expression

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _advance(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _expected(self, what: str) -> LogicError:
        return LogicError("expected", self._token.position, expected=what, found=self._token.text)

    def _expression(self, floor: int) -> Expression:
        """Precedence climbing: operators that bind at least as tightly as ``floor``."""
        left = self._operand()
        while (operator := self._operator()) and BINDING[operator] >= floor:
            position = self._token.position
            operands = [left]
            while self._operator() == operator:
                self._advance()
                operands.append(self._expression(BINDING[operator] + 1))
                if operator not in CHAINED:
                    break
            left = Apply(operator, tuple(operands), position)
        return left

    def _operator(self) -> str:
        token = self._token
        return token.text if token.kind in ("symbol", "word") and token.text in BINDING else ""

    def _operand(self) -> Expression:
        token = self._token
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise LogicError("too_deep", token.position, most=MAX_NESTING)
        reader = _OPERANDS.get(token.kind)
        expression = reader(self, self._advance()) if reader else self._symbol()
        self._nesting -= 1
        return expression

    def number(self, token: Token) -> Expression:
        value = float(token.text)
        if not math.isfinite(value):
            raise LogicError("number_too_large", token.position)
        return Literal(value, token.position)

    def string(self, token: Token) -> Expression:
        return Literal(token.text[1:-1], token.position)

    def answer(self, token: Token) -> Expression:
        return Answer(token.text[2:-1].strip(), token.position)

    def word(self, token: Token) -> Expression:
        if self._token.text == "(":
            return self._call(token)
        if token.text in BINDING:
            raise LogicError("expected", token.position, expected="operand", found=token.text)
        return Attribute(token.text, token.position)

    def _symbol(self) -> Expression:
        token = self._token
        if token.text == "." and token.kind == "symbol":
            return This(self._advance().position)
        if token.text == "-" and token.kind == "symbol":
            self._advance()
            return Apply("neg", (self._operand(),), token.position)
        if token.text != "(" or token.kind != "symbol":
            raise self._expected("operand")
        self._advance()
        inside = self._expression(1)
        self._close()
        return inside

    def _close(self) -> None:
        if self._token.text != ")":
            raise self._expected(")")
        self._advance()

    def _call(self, name: Token) -> Expression:
        signature = FUNCTIONS.get(name.text)
        if signature is None:
            raise LogicError("unknown_function", name.position, name=name.text)
        self._advance()
        operands = self._arguments()
        if len(operands) < signature.least or (signature.most is not None and len(operands) > signature.most):
            raise LogicError("argument_count", name.position, name=name.text, found=len(operands))
        if name.text == "regex":
            _check_pattern(operands[1])
        return Apply(name.text, operands, name.position)

    def _arguments(self) -> tuple[Expression, ...]:
        operands: list[Expression] = []
        if self._token.text != ")":
            operands.append(self._expression(1))
            while self._token.text == ",":
                self._advance()
                operands.append(self._expression(1))
        self._close()
        return tuple(operands)


_OPERANDS: dict[str, Callable[[_Parser, Token], Expression]] = {
    "number": _Parser.number,
    "string": _Parser.string,
    "answer": _Parser.answer,
    "word": _Parser.word,
}


def _check_pattern(pattern: Expression) -> None:
    """A pattern is written out, so that it is checked when the rule is read and not when someone answers."""
    if not (isinstance(pattern, Literal) and isinstance(pattern.value, str)):
        raise LogicError("regex_not_literal", pattern.position)
    try:
        patterns.automaton(pattern.value)
    except PatternError as error:
        place = pattern.position + 1 + error.position
        raise LogicError("bad_pattern", place, reason=error.code) from None


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """The tree of an expression. Raises :class:`LogicError` with the position of the first fault."""
    if len(source) > MAX_SOURCE:
        raise LogicError("too_long", MAX_SOURCE, most=MAX_SOURCE)
    if not source.strip():
        raise LogicError("empty", 0)
    expression = _Parser(source).whole()
    if _height(expression) > MAX_HEIGHT:
        raise LogicError("too_deep", 0, most=MAX_HEIGHT)
    return expression


def _height(expression: Expression) -> int:
    """Without recursion: this runs on trees not yet known to be shallow."""
    tallest, waiting = 0, [(expression, 1)]
    while waiting:
        part, height = waiting.pop()
        tallest = max(tallest, height)
        if isinstance(part, Apply):
            waiting.extend((operand, height + 1) for operand in part.operands)
    return tallest
