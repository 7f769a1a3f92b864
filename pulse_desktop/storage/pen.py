"""The signing key of the person who is signed in, which is not at hand: password or PIN bring it for one signature.

    pen.lend(keys)                 # the password was right: these keys may sign once
    pen.set_pin(keys, "274915")    # from now on the key lies here too, wrapped under the PIN, in memory only
    pen.open_with("274915")        # as `lend`; five wrong tries and the wrapped key is gone
    context.sign(message)          # the one signature; the next asks anew

What was lent belongs to the first operation that signs with it. A command that has to set out again (a server that did
not answer) signs again under the same operation; any other is refused. Signing out drops everything, and so does the end
of the program: nothing of this is ever written to disk.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from secrets import token_bytes
from typing import Final

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage import keys
from pulse_desktop.storage.keys import PersonalKeys
from pulse_desktop.storage.pins import check_new_pin
from pulse_desktop.storage.vault import Kdf

TRIES: Final = 5
_LENT_FOR = 300.0  # seconds: a question about twenty minutes may stand between the password and the signature

register_sentences(
    {
        "not_proved": N_("Nothing was signed: type your password or PIN again. The draft is kept."),
        "pin_gone": N_("There is no PIN at this seat. Sign with your password; then you can choose one."),
    }
)


@dataclass(slots=True)
class _Wrapped:
    """The keys under the PIN, and how many wrong tries are left."""

    content: bytes
    salt: bytes
    nonce: bytes
    kdf: Kdf
    left: int = TRIES


class Pen:
    """Signs for one person at one seat, once for each time they said who they are."""

    def __init__(self, public_key: bytes, *, weak: bool = False) -> None:
        self.public_key = public_key
        self._kdf = keys.WEAK_FOR_TESTS if weak else keys.STANDARD
        self._turn = threading.Lock()
        self._lent: PersonalKeys | None = None
        self._until = 0.0
        self._operation = ""
        self._wrapped: _Wrapped | None = None
        self._is_dropped = False

    def __repr__(self) -> str:
        return "Pen(…)"

    @property
    def has_pin(self) -> bool:
        """A PIN opens the key at this seat."""
        return self._wrapped is not None

    @property
    def tries_left(self) -> int:
        """Wrong PINs that are still forgiven."""
        return self._wrapped.left if self._wrapped is not None else 0

    def lend(self, own: PersonalKeys) -> None:
        """These keys, which a right password has just opened, may sign once."""
        if own.public_key != self.public_key:
            raise Refusal("not_proved")
        with self._turn:
            self._lent, self._until, self._operation = own, time.monotonic() + _LENT_FOR, ""

    def set_pin(self, own: PersonalKeys, pin: str, known: tuple[str, ...] = ()) -> None:
        """Wraps the keys under this PIN. `known` are digits anybody could guess of this person. Raises Refusal("pin_…")."""
        check_new_pin(pin, known)
        wrapped = _Wrapped(b"", token_bytes(16), token_bytes(keys.NONCE_BYTES), self._kdf)
        wrapped.content = own.wrapped(self._key_of(pin, wrapped), wrapped.nonce, self._bound_to(wrapped))
        self._wrapped = wrapped

    def open_with(self, pin: str) -> bool:
        """Whether this is the PIN; then the key may sign once. The fifth wrong one takes the PIN away. Refusal("pin_gone")."""
        with self._turn:
            wrapped = self._wrapped
            if wrapped is None:
                raise Refusal("pin_gone")
            wrapped.left -= 1  # before the try, so that many at once do not try more often
            if wrapped.left == 0:
                self._wrapped = None
        own = PersonalKeys.unwrapped(wrapped.content, self._key_of(pin, wrapped), wrapped.nonce, self._bound_to(wrapped))
        if own is None:
            return False
        with self._turn:
            if self._is_dropped:  # signed out while the PIN was tried
                return False
            wrapped.left, self._wrapped = TRIES, wrapped
        self.lend(own)
        return True

    def sign(self, message: bytes, operation: str = "") -> bytes:
        """The signature, once. Raises Refusal("not_proved") when neither password nor PIN was given for it."""
        with self._turn:
            if self._lent is None or time.monotonic() > self._until or self._operation not in {"", operation}:
                self._lent = None
                raise Refusal("not_proved")
            self._operation = operation
            return self._lent.sign(message)

    def spend(self, operation: str) -> None:
        """The operation is in the file: what was lent for it is given back."""
        if self._operation == operation:
            self.lay_down()

    def lay_down(self) -> None:
        """What was lent and not used is given back: the seat is locked."""
        with self._turn:
            self._lent, self._operation = None, ""

    def drop(self) -> None:
        """Signing out: nothing is left here that could sign."""
        self.lay_down()
        with self._turn:
            self._wrapped, self._is_dropped = None, True

    def _key_of(self, pin: str, wrapped: _Wrapped) -> bytes:
        return keys.wrapping_key(pin.encode("utf-8", "surrogatepass"), wrapped.salt, wrapped.kdf)

    def _bound_to(self, wrapped: _Wrapped) -> bytes:
        return b"pulse/pin/1" + wrapped.salt + self.public_key

