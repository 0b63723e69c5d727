"""An invented ministry's questionnaire with a question of every kind, and its second version."""

from __future__ import annotations

from dataclasses import replace

from registry.profiles.definition import Choice, Condition, Question, Section, Template


def words(english: str, french: str) -> tuple[tuple[str, str], ...]:
    return ("en", english), ("fr", french)


MENTORING = Question("mentoring", "yes_no", words("Would you mentor", "Seriez-vous mentor"))
TOPICS = Question(
    "topics",
    "choice",
    words("Topics to pass on", "Sujets à transmettre"),
    several=True,
    choices=(
        Choice("soil", words("Care of the soil", "Soin des sols")),
        Choice("solar", words("Solar power", "Énergie solaire")),
        Choice("weaving", words("Weaving", "Tissage")),
    ),
    shown_when=Condition("mentoring", ("yes",)),
)
HOURS = Question("hours", "whole_number", words("Hours a month", "Heures par mois"), required=True)
SINCE = Question("since", "date", words("Mentor since", "Mentor depuis"))
STORY = Question("story", "long_text", words("What happened", "Ce qui s’est passé"))
MOTTO = Question(
    "motto", "text", words("Motto of the workshop", "Devise de l’atelier"), help=words("A few words.", "En bref.")
)
FROM = Question("came_from", "country", words("Learned in the land of", "Appris au pays de"))
TONGUES = Question("tongues", "language", words("Tongues of teaching", "Parlers d’enseignement"), several=True)
CRAFT = Question("craft", "vocabulary", words("Craft of the hands", "Métier des mains"), vocabulary="isco")
DEBTS = Question("debts", "text", words("Debts of the workshop", "Dettes de l’atelier"), sensitivity=2)

GUILD = Template(
    "guild",
    "people",
    words("Questionnaire of the guild", "Questionnaire de la guilde"),
    (
        Section("teaching", words("Teaching", "Enseignement"), (MENTORING, TOPICS, HOURS, SINCE, TONGUES)),
        Section("workshop", words("Workshop", "Atelier"), (MOTTO, STORY, FROM, CRAFT, DEBTS)),
    ),
)

#: One question fewer, one answer fewer, one question more, other words.
SECOND = replace(
    GUILD,
    sections=(
        replace(
            GUILD.sections[0],
            questions=(
                MENTORING,
                replace(TOPICS, choices=TOPICS.choices[:2], labels=words("Themes to pass on", "Thèmes à transmettre")),
                SINCE,
                TONGUES,
                Question("place", "text", words("Place of the lessons", "Lieu des leçons")),
            ),
        ),
        GUILD.sections[1],
    ),
)

ANSWERS = {
    "profile.guild.mentoring": "Oui",
    "profile.guild.topics": "Weaving",
    "profile.guild.topics.2": "soil",
    "profile.guild.hours": "12",
    "profile.guild.since": "May 2019",
    "profile.guild.tongues": "French",
    "profile.guild.motto": "Thread by thread",
    "profile.guild.story": "First line\nsecond line",
    "profile.guild.came_from": "Portugal",
    "profile.guild.craft": "weaver of reeds",
    "profile.guild.debts": "none at all",
}
KEPT = ANSWERS | {
    "profile.guild.mentoring": "yes",
    "profile.guild.topics": "weaving",
    "profile.guild.since": "2019-05",
    "profile.guild.tongues": "fr",
    "profile.guild.came_from": "PRT",
}
