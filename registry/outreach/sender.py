"""Who writes: the post, as its settings name it."""

from __future__ import annotations

from collections.abc import Sequence

from registry.context import View
from registry.documents.letters import Sender
from registry.i18n import N_, translate
from registry.vocabularies import get as vocabulary


def sender_of(view: View, languages: Sequence[str]) -> Sender:
    """The post as letters name it in each of their languages; until somebody names it, by its code."""
    settings = view.settings
    homes, posts = {}, {}
    for language in languages:
        state = vocabulary("country").label(settings["home"], language) if "home" in settings else ""
        homes[language] = settings.get(f"home_name.{language}") or settings.get("home_name") or state
        post = translate(N_("Consulate {code}"), language, code=settings["post"])
        posts[language] = settings.get(f"post_name.{language}") or settings.get("post_name") or post
    return Sender(
        homes[languages[0]],
        posts[languages[0]],
        settings["country"],
        city=settings.get("post_city", ""),
        address_lines=tuple(settings.get("post_address", "").splitlines()),
        home_names=homes,
        post_names=posts,
    )
