"""Under a signed note: who signed it, when and as what, and what was added later, each addition with its own signature."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time_full, full_day
from pulse_desktop.clinic.treatment.values import AmendmentLine, NoteView, SignatureBlock
from pulse_desktop.gui.forms.fields import ChoiceField, LongTextField, TextField
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph

KINDS: Final = {
    "addendum": N_("Addendum"),
    "correction": N_("Correction"),
    "late_entry": N_("Late entry"),
    "in_error": N_("Entered in error"),
}
_OF_ANYBODY: Final = ("addendum", "late_entry")


def signature_words(signature: SignatureBlock, practice: Practice) -> str:
    """Says "Signed by Lin Hua, L.Ac. on Nov 24, 2026 at 11:26 AM, NJ licence 25MZ00041200"."""
    at = practice.wall(signature.signed_at)
    said = _("Signed by {name} on {day} at {time}, {state} license {number}")
    return said.format(
        name=signature.signer, day=full_day(at.date()), time=clock_time_full(at), state=signature.licence_state,
        number=signature.licence_number,
    )  # fmt: skip


class SignatureCard(Card):
    """The signature block and the amendments. `save_asked`: as a file that can be checked elsewhere."""

    save_asked = Signal()

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._practice = practice
        self._content: QWidget | None = None

    def show_note(self, view: NoteView) -> None:
        """Show the block of this note; nothing for a draft."""
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        signature = view.signature
        if signature is not None:
            self._add_signature(column, signature)
            for line in view.amendments:
                self._add_amendment(column, line)
            save = Link(_("Save as a file to check"))
            save.clicked.connect(self.save_asked)
            column.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
            self.set_colours("raised", "line" if signature.is_valid else "cinnabar")
        self.body.addWidget(self._content)

    def _add_signature(self, column: QVBoxLayout, signature: SignatureBlock) -> None:
        words = signature_words(signature, self._practice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon("signature", "jade" if signature.is_valid else "cinnabar", 18))
        row.addWidget(Paragraph(words, weight=500), 1)
        column.addLayout(row)
        checked = _("Seal {hash}, unchanged since").format(hash=signature.short_hash)
        if not signature.is_valid:
            checked = _("This note was changed behind the program after it was signed. Seal {hash}.").format(
                hash=signature.short_hash
            )
        column.addWidget(Paragraph(checked, "secondary", "ink-soft" if signature.is_valid else "cinnabar"))
        self.setAccessibleName(f"{words}. {checked}")

    def _add_amendment(self, column: QVBoxLayout, line: AmendmentLine) -> None:
        block = QVBoxLayout()
        block.setSpacing(0)
        block.addWidget(Label(_(KINDS.get(line.kind, line.kind)), "secondary", "ink-soft", weight=500))
        if line.text:
            block.addWidget(Paragraph(line.text))
        if not line.signature.is_valid:
            block.addWidget(Paragraph(_("This addition was changed behind the program after it was signed."), "secondary", "cinnabar"))
        signed = signature_words(line.signature, self._practice)
        said = _("{reason}. {signed}").format(reason=line.reason.rstrip("."), signed=signed)
        block.addWidget(Paragraph(said, "secondary", "ink-soft" if line.signature.is_valid else "cinnabar"))
        column.addLayout(block)


class AmendmentForm(Card):
    """What is added under the signed note: kind, text, reason. `asked` when it is to be signed."""

    asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Add to this note"))
        self.kind = ChoiceField(_("What it is"))
        self.text = LongTextField(_("What is added"), lines=3)
        self.reason = TextField(_("Why"), hint=_("Kept with it"))
        self.add = Button(_("Sign this addition"), "primary", icon="signature")
        self.leave = Button(_("Leave it"), "quiet")
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.add)
        column = self.add_padded(self.kind, self.text, self.reason, gap=8)
        column.addLayout(row)
        self.add.clicked.connect(self.asked)
        self.leave.clicked.connect(self.left)

    def begin(self, *, is_author: bool) -> None:
        """Start empty. Corrections and "entered in error" are the author's own."""
        kinds = [(key, _(words)) for key, words in KINDS.items() if is_author or key in _OF_ANYBODY]
        self.kind.show_choices(kinds)
        self.text.set_value("")
        self.reason.set_value("")
        self.text.edit.setFocus()

    def refuse(self, field: str, words: str) -> None:
        """Say under the field why it cannot be added."""
        fields = {"kind": self.kind, "text": self.text, "reason": self.reason}
        fields.get(field, self.text).refuse(words)
