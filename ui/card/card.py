"""The card of one record beside its list: read it, edit it in place, see its history, add a new one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget

from registry import fields
from registry.access import Right
from registry.changes import Changes, Outcome
from registry.commands import AddRecord, DeleteRecords, EditRecord, RecordAdded
from registry.editing import defaults
from registry.errors import Conflict, Invalid, RegistryError
from registry.i18n import N_, _
from registry.queries import GetPhoto, GetRecord, GetSettings
from ui.card.banner import Banner
from ui.card.derived import derived
from ui.card.details import Details
from ui.card.foot import CardFoot
from ui.card.form import Form
from ui.card.header import CardHeader
from ui.card.reading import ReadingView
from ui.card.same import SameRecords
from ui.card.similar import SimilarRecordsPanel
from ui.card.tabs import CardTabs
from ui.card.zone import ZoneIntake
from ui.desk import Desk
from ui.registration.steps import CARD_STEPS, CardStep
from ui.widgets.empty import EmptyState
from ui.widgets.labels import column, line, row

if TYPE_CHECKING:
    from registry.records import Record

#: Where a new card begins.
_FIRST = {fields.PEOPLE: "full_name", fields.ASSOCIATIONS: "name"}
_NEW = {fields.PEOPLE: N_("New person"), fields.ASSOCIATIONS: N_("New association")}
UNSAVED = N_("This card has changes that are not saved.")


class RecordCard(QFrame):
    """One record, or one that is to be.

    Attributes:
        record_id: what it shows, 0 = a new one or nothing.
        editing: whether the inputs are shown.

    Signals:
        closed: the officer closed it.
        added: id of a record that was just registered.
    """

    closed = Signal()
    added = Signal(int)

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setMinimumWidth(400)
        self._desk, self._kind = desk, kind
        self.record_id = 0
        self.editing = False
        self._record: Record | None = None
        self._settings = self._know_post()
        self._whole = self._next_after_save = False
        editable = any(desk.session.edits(f) for f in fields.of(kind))
        self.header = CardHeader(
            editable=editable,
            deletable=desk.may(Right.EDIT),
            erasable=kind == fields.PEOPLE and desk.may(Right.ERASE),
            steps=CARD_STEPS if kind == fields.PEOPLE and desk.may(Right.EDIT) else (),
        )
        self.banner = Banner()
        self.tabs = CardTabs(desk, kind)
        self.reading = ReadingView(kind, desk.session)
        self.form = Form(kind, desk)
        self._foot = CardFoot()
        self.save_button = self._foot.save_button
        self.details = Details(desk, kind, self.reading, self.form, self._foot.aside)
        self.zone = ZoneIntake(self.form, self.banner, self._refill, self)
        self.same = SameRecords(desk, kind)
        self.similar = SimilarRecordsPanel(desk, kind, self.banner, self._forget)
        self.nothing = EmptyState()
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        if kind == fields.PEOPLE and desk.may(Right.PROTECTED) and self._settings.get("protected") == "on":
            self.header.offer_protected()

    def _know_post(self) -> Mapping[str, str]:
        """Where the post is; not asked of a worker, as a new card begins with the parts of its country's addresses."""
        try:
            return self._desk.registry.read(GetSettings())
        except RegistryError as error:
            self._desk.fail(error)
            return {}

    def _build(self) -> None:
        layout = column(self, spacing=0)
        layout.addWidget(self.header)
        beside = row()
        beside.setContentsMargins(20, 0, 20, 0)
        beside.addWidget(self.tabs, 1)  # the chosen one is bold, and so wider
        layout.addLayout(beside)
        layout.addWidget(line())
        for part in (self.banner, self.similar, self.same):
            layout.addWidget(part)
        for page in (self.details, *self.tabs.views, self.nothing):
            self._pages.addWidget(page)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self.header.edit_asked.connect(self.edit)
        self.header.delete_asked.connect(self._delete)
        self.header.close_asked.connect(self._close)
        self.header.erase_asked.connect(self._erase)
        self.header.protected_asked.connect(self._open_protected)
        self.header.document_asked.connect(self._ask_zone)
        self.header.step_asked.connect(self._take_step)
        self._foot.all_asked.connect(self._show_whole)
        self._foot.cancel_asked.connect(self._discard)
        self._foot.save_asked.connect(self.save)
        self.reading.edit_asked.connect(self.edit)
        self.tabs.currentChanged.connect(lambda _tab: self._show_page())
        self.form.edited.connect(self.banner.hide_passing)
        self.details.left.connect(self.save_button.setFocus)
        self.form.consent_asked.connect(self._ask_consent)
        # Queued: the field that said so is about to be made anew.
        self.form.zone_typed.connect(self._take_zone, Qt.ConnectionType.QueuedConnection)
        self.form.edited.connect(self._look_for_similar)
        for keys, action in (
            ("F2", self.edit),
            (QKeySequence.StandardKey.Save, self.save),
            ("Ctrl+Return", self._save_and_next),
            ("Ctrl+Enter", self._save_and_next),
            ("Ctrl+M", self._ask_zone),
            ("Ctrl+J", self._log_activity),
            (Qt.Key.Key_Escape, self._escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # --- showing ------------------------------------------------------------------------------------------------

    def load(self, record_id: int) -> None:
        """Show a record."""
        self.record_id = record_id
        self.editing = False
        self.banner.hide()
        self.similar.forget()
        self._desk.read(GetRecord(self._kind, record_id), self._show, self._lose, key=("card", self._kind))

    def _show(self, record: Record) -> None:
        self._record = record
        self.header.show_record(record)
        self.same.show_record(record.id)
        self._show_details(record)
        self.setAccessibleName(_("Card of {number}", number=record.number))
        self._desk.read(GetPhoto(record.id), self.header.show_photo, key=("photo", self._kind))
        self._show_page()

    def _show_details(self, record: Record) -> None:
        self.details.show_record(record, derived(record, self._settings) if self._settings else {})

    def _lose(self, error: RegistryError) -> None:
        """The record is gone."""
        self._record, self.editing = None, False
        self.same.forget()
        self.header.show_new("")
        close = ("close", _("Close"), self._close)
        self.nothing.show_state("group_off", _("This record is not here any more"), str(error), [close])
        self._pages.setCurrentWidget(self.nothing)
        self._foot.hide()

    def _show_page(self) -> None:
        view = self.tabs.show_record(self._record) if self._record is not None else None
        self.tabs.setVisible(self.record_id != 0)
        self.header.show_editing(editing=self.editing or self._record is None)
        if view is None:
            self.details.show_page(editing=self.editing, divided=self._record is not None or self._whole)
        self._pages.setCurrentWidget(view or self.details)
        self._foot.setVisible(self.editing and view is None)

    def refresh(self, changes: Changes) -> None:
        """Records changed: show this one anew, unless it is being edited, which then ends in a conflict."""
        touched = changes.ids.get(self._kind) or frozenset()
        shown = self.record_id in touched or 0 in touched or changes.touch("profiles")
        if self.record_id and not self.is_dirty() and shown:
            self.load(self.record_id)
        elif self._record is not None and self.record_id in touched:
            self._show_page()

    # --- editing ------------------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Show an empty card with the fields of the 90 seconds."""
        self.record_id, self._record = 0, None
        self.tabs.setCurrentIndex(0)
        self.banner.hide()
        self.similar.forget()
        self.same.forget()
        self.header.show_new(_(_NEW[self._kind]), takes_document=self._kind == fields.PEOPLE)
        self.setAccessibleName(_(_NEW[self._kind]))
        self._edit({}, whole=False, begin=_FIRST[self._kind])

    def edit(self, name: str = "") -> None:
        """Show the inputs of the record, beginning with a field."""
        if self._record is not None and not self.editing and self.tabs.currentIndex() == 0:
            self._edit({}, whole=True, begin=name)

    def _edit(self, typed: dict[str, str], *, whole: bool, begin: str = "") -> None:
        self.editing, self._whole = True, whole
        values = self._record.values if self._record is not None else defaults(self._kind)
        raw = self._record.raw if self._record is not None else {}
        self.details.fill(values, raw, typed, whole=whole, post_country=self._settings.get("country", ""))
        self._foot.all_fields.setVisible(not whole)
        self._show_page()
        self.form.focus_field(begin)

    def _show_whole(self) -> None:
        self._edit(self.form.changes(), whole=True)

    def _refill(self, typed: dict[str, str]) -> None:
        self._edit(typed, whole=self._whole)

    def _takes_zone(self) -> bool:
        """Only the card of a new person is filled from a document: on others it would hide what was kept."""
        return self.editing and self._record is None and self._kind == fields.PEOPLE

    def _ask_zone(self) -> None:
        if self._takes_zone():
            self.zone.ask(self.window())

    def _take_zone(self, name: str) -> None:
        if self._takes_zone():
            self.zone.take_from(name)

    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.editing and bool(self.form.changes())

    def may_leave(self) -> bool:
        """Whether another record may take the card; says why not, and offers to save or to discard."""
        if not self.is_dirty():
            return True
        self.tabs.setCurrentIndex(0)
        self.banner.show_unsaved(_(UNSAVED), [(_("Save"), self.save), (_("Discard"), self._discard)])
        return False

    def save(self) -> None:
        """Keep what was typed."""
        if not self.editing:
            return
        texts = self.form.changes()
        self.banner.hide()
        self.save_button.setEnabled(False)
        if self._record is None:
            given = {name: text for name, text in texts.items() if text}
            self.similar.before_saving(given, partial(self._add, given), self._wait)
        elif texts:
            edit = EditRecord(self._kind, self._record.id, texts, self._record.version)
            self._desk.execute(edit, self._saved, self._refused, title=_("Saving"))
        else:
            self._leave_editing()

    def _add(self, texts: Mapping[str, str]) -> None:
        self._desk.execute(AddRecord(self._kind, texts), self._added, self._refused, title=_("Saving"))

    def _wait(self) -> None:
        """Saving waits for a decision."""
        self.save_button.setEnabled(True)

    def _look_for_similar(self) -> None:
        if self._record is None:
            self.similar.look(self.form.changes())

    def _forget(self) -> None:
        """Another record takes the card, and nothing of what was typed stays."""
        self.editing = False

    def _save_and_next(self) -> None:
        self._next_after_save = self.editing
        self.save()

    def _added(self, outcome: Outcome[RecordAdded]) -> None:
        self.save_button.setEnabled(True)
        self.editing = False
        self._desk.say(_("Registered as {number}.", number=outcome.value.number), "success")
        self.added.emit(outcome.value.id)
        if self._next_after_save:
            self._next_after_save = False
            self.start_new()
        else:
            self.load(outcome.value.id)

    def _saved(self, _outcome: Outcome[bool]) -> None:
        self._leave_editing()
        self._desk.say(_("Saved."), "success", (_("Undo"), self._desk.undo))

    def _leave_editing(self) -> None:
        self.save_button.setEnabled(True)
        self.editing = False
        if self._next_after_save:
            self._next_after_save = False
            self.start_new()
        elif self.record_id:
            self.load(self.record_id)

    def _refused(self, error: RegistryError) -> None:
        """Show the failure where it belongs: at its field, or above the fields."""
        self.save_button.setEnabled(True)
        self._next_after_save = False
        if isinstance(error, Invalid) and error.field and self.form.set_problem(error.field, str(error)):
            return
        again = [(_("Load again"), self._load_again)] if isinstance(error, Conflict) else []
        self.banner.show_problem(str(error), again)

    def _load_again(self) -> None:
        """Show what somebody else made of the record, with what was typed here on top of it."""
        typed, whole = self.form.changes(), self._whole

        def loaded(record: Record) -> None:
            self._show(record)
            self._edit(typed, whole=whole)

        self.banner.hide()
        self._desk.read(GetRecord(self._kind, self.record_id), loaded, self._lose)

    def _discard(self) -> None:
        """Forget what was typed."""
        self.editing = False
        self.banner.hide()
        if self._record is None:
            self._close()
        else:
            self.load(self.record_id)

    def _escape(self) -> None:
        if self.editing and self.is_dirty():
            self.may_leave()
        elif self.editing:
            self._discard()
        else:
            self._close()

    def _close(self) -> None:
        if self.may_leave():
            self.editing = False
            self.similar.forget()
            self.record_id, self._record = 0, None
            self.closed.emit()

    def _delete(self) -> None:
        command = DeleteRecords(self._kind, (self.record_id,))
        self.editing = False
        self._desk.execute(command, self._deleted, title=_("Deleting"))

    def _deleted(self, _outcome: Outcome[int]) -> None:
        self._desk.say(_("Deleted."), "notice", (_("Undo"), self._desk.undo))
        self._close()

    def _erase(self) -> None:
        from ui.dialogs.erase import EraseDialog

        if self._record is not None:
            EraseDialog(self._desk, self.record_id, self._record.number, self._erased, self.window()).open()

    def _erased(self) -> None:
        self.editing = False
        self._close()
        self._desk.say(_("Erased for good."), "success")

    def _take_step(self, step: CardStep) -> None:
        """A step of the registration, unless something typed here would be lost by it."""
        if self._record is not None and self.may_leave():
            step.open(self._desk, self.record_id, self._record.number, self.window())

    def _ask_consent(self, purpose: str) -> None:
        """All about one purpose, which is saved by itself: first what was typed here."""
        from ui.dialogs.consent import ConsentDialog

        if self._record is not None and self.may_leave():
            ConsentDialog(self._desk, self.record_id, purpose, self._record.consents, self.window()).open()

    def _log_activity(self) -> None:
        if self._record is not None and self.may_leave():
            self.tabs.activity.begin(self._record)

    def _open_protected(self) -> None:
        from ui.dialogs.protected import ProtectedDialog

        ProtectedDialog(self._desk, self.record_id, self.window()).open()
