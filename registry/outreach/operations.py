"""What can be done and asked about campaigns: rights, words in the history, and who carries it out."""

from __future__ import annotations

from registry import commands as c
from registry import queries as q
from registry.access import Right
from registry.i18n import N_
from registry.operation import Action, Answer

ACTIONS: dict[type, Action] = {
    c.WriteLetters: Action(
        "letters",
        Right.WRITE_LETTERS,
        N_("Write letters"),
        "registry.outreach.printing:write_letters",
        undoable=False,
    ),
    c.PrepareCampaign: Action(
        "prepare_campaign",
        Right.WRITE_LETTERS,
        N_("Prepare a campaign"),
        "registry.outreach.preparing:prepare_campaign",
    ),
    c.PrintCampaign: Action(
        "print_campaign",
        Right.WRITE_LETTERS,
        N_("Print the letters of a campaign"),
        "registry.outreach.printing:print_campaign",
        undoable=False,
    ),
    c.WriteMessages: Action(
        "write_messages",
        Right.WRITE_LETTERS,
        N_("Write the messages of a campaign"),
        "registry.outreach.writing:write_messages",
        undoable=False,
    ),
    c.SendMessages: Action(
        "send_messages",
        Right.WRITE_LETTERS,
        N_("Send e-mails"),
        "registry.outreach.sending:send_messages",
        undoable=False,
    ),
    c.MarkPosted: Action(
        "mark_posted", Right.WRITE_LETTERS, N_("Mark letters as posted"), "registry.outreach.following:mark_posted"
    ),
    c.RecordReturned: Action(
        "record_returned",
        Right.EDIT_OUTREACH,
        N_("Record returned mail"),
        "registry.outreach.returning:record_returned",
    ),
    c.RecordAnswers: Action(
        "record_answers", Right.EDIT_OUTREACH, N_("Record answers"), "registry.outreach.answering:record_answers"
    ),
    c.ReadAnswers: Action(
        "read_answers", Right.WRITE_LETTERS, N_("Read answers from a file"), "registry.outreach.answering:read_answers"
    ),
    c.SaveConsentText: Action(
        "save_consent_text",
        Right.EDIT_OUTREACH,
        N_("Keep a text about consent"),
        "registry.outreach.consent_texts:save_consent_text",
    ),
}

ANSWERS: dict[type, Answer] = {
    q.PrepareLetters: Answer(Right.WRITE_LETTERS, "registry.outreach.preparing:prepare_letters"),
    q.PreviewLetter: Answer(Right.WRITE_LETTERS, "registry.outreach.trying:preview_letter"),
    q.ListCampaigns: Answer(Right.WRITE_LETTERS, "registry.outreach.campaigns:list_campaigns"),
    q.CampaignPeople: Answer(Right.WRITE_LETTERS, "registry.outreach.campaigns:campaign_people"),
    q.ListConsentTexts: Answer(Right.READ, "registry.outreach.consent_texts:list_consent_texts"),
}
