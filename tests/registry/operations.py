"""Every command and every query once, as somebody with the right would carry it out at the small post."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from registry import commands as c
from registry import queries as q
from registry.activities import NO_CONCERN, NO_FOLLOW_UP
from registry.attachments import NO_FILE
from registry.coding import NOBODY_HAS_IT
from registry.coverage.estimates import Estimate
from registry.coverage.planning import NEW, EstimatePlan, PlannedEstimate
from registry.documents.docx.writing import write_template
from registry.documents.pictures import NO_FILE as NO_TEMPLATE_FILE
from registry.errors import Invalid, NotAllowed
from registry.matching.judging import NOBODY_LOOKED
from registry.matching.review import NO_PAIR
from registry.merging.unmerging import NOT_MERGED
from registry.outreach.addressing import NOBODY
from registry.outreach.preparing import NO_CAMPAIGN
from registry.outreach.sending import NOT_EMAIL
from registry.outreach.writing import BY_POST
from registry.posts.distances import NO_POSTS
from registry.posts.planning import PostPlan
from registry.records import NO_RECORD
from registry.staff import NO_USER, ONLY_ADMINISTRATORS
from registry.transfer.options import ImportOptions
from tests.registry.documents.letters_kept import PICNIC, picture
from tests.registry.post import ANA, BO, CY, OTHER_PASSWORD, PASSWORD
from tests.registry.profiles.templates import GUILD


@dataclasses.dataclass
class Desk:
    """What a real command needs that stands outside the registry."""

    folder: Path
    plan: Any

    @property
    def source(self) -> Path:
        path = self.folder / "list.csv"
        path.write_text("Full name,Notes\nEve Imported,a note\n", encoding="utf-8")
        return path

    @property
    def estimates(self) -> Path:
        path = self.folder / "estimates.csv"
        path.write_text("country,year,population,source\nFRA,2020,1200,a census\n", encoding="utf-8")
        return path

    @property
    def posts(self) -> Path:
        path = self.folder / "posts.csv"
        path.write_text("code,name,country,city\nGVA,Consulate,CHE,Geneva\n", encoding="utf-8")
        return path

    @property
    def answers(self) -> Path:
        path = self.folder / "answers.csv"
        path.write_text("code,answer\n0001-1,\n", encoding="utf-8")
        return path

    @property
    def picture(self) -> Path:
        path = self.folder / "seal.png"
        path.write_bytes(picture())
        return path

    @property
    def letter(self) -> Path:
        path = self.folder / "letter.docx"
        with path.open("wb") as file:
            write_template(file, PICNIC.trees["en"], language="en", title="A letter", images={})
        return path

    @property
    def terms(self) -> Path:
        path = self.folder / "terms.csv"
        path.write_text("code,label\n9999,Lantern keepers\n", encoding="utf-8")
        return path


def campaign(number: int) -> str:
    """Code of one of the first campaigns of the year: 1 is that of `WriteLetters`, 2 the one that is prepared."""
    return f"C{date.today():%y}-000{number}"


#: An estimate as a file may bring it.
PLANNED = PlannedEstimate(2, Estimate(0, "DEU", 0, 2020, "a census", "", 900, ""), NEW, None)
COMMANDS: dict[type, Callable[[Desk], c.Command[Any]]] = {
    # Before they are related.
    c.MergeRecords: lambda _: c.MergeRecords(ANA, (BO,)),
    c.UnmergeRecord: lambda _: c.UnmergeRecord(str(ANA)),
    c.AddRecord: lambda _: c.AddRecord("people", {"full_name": "Di New"}),
    c.EditRecord: lambda _: c.EditRecord("people", BO, {"consent.elections.letter": "given"}),
    c.SetField: lambda _: c.SetField("people", (ANA, BO), "preferred_channel", "email"),
    # Before anything happens to whom it is written to.
    c.WriteLetters: lambda desk: c.WriteLetters("Sample", "annual-forum", desk.folder / "out.pdf", "a reason"),
    c.WriteLabels: lambda desk: c.WriteLabels("Sample", desk.folder / "out.pdf", "L7160", "a reason"),
    c.WriteEnvelopes: lambda desk: c.WriteEnvelopes("Sample", desk.folder / "out.pdf", "C5", "a reason"),
    c.WriteRegisteredMail: lambda desk: c.WriteRegisteredMail("Sample", desk.folder / "out.pdf", "a reason"),
    c.WriteAttendance: lambda desk: c.WriteAttendance("Pattern", desk.folder / "out.pdf", "a reason"),
    c.WriteReport: lambda desk: c.WriteReport(desk.folder / "report.pdf", "a reason"),
    c.WriteCertificate: lambda desk: c.WriteCertificate(BO, desk.folder / "out.pdf"),
    c.WriteExtract: lambda desk: c.WriteExtract(BO, desk.folder / "out.json", "a reason"),
    c.PrepareCampaign: lambda _: c.PrepareCampaign("Sample", template="annual-forum"),
    c.PrintCampaign: lambda desk: c.PrintCampaign(campaign(2), desk.folder / "second.pdf", "a reason"),
    c.MarkPosted: lambda _: c.MarkPosted(campaign(2)),
    c.WriteMessages: lambda desk: c.WriteMessages(campaign(2), desk.folder / "out.csv", "a reason"),
    c.SendMessages: lambda _: c.SendMessages(campaign(2), "a reason"),
    c.RecordReturned: lambda _: c.RecordReturned(("0001-1",)),
    c.RecordAnswers: lambda _: c.RecordAnswers((("0001-1", ""),)),
    c.ReadAnswers: lambda desk: c.ReadAnswers(desk.answers),
    c.SaveConsentText: lambda _: c.SaveConsentText("outreach_news", "1", "en", "May we write to you?"),
    c.DeleteRecords: lambda _: c.DeleteRecords("people", (CY,)),
    c.Relate: lambda _: c.Relate(ANA, BO, "sibling"),
    c.SetHousehold: lambda _: c.SetHousehold((ANA, BO), "Exemple"),
    c.AddAttachment: lambda desk: c.AddAttachment(ANA, "document", desk.source, "a list"),
    c.RemoveAttachment: lambda _: c.RemoveAttachment(1),
    c.SaveAttachment: lambda desk: c.SaveAttachment(1, desk.folder / "copy.txt"),
    c.LogActivity: lambda _: c.LogActivity("people", (ANA, BO), {"activity": "call"}),
    c.CompleteFollowUp: lambda _: c.CompleteFollowUp(1),
    c.AnswerConcern: lambda _: c.AnswerConcern(1),
    c.RecordConsent: lambda _: c.RecordConsent(BO, "elections", ("letter",), "given"),
    c.WithdrawConsent: lambda _: c.WithdrawConsent(BO, "elections"),
    c.EraseRecord: lambda _: c.EraseRecord(CY, "asked for it"),
    c.ConfirmRegistration: lambda _: c.ConfirmRegistration((BO,)),
    c.RecordNotice: lambda _: c.RecordNotice((BO,)),
    c.LapseRegistrations: lambda _: c.LapseRegistrations((BO,)),
    c.MovePerson: lambda _: c.MovePerson(BO, {"address.city": "Nantes"}, date.today().isoformat()),
    c.TransferPerson: lambda _: c.TransferPerson(BO, "Consulate in Geneva", "2026-01-05"),
    c.ReturnPerson: lambda _: c.ReturnPerson(BO, date.today().isoformat()),
    c.MarkUntraceable: lambda _: c.MarkUntraceable(BO, "a letter came back"),
    c.RecordDeath: lambda _: c.RecordDeath(BO, "2026-01-06"),
    c.SetProtected: lambda _: c.SetProtected(ANA, "legal_status", "x"),
    c.OpenProtected: lambda _: c.OpenProtected(ANA, "a reason"),
    # What a manager can take back.
    c.AddToSegment: lambda _: c.AddToSegment("people", "Choir", (ANA, BO)),
    c.Undo: lambda _: c.Undo(),
    c.ImportRecords: lambda desk: c.ImportRecords(desk.plan),
    c.ExportRecords: lambda desk: c.ExportRecords("people", "", desk.folder / "out.csv", "a reason"),
    c.WriteSkillsWorkbook: lambda desk: c.WriteSkillsWorkbook("", desk.folder / "skills.xlsx", "a reason"),
    c.WriteMap: lambda desk: c.WriteMap(q.WorldMap(), desk.folder / "map.svg", "a reason"),
    c.WriteHomeMap: lambda desk: c.WriteHomeMap(q.HomeMap(), desk.folder / "home.svg", "a reason"),
    c.WriteStatistics: lambda desk: c.WriteStatistics(("sex",), "", desk.folder / "counts.xlsx", "a reason"),
    c.AddUser: lambda _: c.AddUser("newcomer", "clerk", PASSWORD),
    c.ChangeUser: lambda _: c.ChangeUser("leo", role="manager"),
    c.DisableUser: lambda _: c.DisableUser("leo"),
    c.SetPassword: lambda _: c.SetPassword("leo", OTHER_PASSWORD),
    c.RenewRecoveryKeys: lambda _: c.RenewRecoveryKeys(),
    c.ChangeSetting: lambda _: c.ChangeSetting("post_name", "Consulate"),
    c.ImportTerms: lambda desk: c.ImportTerms("isco", desk.terms),
    c.AddTerm: lambda _: c.AddTerm("skill", "Lantern making"),
    c.RemoveTerms: lambda _: c.RemoveTerms("skill", ("local-1",)),
    c.CodeValue: lambda _: c.CodeValue("people", "occupation", "Lantern keeper", "9629"),
    c.SetHostFact: lambda _: c.SetHostFact("FRA", "dual_citizenship", "yes", "a law"),
    c.SaveEstimate: lambda _: c.SaveEstimate("FRA", "2020", "1200", "a census"),
    c.RemoveEstimates: lambda _: c.RemoveEstimates((1,)),
    c.ImportEstimates: lambda _: c.ImportEstimates(EstimatePlan("estimates.csv", (PLANNED,), ())),
    c.WriteCoverage: lambda desk: c.WriteCoverage(q.Coverage(), desk.folder / "coverage.xlsx", "a reason"),
    c.SavePost: lambda _: c.SavePost("TST", "Consulate", "FRA", "Lyon", jurisdiction="France"),
    c.WriteVisits: lambda desk: c.WriteVisits(q.PlanVisits(2), desk.folder / "visits.xlsx", "a reason"),
    c.RemovePosts: lambda _: c.RemovePosts((9,)),
    c.ImportPosts: lambda _: c.ImportPosts(PostPlan("posts.csv", (), ())),
    c.MakeBackup: lambda desk: c.MakeBackup(desk.folder / "out.drbackup"),
    c.WriteForm: lambda desk: c.WriteForm("xlsform", desk.folder / "form.xlsx"),
    c.KeepBackup: lambda _: c.KeepBackup(),
    c.CheckBackup: lambda desk: c.CheckBackup(desk.folder / "out.drbackup"),
    c.SaveTemplate: lambda _: c.SaveTemplate(PICNIC),
    c.RetireTemplate: lambda _: c.RetireTemplate(PICNIC.id),
    c.AddTemplateFile: lambda desk: c.AddTemplateFile(desk.picture, "seal"),
    c.RemoveTemplateFile: lambda _: c.RemoveTemplateFile("seal"),
    c.ImportTemplate: lambda desk: c.ImportTemplate(desk.letter, "from-word"),
    c.SaveProfile: lambda _: c.SaveProfile(GUILD),
    c.ActivateProfile: lambda _: c.ActivateProfile(GUILD.name),
    c.RetireProfile: lambda _: c.RetireProfile(GUILD.name),
    c.SaveSegment: lambda _: c.SaveSegment("In Lyon", "city:Lyon"),
    c.RenameSegment: lambda _: c.RenameSegment("In Lyon", "By the river"),
    c.ShareSegment: lambda _: c.ShareSegment("By the river"),
    c.LookAtSegment: lambda _: c.LookAtSegment("By the river"),
    c.FreezeSegment: lambda _: c.FreezeSegment("By the river"),
    c.RemoveFromSegment: lambda _: c.RemoveFromSegment("people", "By the river", (ANA,)),
    c.DeleteSegment: lambda _: c.DeleteSegment("By the river"),
    c.SaveListView: lambda _: c.SaveListView("people", "Short", ("full_name", "phone"), "phone"),
    c.DeleteListView: lambda _: c.DeleteListView("people", "Short"),
    c.SaveStatistics: lambda _: c.SaveStatistics("By sex", ("sex",)),
    c.RenameStatistics: lambda _: c.RenameStatistics("By sex", "Sexes"),
    c.DeleteStatistics: lambda _: c.DeleteStatistics("Sexes"),
    c.FindDuplicates: lambda _: c.FindDuplicates(),
    c.CompareChanged: lambda _: c.CompareChanged(),
    c.UseAnswers: lambda _: c.UseAnswers({}),
    c.ExportDuplicates: lambda desk: c.ExportDuplicates(desk.folder / "pairs.csv", "a reason"),
    c.KeepApart: lambda _: c.KeepApart((ANA, BO)),
    c.LoadDemonstration: lambda _: c.LoadDemonstration("people", ({"full_name": "Flo Loaded"},)),
}
QUERIES: dict[type, Callable[[Desk], q.Query[Any]]] = {
    q.GetRecord: lambda _: q.GetRecord("people", ANA),
    q.GetRecords: lambda _: q.GetRecords("people", (ANA, BO)),
    q.GetRegistration: lambda _: q.GetRegistration(ANA),
    q.GetToday: lambda _: q.GetToday(date.today()),
    q.MergeProposal: lambda _: q.MergeProposal((ANA, BO)),
    q.UnmergePlan: lambda _: q.UnmergePlan(str(ANA)),
    q.FindByNumber: lambda _: q.FindByNumber("1"),
    q.GetRelated: lambda _: q.GetRelated("people", ANA),
    q.ListAttachments: lambda _: q.ListAttachments(ANA),
    q.GetPhoto: lambda _: q.GetPhoto(ANA),
    q.ListActivities: lambda _: q.ListActivities("people", ANA),
    q.SuggestHousehold: lambda _: q.SuggestHousehold((ANA, BO)),
    q.SimilarRecords: lambda _: q.SimilarRecords("people", {"full_name": "Ana Exemple"}),
    q.ListIds: lambda _: q.ListIds("people"),
    q.CloseRecords: lambda _: q.CloseRecords("people", "Ana"),
    q.ReadNames: lambda _: q.ReadNames(),
    q.Search: lambda _: q.Search("Ana"),
    q.CompleteQuery: lambda _: q.CompleteQuery("people", "country:", 8),
    q.CountBy: lambda _: q.CountBy(("sex",)),
    q.Facets: lambda _: q.Facets("people", "", ("state",)),
    q.GetHistory: lambda _: q.GetHistory(ANA),
    q.FieldOrigins: lambda _: q.FieldOrigins(ANA),
    q.VerifyHistory: lambda _: q.VerifyHistory(),
    q.Check: lambda _: q.Check(),
    q.ListBackups: lambda _: q.ListBackups(),
    q.GetBackupAge: lambda _: q.GetBackupAge(),
    q.ListUsers: lambda _: q.ListUsers(),
    q.GetSettings: lambda _: q.GetSettings(),
    q.ListProfiles: lambda _: q.ListProfiles(),
    q.GetProfile: lambda _: q.GetProfile(GUILD.name),
    q.ListTemplates: lambda _: q.ListTemplates(),
    q.GetTemplate: lambda _: q.GetTemplate("annual-forum"),
    q.TemplateVersions: lambda _: q.TemplateVersions(PICNIC.id),
    q.ListTemplateFiles: lambda _: q.ListTemplateFiles(),
    q.GetTemplateFile: lambda _: q.GetTemplateFile("seal"),
    q.TryTemplate: lambda _: q.TryTemplate(PICNIC, ANA),
    q.ListTerms: lambda _: q.ListTerms(),
    q.UncodedValues: lambda _: q.UncodedValues("people"),
    q.HostFacts: lambda _: q.HostFacts(),
    q.ListEstimates: lambda _: q.ListEstimates(),
    q.PlanEstimates: lambda desk: q.PlanEstimates(desk.estimates),
    q.Coverage: lambda _: q.Coverage(),
    q.ListPosts: lambda _: q.ListPosts(),
    q.PlanPosts: lambda desk: q.PlanPosts(desk.posts),
    q.Distances: lambda _: q.Distances(),
    q.PlanVisits: lambda _: q.PlanVisits(3),
    q.LargePlaces: lambda _: q.LargePlaces(2),
    q.LastUndoable: lambda _: q.LastUndoable(),
    q.ReadList: lambda desk: q.ReadList(desk.source, ImportOptions()),
    q.ListForms: lambda _: q.ListForms(),
    q.PlanImport: lambda desk: q.PlanImport(desk.source, ImportOptions()),
    q.PrepareLetters: lambda _: q.PrepareLetters("", "annual-forum"),
    q.PreviewLetter: lambda _: q.PreviewLetter(ANA, "annual-forum"),
    q.ListCampaigns: lambda _: q.ListCampaigns(),
    q.CampaignPeople: lambda _: q.CampaignPeople(campaign(1)),
    q.ListConsentTexts: lambda _: q.ListConsentTexts(),
    q.HomeMap: lambda _: q.HomeMap(),
    q.WorldMap: lambda _: q.WorldMap(),
    q.SkillsInventory: lambda _: q.SkillsInventory(),
    q.MapAssociations: lambda _: q.MapAssociations(),
    q.ProfileSegments: lambda _: q.ProfileSegments("sex:female"),
    q.WaysToEngage: lambda _: q.WaysToEngage(),
    q.ListConcerns: lambda _: q.ListConcerns(),
    q.PreviewReport: lambda _: q.PreviewReport(),
    q.DataQuality: lambda _: q.DataQuality(by="address.country"),
    q.RecordQuality: lambda _: q.RecordQuality("people", ANA),
    q.MatchReasons: lambda _: q.MatchReasons("people", "Ana", (ANA,)),
    q.SavedStatistics: lambda _: q.SavedStatistics(),
    q.ListViews: lambda _: q.ListViews("people"),
    q.ListDuplicates: lambda _: q.ListDuplicates(),
    q.WeighAnswers: lambda _: q.WeighAnswers(),
    q.ReviewDuplicates: lambda _: q.ReviewDuplicates(),
    q.DuplicatesOf: lambda _: q.DuplicatesOf("people", ANA),
    q.ListMerged: lambda _: q.ListMerged(ANA),
    q.ListSegments: lambda _: q.ListSegments(),
}

OPERATIONS = [*COMMANDS, *QUERIES]
#: What handlers refuse to somebody who has the right: another's password, and what went before is undone or gone.
BEYOND_THE_RIGHT = {
    (c.SetPassword, NotAllowed, ONLY_ADMINISTRATORS),
    (c.SetPassword, Invalid, NO_USER),
    (c.EraseRecord, Invalid, NO_RECORD),
    (c.CodeValue, Invalid, NOBODY_HAS_IT),
    (c.RemoveAttachment, Invalid, NO_FILE),
    (c.SaveAttachment, Invalid, NO_FILE),
    (q.GetTemplateFile, Invalid, NO_TEMPLATE_FILE),
    (c.KeepApart, Invalid, NO_PAIR),
    (c.UseAnswers, Invalid, NOBODY_LOOKED),
    (q.WeighAnswers, Invalid, NOBODY_LOOKED),
    (c.CompleteFollowUp, Invalid, NO_FOLLOW_UP),
    (c.AnswerConcern, Invalid, NO_CONCERN),
    (c.UnmergeRecord, Invalid, NOT_MERGED),
    (q.UnmergePlan, Invalid, NOT_MERGED),
    (c.WriteMessages, Invalid, BY_POST),
    (c.SendMessages, Invalid, NOT_EMAIL),
    (q.CampaignPeople, Invalid, NO_CAMPAIGN),
    (c.WriteAttendance, Invalid, NOBODY),
    (q.Distances, Invalid, NO_POSTS),
    (q.PlanVisits, Invalid, NO_POSTS),
    (c.WriteVisits, Invalid, NO_POSTS),
}
