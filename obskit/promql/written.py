"""A query as its author wrote it: its tokens, variables, edits and places, worked out when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from obskit.promql.positions import Edit, Edited, apply
from obskit.promql.slots import Slot
from obskit.promql.tokens import Token, tokenize
from obskit.promql.variables import VariableUse

if TYPE_CHECKING:
    from promql_parser import Expr

    from obskit.promql.placed import Places


class Change(NamedTuple):
    """A variable at `text[start:end]`, of a string or for a duration, and what the parser read instead of it."""

    start: int
    end: int
    new: str
    name: str
    slot: Slot


class Written:
    """A text, what was changed in it before it was parsed, and the tree it became."""

    __slots__ = ("_changes", "_edited", "_places", "_tokens", "_variables", "_words", "ast", "text")

    def __init__(
        self,
        text: str,
        ast: Expr | None = None,
        changes: tuple[Change, ...] = (),
        edited: Edited | None = None,
        tokens: tuple[Token, ...] | None = None,
        variables: tuple[VariableUse, ...] | None = None,
        words: tuple[Token, ...] | None = None,
    ) -> None:
        self.text = text
        self.ast = ast
        self._changes = changes
        self._edited = edited
        self._tokens = tokens
        self._variables = variables
        self._words = words
        self._places: Places | None = None

    @property
    def edited(self) -> Edited:
        """What the parser was given, and the way back."""
        if self._edited is None:
            edits = [Edit(start=start, end=end, new=new, variables=(name,)) for start, end, new, name, _ in self._changes]
            self._edited = apply(self.text, edits)
        return self._edited

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the text, comments included."""
        if self._tokens is None:
            self._tokens = tokenize(self.text)
        return self._tokens

    @property
    def variables(self) -> tuple[VariableUse, ...]:
        """The variables in the text, in source order."""
        if self._variables is None:
            self._variables = tuple([VariableUse(name=name, span=(start, end), slot=slot) for start, end, _, name, slot in self._changes])
        return self._variables

    @property
    def words(self) -> tuple[Token, ...]:
        """The tokens of the edited text, without comments."""
        if self._words is None:
            self._words = tuple([token for token in tokenize(self.edited.text) if token.kind != "comment"])
        return self._words

    @property
    def places(self) -> Places:
        """Where the parts of the tree stand in the text."""
        if self._places is None:
            from obskit.promql.placed import Places  # only who points at something pays for it

            self._places = Places(self, self.ast)
        return self._places
