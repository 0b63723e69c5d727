"""How the questions of a template look on the card, before anybody asks them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from registry import additions
from registry.fields import in_words
from registry.i18n import _
from registry.profiles.definition import Template
from registry.profiles.fields import Version
from registry.profiles.fields import additions as added_by
from ui.card.blocks import Part, sections
from ui.card.form import Form
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import label


class PreviewForm(Form):
    """The inputs of the template's questions alone; what is typed goes nowhere."""

    def __init__(self, template: Template, desk: Desk, country: str) -> None:
        super().__init__(template.kind, desk)
        with additions.in_use(added_by([Version(template, active=True)])):
            self.fill({}, {}, {}, whole=True, post_country=country)

    def _divided(self) -> tuple[Part, ...]:
        asked = (s for s in sections(self._kind, self._session) if s.blocks[0].fields[0].asked is not None)
        return (Part("", tuple(asked)),)


class PreviewDialog(Dialog):
    """The form, to be tried out."""

    def __init__(self, template: Template, desk: Desk, country: str, parent: QWidget | None = None) -> None:
        super().__init__(in_words(template.titles) or _("Preview"), parent, width=560)
        self.body.addWidget(label(_("So it looks on the card. Try it out: nothing is kept."), "quiet", wrap=True))
        self.form = PreviewForm(template, desk, country)
        self.form.setMinimumHeight(460)
        self.body.addWidget(self.form, 1)
        self.add_main(_("Close")).clicked.connect(self.accept)
