"""Host countries: what their law lets people do, with source and date; words of the query language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import select

from db.models import host_fact
from registry import dates, vocabularies
from registry.commands import SetHostFact
from registry.context import Context, View
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import N_
from registry.kinds import CODE, Situation, clean
from registry.queries import HostFacts

TABLE = "host_fact"
SECTION = N_("Host country")
UNKNOWN_COUNTRY = N_("“{text}” is not a country. Choose one of the list.")
UNKNOWN_TOPIC = N_("“{text}” is not a topic about host countries.")
NEEDS_SOURCE = N_("Say where this is known from: a law, an embassy, a web page.")
IN_THE_FUTURE = N_("This date lies in the future. Write the day on which it was looked up.")

#: What is asked of every host country (DOMAIN.md, section 5), and how a query's field is called.
LABELS = {
    "dual_citizenship": N_("Dual citizenship allowed"),
    "freedom_to_associate": N_("Freedom to associate"),
    "recognition_of_qualifications": N_("Recognition of qualifications"),
    "social_security_agreement": N_("Social security agreement"),
    "double_tax_agreement": N_("Double taxation agreement"),
    "tax_deductible_giving": N_("Gifts abroad are tax-deductible"),
    "irregular_stay_prosecuted": N_("Irregular stay is prosecuted"),
}


@dataclass(frozen=True)
class HostFact:
    """What holds in one country.

    Attributes:
        country: alpha-3 code.
        topic: code of the vocabulary `host_topic`.
        value: code of the vocabulary `host_value`.
        as_of: partial date on which it was known to hold, "" = not told.
    """

    country: str
    topic: str
    value: str
    source: str
    as_of: str


@cache
def host_fields() -> tuple[Field, ...]:
    """`host.dual_citizenship` and the others: of people by the country of their address, in queries only."""
    return tuple(
        Field(f"host.{topic}", TABLE, "value", CODE, label, SECTION, "host_value", sensitivity=0, editable=False)
        for topic, label in LABELS.items()
    )


def topic_of(field: Field) -> str:
    """The topic that a field of `host_fields` stands for."""
    return field.name.removeprefix("host.")


def host_facts(view: View, _query: HostFacts) -> tuple[HostFact, ...]:
    """Everything known, by country and topic."""
    columns = (host_fact.c.country, host_fact.c.topic, host_fact.c.value, host_fact.c.source, host_fact.c.as_of)
    rows = view.connection.execute(select(*columns).order_by(host_fact.c.country, host_fact.c.topic))
    return tuple(HostFact(r.country, r.topic, r.value, r.source or "", r.as_of or "") for r in rows)


def set_host_fact(context: Context, command: SetHostFact) -> bool:
    """Write down what holds in a country; "" as the value removes it."""
    country = _code("country", command.country, UNKNOWN_COUNTRY, "country")
    topic = _code("host_topic", command.topic, UNKNOWN_TOPIC, "topic")
    here = (host_fact.c.country == country) & (host_fact.c.topic == topic)
    row_id = context.connection.execute(select(host_fact.c.id).where(here)).scalar()
    if not command.value:
        context.transaction.delete(host_fact, [] if row_id is None else [row_id])
        return row_id is not None
    values: dict[str, object] = {
        "value": CODE.read(command.value, Situation(), "host_value"),
        "source": clean(command.source),
        "as_of": _looked_up(command.as_of),
    }
    if not values["source"]:
        raise Invalid(NEEDS_SOURCE, field="source")
    if row_id is not None:
        return context.transaction.update(host_fact, row_id, values)
    context.transaction.insert(host_fact, [{"country": country, "topic": topic, **values}])
    return True


def _code(vocabulary: str, text: str, sentence: str, field: str) -> str:
    code = vocabularies.get(vocabulary).find(clean(text))
    if code is None:
        raise Invalid(sentence, field=field, text=clean(text)[:40])
    return code


def _looked_up(text: str) -> str | None:
    if not text.strip():
        return None
    value = dates.parse(clean(text))
    if value.rstrip("~") > date.today().isoformat():
        raise Invalid(IN_THE_FUTURE, field="as_of")
    return value
