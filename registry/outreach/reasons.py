"""Why somebody is left out of a campaign, and what a campaign may rest on."""

from __future__ import annotations

from registry.i18n import N_

#: Code -> catalogue message, in the order in which they are looked at.
REASONS = {
    "deceased": N_("Deceased"),
    "untraceable": N_("Untraceable"),
    "gone": N_("No longer with this post"),
    "returned": N_("Returned home"),
    "individually": N_("To be contacted individually"),
    "minor": N_("A minor without a guardian in the register"),
    "do_not_contact": N_("Wants not to be contacted"),
    "refused": N_("Refused for this purpose and channel"),
    "no_consent": N_("No consent for this purpose and channel"),
    "mail_returned": N_("Mail came back from the address"),
    "no_address": N_("No postable address"),
    "no_email": N_("No usable e-mail address"),
    "no_number": N_("No usable telephone number"),
    "household": N_("The household gets one already"),
}
#: In columns a reason is its place here plus one; 0 = a recipient.
CODES = tuple(REASONS)
NUMBER_OF = {code: place + 1 for place, code in enumerate(CODES)}

CONSENT, TASK, VITAL = "consent", "task", "vital"
#: What a campaign rests on: code -> catalogue message.
BASES = {
    CONSENT: N_("Consent"),
    TASK: N_("Task of the consulate"),
    VITAL: N_("Vital interest in a crisis"),
}
LETTER, EMAIL, SMS, PHONE, EVENT = "letter", "email", "sms", "phone", "event"
#: Channels whose campaigns go by post: an invitation to an event is a letter too.
POSTED = frozenset({LETTER, EVENT})
#: What one sends to: code -> catalogue message.
PER = {
    "person": N_("Each person"),
    "household": N_("One for each household"),
    "association": N_("The association"),
    "officer": N_("The association, to the officer who acts for it"),
}
#: Why post came back: code -> catalogue message.
RETURNS = {
    "unknown": N_("Unknown at the address"),
    "moved": N_("Moved"),
    "refused": N_("Not accepted"),
    "deceased": N_("Deceased"),
}
