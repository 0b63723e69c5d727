"""Visits: how far people live from the posts, and where a mobile consulate reaches the most who live far away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QStackedWidget, QTabWidget, QWidget

from registry import vocabularies
from registry.access import Right
from registry.changes import Changes
from registry.coverage.comparing import CoverageRow
from registry.errors import Invalid, RegistryError
from registry.formats import number
from registry.i18n import _, ngettext
from registry.mapping.page import DISCLAIMER
from registry.posts.distances import BANDS, MOST_KILOMETRES, Band, DistanceTable, PostDistances
from registry.posts.figure import visits_figure
from registry.posts.keeping import Post, in_service
from registry.posts.visits import MOST_REACH, MOST_VISITS, Visit, VisitPlan
from registry.posts.writing import band_label, bound_words, reached_words
from registry.queries import Distances, LargePlaces, ListPosts, PlanVisits
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.skills_workbook import who_counts
from ui.letters.draft import Draft
from ui.mapping.save_plans import SaveVisitsDialog
from ui.widgets.empty import EmptyState
from ui.widgets.figure_view import FigureView
from ui.widgets.inputs import Labelled, number_box
from ui.widgets.labels import button, column, label, row, scrolled
from ui.widgets.rows import Column, Rows
from ui.widgets.wrapping import WrappingLayout

#: The letter that invites.
_INVITATION = "mobile-consulate"
_MOST_PEOPLE = 10_000_000
#: What is asked first: visits, kilometres from a post, kilometres to a visit, people of a large place.
_FIRST = {"count": 5, "beyond": 100, "reach": 50, "centre": 20_000}


class VisitsTab(Tab):
    """The plan, and beside it the distances.

    Attributes:
        plan: the visits that are shown; None while they are being planned for the first time.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.plan: VisitPlan | None = None
        self._query = self._unplaced_query = ""
        self.count = number_box(1, MOST_VISITS)
        self.beyond, self.reach = (
            number_box(least, most, "km") for least, most in ((1, MOST_KILOMETRES), (0, MOST_REACH))
        )
        self.centre = number_box(1, _MOST_PEOPLE, _("people"))
        self.everybody = QCheckBox(_("Count everybody"))
        self.visits: Rows[Visit] = Rows(_("Visits"), self._visit_columns())
        self.bands: Rows[Band] = Rows(_("Distances"), _band_columns())
        self.posts: Rows[PostDistances] = Rows(_("Posts"), _post_columns())
        self.large: Rows[CoverageRow] = Rows(_("Large enough for a resource centre"), _large_columns())
        self.map = FigureView()
        self._posts: tuple[Post, ...] = ()
        self.state = EmptyState()
        self._build()
        self._fill()
        self.setFocusProxy(self.visits)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The visits are being planned."))

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        choosers = QWidget()
        line = WrappingLayout(choosers)
        for name, box in (
            (_("Visits"), self.count),
            (_("Further from every post than"), self.beyond),
            (_("People come to a visit from"), self.reach),
            (_("A large place has"), self.centre),
        ):
            line.addWidget(Labelled(name, box))
        head = row(spacing=8)
        head.addWidget(choosers, 1)
        self.people = button(_("Show people"), self.open_people, icon="groups")
        self.invite = button(_("Invite…"), self.begin_letter, icon="mail")
        self.save = button(_("Save…"), self.save_plan, "primary", "file_save")
        for each, right in ((self.people, Right.READ), (self.invite, Right.WRITE_LETTERS), (self.save, Right.EXPORT)):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignBottom)
            if not self.desk.may(right):
                each.hide()
        layout.addLayout(head)
        self._total = label(role="heading", wrap=True)
        layout.addWidget(self._total)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.visits)
        split.addWidget(self._beside())
        split.setStretchFactor(0, 1)
        split.setSizes([600, 500])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(split)
        layout.addWidget(self._stack, 1)
        foot = row(spacing=12)
        self._notes = label(role="quiet", wrap=True)
        self.unplaced = button("", self._open_unplaced, "link")
        foot.addWidget(self._notes, 1)
        foot.addWidget(self.unplaced)
        foot.addWidget(self.everybody)
        layout.addLayout(foot)

    def _beside(self) -> QWidget:
        """Distances, posts, and large places."""
        side = QTabWidget()
        side.setDocumentMode(True)
        side.setAccessibleName(_("Distances"))
        drawn = QWidget()
        inside = column(drawn, spacing=8)
        inside.addWidget(self.map)
        inside.addWidget(label(_(DISCLAIMER), "small", wrap=True))
        inside.addStretch(1)
        side.addTab(scrolled(drawn), _("Map"))
        side.addTab(self.bands, _("By distance"))
        side.addTab(self.posts, _("By post"))
        large = QWidget()
        layout = column(large, spacing=8)
        self._none_large = label(_("No place has so many people, by the register or by an estimate."), "quiet")
        self._none_large.setWordWrap(True)
        layout.addWidget(self._none_large)
        layout.addWidget(self.large, 1)
        side.addTab(large, _("Resource centres"))
        return side

    def _fill(self) -> None:
        boxes = {"count": self.count, "beyond": self.beyond, "reach": self.reach, "centre": self.centre}
        for name, box in boxes.items():
            kept = self.desk.settings.text(f"visits.{name}")
            box.setValue(int(kept) if kept.isdecimal() else _FIRST[name])
            box.setKeyboardTracking(False)
            box.valueChanged.connect(lambda value, name=name: self._turn(name, value))
        self.centre.setGroupSeparatorShown(True)
        self.everybody.setToolTip(_("For once, also those who do not count by the ministry's definition"))
        self.everybody.toggled.connect(lambda _on: self._read())
        self.map.chosen.connect(self._choose)
        self.visits.chosen.connect(self._allow)
        self.visits.activated.connect(lambda _index: self.open_people())
        self.bands.activated.connect(lambda _index: self._open(self.bands.current.query if self.bands.current else ""))
        self.posts.activated.connect(lambda _index: self._open(self.posts.current.query if self.posts.current else ""))
        self.large.activated.connect(lambda _index: self._open(self.large.current.query if self.large.current else ""))
        self._allow()

    # --- what is asked ------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Plan if nothing has been planned yet."""
        if self.plan is None:
            self._read()

    def refresh(self, changes: Changes) -> None:
        """People, posts, estimates or the definition of who counts changed."""
        self._read()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self._query, self.plan = text, None
        if self.isVisible():
            self._read()

    @property
    def asked(self) -> PlanVisits:
        """What the choosers say."""
        everybody = self.everybody.isChecked()
        return PlanVisits(self.count.value(), self.beyond.value(), self.reach.value(), self._query, everybody)

    def _turn(self, name: str, value: int) -> None:
        """Another number, remembered for the next time."""
        self.desk.settings.keep(f"visits.{name}", str(value))
        self._read()

    def _read(self) -> None:
        asked = self.asked
        self.desk.read(ListPosts(), self._know, self._refuse, key="posts of the visits")
        self.desk.read(asked, self._show, self._refuse, key="visits")
        distances = Distances(asked.query, asked.beyond, asked.everybody)
        self.desk.read(distances, self._show_distances, lambda _error: None, key="distances")
        large = LargePlaces(self.centre.value(), asked.query, asked.everybody)
        self.desk.read(large, self._show_large, lambda _error: None, key="large places")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _know(self, posts: tuple[Post, ...]) -> None:
        self._posts = in_service(posts)
        self._draw()

    def _draw(self) -> None:
        """The map of the plan, once both it and the posts are known."""
        plan, posts = self.plan, self._posts
        self.map.draw(None if plan is None else lambda wide, palette: visits_figure(plan, posts, wide, palette))

    def _choose(self, key: str) -> None:
        """A dot of the map was chosen: its line."""
        place = next((i for i, visit in enumerate(self.visits.things) if str(visit.city.id) == key), None)
        if place is not None:
            self.visits.choose(place)

    def _show(self, plan: VisitPlan) -> None:
        self.plan = plan
        self._draw()
        self.problem_changed.emit("")
        self.visits.show_things(plan.visits)
        self._total.setText(reached_words(plan))
        self.everybody.setVisible(bool(plan.belonging))
        who = who_counts(plan.belonging, plan.outside, everybody=self.everybody.isChecked())
        self._notes.setText(" ".join(filter(None, (bound_words(plan), who))))
        self._stack.setCurrentIndex(1)
        self._allow()

    def _show_distances(self, table: DistanceTable) -> None:
        self.bands.show_things(table.bands)
        self.posts.show_things(table.posts)
        self._unplaced_query = table.unplaced_query
        said = ngettext("Of {count} person no city is known", "Of {count} people no city is known", table.unplaced)
        self.unplaced.setText(said)
        self.unplaced.setVisible(bool(table.unplaced))

    def _show_large(self, places: tuple[CoverageRow, ...]) -> None:
        self.large.show_things(places)
        self.large.setVisible(bool(places))
        self._none_large.setVisible(not places)

    def _refuse(self, error: RegistryError) -> None:
        self.plan = None
        actions = [("refresh", _("Try again"), self._read)]
        if self.desk.may(Right.SETTINGS):
            posts = ("home_work", _("To the posts"), lambda: self.desk.go("administration", "posts"))
            actions.append(posts)
        self.problem_changed.emit(str(error) if isinstance(error, Invalid) and self._query else "")
        self.state.show_state("home_work", _("No visits can be planned"), str(error), actions)
        self._total.setText("")
        self._notes.setText("")
        self.unplaced.hide()
        self._stack.setCurrentWidget(self.state)
        self._allow()

    def _allow(self) -> None:
        found = self.plan is not None and bool(self.plan.visits)
        for each in (self.people, self.invite):
            each.setEnabled(found)
        self.save.setEnabled(self.plan is not None)

    # --- what is opened -----------------------------------------------------------------------------------------

    @property
    def _chosen(self) -> tuple[str, int]:
        """Query and number of the people of the chosen visit, else of all visits."""
        visit = self.visits.current
        if visit is not None:
            return visit.query, visit.people
        return (self.plan.query, self.plan.reached) if self.plan is not None else ("", 0)

    def open_people(self) -> None:
        """The people whom the chosen visit reaches, or all visits if none is chosen."""
        self._open(self._chosen[0])

    def begin_letter(self) -> None:
        """Begin an invitation to those whom the chosen visit reaches, or all visits if none is chosen."""
        query, _people = self._chosen
        if query:
            self.desk.go("outreach", Draft(query=query, template=_INVITATION))

    def _open(self, query: str) -> None:
        if query:
            self.desk.go("people", ("query", query))

    def _open_unplaced(self) -> None:
        self._open(self._unplaced_query)

    def save_plan(self) -> None:
        """Ask for the reason and the workbook."""
        if self.plan is not None:
            SaveVisitsDialog(self.desk, self.asked, self.plan.far, self.window()).open()

    def _visit_columns(self) -> list[Column[Visit]]:
        country = vocabularies.get("country").label
        return [
            Column(_("City"), lambda v: ", ".join(filter(None, (v.city.name, v.city.region)))),
            Column(_("Country"), lambda v: country(v.city.country), width=150),
            Column(_("People reached"), lambda v: number(v.people), width=130, number=True),
            Column(_("From a post"), lambda v: f"{number(v.kilometres)} km", width=120, number=True),
        ]


def _band_columns() -> list[Column[Band]]:
    return [
        Column(_("Distance"), lambda band: band_label(band.above, band.up_to)),
        Column(_("People"), lambda band: number(band.people), width=100, number=True),
    ]


def _post_columns() -> list[Column[PostDistances]]:
    """The nearest people of each post by distance, and whom it serves."""

    def of_band(place: int) -> Callable[[PostDistances], str]:
        return lambda each: number(each.nearest[place])

    ends = (*BANDS[1:], None)
    bands = [
        Column[PostDistances](band_label(above, up_to), of_band(place), width=104, number=True)
        for place, (above, up_to) in enumerate(zip(BANDS, ends, strict=True))
    ]
    return [
        Column(_("Post"), lambda each: f"{each.post.code} {each.post.name}", width=220),
        Column(_("Serves"), lambda each: "" if each.served is None else number(each.served), width=80, number=True),
        *bands,
    ]


def _large_columns() -> list[Column[CoverageRow]]:
    return [
        Column(_("City"), lambda r: r.label),
        Column(_("Registered"), lambda r: number(r.registered), width=100, number=True),
        Column(_("Estimated"), lambda r: number(r.estimate.population) if r.estimate else "", width=100, number=True),
    ]
