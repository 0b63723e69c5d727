"""What the answers on duplicates teach: its effect on the queue is shown before anybody lets it count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from registry.access import Right
from registry.changes import Outcome
from registry.commands import UseAnswers
from registry.errors import RegistryError
from registry.formats import number, tenths
from registry.i18n import _, ngettext
from registry.matching.judging import ENOUGH, OF_EITHER, Effect, Taught
from registry.queries import WeighAnswers
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import button, label
from ui.widgets.summary import Banner, Counts

#: Likenesses that are named, the most changed.
_NAMED = 6


class AnswersDialog(Dialog):
    """How many answers there are, what would become of the queue, and the button that lets them count.

    Attributes:
        main: lets what is shown count.
        back: goes back to what the records teach alone.
    """

    def __init__(self, desk: Desk, kind: str, parent: QWidget) -> None:
        super().__init__(_("What the answers teach"), parent, width=760)
        self._desk, self._kind = desk, kind
        self._weights: Mapping[str, float] = {}
        self.said = label(_("One moment…"), wrap=True)
        self.body.addWidget(self.said)
        self._counts = Counts()
        self._counts.hide()
        self.body.addWidget(self._counts)
        self.taught = label(wrap=True)
        self.named = label(role="quiet", wrap=True)
        self.state = label(role="quiet", wrap=True)
        for one in (self.taught, self.named, self.state):
            one.hide()
            self.body.addWidget(one)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.body.addStretch(1)
        self.back = button(_("Without any answer"), lambda: self._use({}))
        self.buttons.insertWidget(0, self.back)
        self.add_cancel()
        self.main = self.add_main(_("Let them count"))
        self.main.clicked.connect(lambda: self._use(self._weights))
        self.back.setEnabled(False)
        self.main.setEnabled(False)
        task = desk.read(WeighAnswers(kind), self._show, self._fail, title=_("Weighing the answers"), key="answers")
        self.rejected.connect(task.cancel)

    def _show(self, effect: Effect) -> None:
        taught = effect.taught
        self.said.setText(_answers(effect))
        if taught is not None:
            self._show_taught(taught)
        may = self._desk.may(Right.SETTINGS)
        unused = _("So far no answer counts: the records alone teach it.")
        said = [_("Answers count already.") if effect.used else unused]
        if not may:
            said.append(_("An administrator decides whether they count."))
        self.state.setText(" ".join(said))
        self.state.show()
        self._weights = taught.weights if taught is not None else {}
        self.main.setEnabled(may and bool(self._weights))
        self.back.setEnabled(may and effect.used)

    def _show_taught(self, taught: Taught) -> None:
        self._counts.show_counts(
            (
                (taught.appear, _("would be added"), "add_circle", "accent_text"),
                (taught.vanish, _("would leave"), "do_not_disturb_on", "accent_text"),
                (taught.rise, _("would be likelier"), "arrow_upward", "accent_text"),
                (taught.fall, _("would be less likely"), "arrow_downward", "accent_text"),
            )
        )
        self._counts.show()
        self.taught.setText(
            ngettext(
                "That is of {count} pair in the queue. As it weighs now, the program would have given {before} of "
                "these answers itself, then {after}.",
                "That is of {count} pairs in the queue. As it weighs now, the program would have given {before} of "
                "these answers itself, then {after}.",
                taught.pairs,
                before=number(taught.right_before),
                after=number(taught.right_after),
            )
        )
        self.taught.show()
        times = (
            _("{likeness}: {times} times", likeness=words, times=tenths(round(by * 10)))
            for words, by in taught.changed[:_NAMED]
        )
        if listed := ", ".join(times):
            self.named.setText(_("What would count more or less: {likenesses}.", likenesses=listed))
            self.named.show()

    def _use(self, weights: Mapping[str, float]) -> None:
        self._trouble.say("", "danger")
        self.back.setEnabled(False)
        self.main.setEnabled(False)
        command = UseAnswers(weights, self._kind)
        self._desk.execute(command, self._used, self._fail, title=_("Weighing the pairs"), on_cancelled=self.reject)

    def _used(self, outcome: Outcome[int]) -> None:
        words = ngettext("{count} pair is weighed anew.", "{count} pairs are weighed anew.", outcome.value)
        self._desk.say(words, "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._trouble.say(str(error), "danger")


def _answers(effect: Effect) -> str:
    """How many there are, and whether they are enough."""
    words = _(
        "Answers so far: {same} “the same”, {apart} “not the same”.",
        same=number(effect.same),
        apart=number(effect.apart),
    )
    if effect.taught is None:
        more = _("To learn from them takes {enough}, and at least {least} of each.", enough=ENOUGH, least=OF_EITHER)
        return f"{words} {more}"
    return words
