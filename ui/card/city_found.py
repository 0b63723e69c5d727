"""One quiet line: which city of the gazetteer an address lies in, where that is, and what time it is there."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QTimer, QTimeZone
from PySide6.QtWidgets import QLabel

from registry.gazetteer import City
from registry.i18n import _
from ui.widgets.city_line import where
from ui.widgets.labels import isolated, leading

#: Milliseconds between two looks at the clock.
_LOOK = 15_000


class CityFound(QLabel):
    """Keeps the time right as long as it is shown."""

    def __init__(self, city: City) -> None:
        super().__init__()
        self._city = city
        self.setProperty("role", "small")
        self.setWordWrap(True)
        self.setAlignment(leading())
        self.setToolTip(_("Found by city and country"))
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(self.tell)
        self._clock.start()
        self.tell()

    def tell(self) -> None:
        """Say it anew."""
        words = [where(self._city), f"{self._city.latitude:.4f},\u00a0{self._city.longitude:.4f}", self._city.time_zone]
        zone = QTimeZone(self._city.time_zone.encode())
        if zone.isValid():
            there = QDateTime.currentDateTimeUtc().toTimeZone(zone)
            days = QDateTime.currentDateTime().date().daysTo(there.date())
            day = "" if not days else _("tomorrow") if days > 0 else _("yesterday")
            words.append(_("now {time}", time=" ".join(filter(None, (there.toString("HH:mm"), day)))))
        self.setText(isolated(" · ".join(words)))
