"""Zones made from what they are to say, as an issuer makes them: the other way round from what is tested."""

from __future__ import annotations

from dataclasses import dataclass

from registry.mrz.layouts import check_digit


@dataclass(frozen=True)
class Zone:
    """What a zone is to say; dates as YYMMDD with fillers."""

    code: str = "P"
    issuer: str = "UTO"
    family: str = "ERIKSSON"
    given: str = "ANNA MARIA"
    number: str = "L898902C3"
    nationality: str = "UTO"
    birth: str = "740812"
    sex: str = "F"
    expiry: str = "120415"
    optional: str = ""
    personal: str = ""


def lines(layout: str, zone: Zone) -> list[str]:
    """The lines of the zone."""
    return {"TD1": _td1, "TD2": _td2, "TD3": _td3}[layout](zone)


def _td1(zone: Zone) -> list[str]:
    first = f"{zone.code:<2}{zone.issuer:<3}{_numbered(zone, 15)}"
    rest = f"{_dated(zone.birth)}{zone.sex:<1}{_dated(zone.expiry)}"
    second = f"{rest}{zone.nationality:<3}{'':<11}"
    whole = check_digit(_filled(first[5:] + rest[:7] + rest[8:15] + second[18:]))
    return [_filled(first), _filled(second) + whole, _named(zone, 30)]


def _td2(zone: Zone) -> list[str]:
    number = _numbered(zone, 7)
    second = f"{number[:10]}{zone.nationality:<3}{_dated(zone.birth)}{zone.sex:<1}{_dated(zone.expiry)}{number[10:]}"
    whole = check_digit(_filled(second[:10] + second[13:20] + second[21:]))
    return [_filled(f"{zone.code:<2}{zone.issuer:<3}") + _named(zone, 31), _filled(second) + whole]


def _td3(zone: Zone) -> list[str]:
    personal = _filled(f"{zone.personal:<14}")
    second = (
        f"{_filled(f'{zone.number:<9}')}{check_digit(_filled(f'{zone.number:<9}'))}{zone.nationality:<3}"
        f"{_dated(zone.birth)}{zone.sex:<1}{_dated(zone.expiry)}{personal}{check_digit(personal)}"
    )
    whole = check_digit(_filled(second[:10] + second[13:20] + second[21:]))
    return [_filled(f"{zone.code:<2}{zone.issuer:<3}") + _named(zone, 39), _filled(second) + whole]


def _numbered(zone: Zone, room: int) -> str:
    """Number, its check digit, and optional data; a long number goes on in these."""
    digit = check_digit(_filled(f"{zone.number:<9}"))
    if len(zone.number) > 9:
        more = f"{zone.number[9:]}{digit}<{zone.optional}"[:room]
        return f"{zone.number[:9]}<{more:<{room}}"
    return f"{zone.number:<9}{digit}{zone.optional:<{room}}"


def _dated(text: str) -> str:
    return text + check_digit(text)


def _named(zone: Zone, room: int) -> str:
    name = zone.family + (f"<<{zone.given}" if zone.given else "")
    return _filled(f"{name:<{room}}"[:room])


def _filled(text: str) -> str:
    return text.replace(" ", "<")
