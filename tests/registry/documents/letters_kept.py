"""An invented letter of a registry, and an invented picture, for what is kept of either."""

from __future__ import annotations

import io

from PIL import Image as Picture

from registry.documents.templates import Template, Variable
from registry.documents.tree import Condition, Field, Paragraph, Reuse, Run, Section, Tree


def picture(colour: str = "red") -> bytes:
    """A small PNG."""
    file = io.BytesIO()
    Picture.new("RGB", (40, 20), colour).save(file, "PNG")
    return file.getvalue()


PICNIC = Template(
    "summer-picnic",
    "outreach_news",
    {"en": "Invitation to the picnic", "fr": "Invitation au pique-nique"},
    (Variable("picnic.place", {"en": "Place"}, {"en": "the meadow", "fr": "le pré"}),),
    {
        "en": Tree(
            (
                Paragraph((Field("salutation"), Run(","))),
                Paragraph(
                    (
                        Run("Come to "),
                        Field("picnic.place", bold=True),
                        Condition("sex", "equals", (Run(", sister"),), ("female",)),
                        Condition("sex", "other", (Run(", friend"),), ("female",)),
                        Run("."),
                    )
                ),
                Section("valid_until", "past", (Paragraph((Run("Your registration has expired."),)),)),
                Section("valid_until", "ahead", (Paragraph((Run("Valid until "), Field("valid_until"))),)),
                Paragraph((Run("You live in "), Field("address.city"), Run(", speak "), Field("language"))),
                Reuse("signature"),
            )
        ),
        "fr": Tree((Paragraph((Run("Venez à "), Field("picnic.place"))), Reuse("signature"))),
    },
)
