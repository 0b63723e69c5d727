"""A short letter in nineteen languages, each with a Latin name and numbers inside; all people are invented."""

from __future__ import annotations

import json
from pathlib import Path

#: Language -> subject, salutation, paragraph.
LETTERS: dict[str, tuple[str, str, str]] = {
    language: (said["subject"], said["salutation"], said["paragraph"])
    for language, said in json.loads(Path(__file__).with_suffix(".json").read_text("utf-8")).items()
}
#: Those that run from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "he"})
