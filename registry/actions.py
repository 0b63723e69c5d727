"""Every operation and every question: its right, its words in the history, and the function that carries it out."""

from __future__ import annotations

from registry import commands as c
from registry import queries as q
from registry.access import Right
from registry.coverage import operations as coverage
from registry.engagement import operations as engagement
from registry.i18n import N_
from registry.mapping import operations as mapping
from registry.operation import Action, Answer
from registry.outreach import operations as outreach


def _taking_out(code: str, right: Right, label: str, handler: str) -> Action:
    """What takes data out and changes nothing: it leaves a trace, and nobody waits for it."""
    return Action(code, right, label, handler, undoable=False, writes=False)


ACTIONS: dict[type, Action] = {
    **outreach.ACTIONS,
    **engagement.ACTIONS,
    **coverage.ACTIONS,
    **mapping.ACTIONS,
    c.AddRecord: Action("add_record", Right.EDIT, N_("Add a record"), "registry.editing:add_record"),
    c.EditRecord: Action("edit_record", Right.EDIT_OUTREACH, N_("Edit a record"), "registry.editing:edit_record"),
    c.SetField: Action("set_field", Right.EDIT, N_("Set a field of several records"), "registry.several:set_field"),
    c.DeleteRecords: Action("delete_records", Right.EDIT, N_("Delete records"), "registry.editing:delete_records"),
    c.Relate: Action("relate", Right.EDIT, N_("Relate two people"), "registry.families:relate"),
    c.SetHousehold: Action("set_household", Right.EDIT, N_("Change a household"), "registry.families:set_household"),
    c.AddAttachment: Action("add_attachment", Right.EDIT, N_("Add a file"), "registry.attachments:add_attachment"),
    c.RemoveAttachment: Action(
        "remove_attachment", Right.EDIT, N_("Remove a file"), "registry.attachments:remove_attachment"
    ),
    c.SaveAttachment: _taking_out(
        "save_attachment", Right.EXPORT, N_("Save a copy of a file"), "registry.attachments:save_attachment"
    ),
    c.LogActivity: Action("log_activity", Right.EDIT_OUTREACH, N_("Log activity"), "registry.activities:log_activity"),
    c.CompleteFollowUp: Action(
        "complete_follow_up", Right.EDIT_OUTREACH, N_("Complete a follow-up"), "registry.activities:complete_follow_up"
    ),
    c.AnswerConcern: Action(
        "answer_concern", Right.EDIT_OUTREACH, N_("Answer a concern"), "registry.activities:answer_concern"
    ),
    c.RecordConsent: Action(
        "record_consent", Right.EDIT_OUTREACH, N_("Record consent"), "registry.consenting:record_consent"
    ),
    c.WithdrawConsent: Action(
        "withdraw_consent", Right.EDIT_OUTREACH, N_("Withdraw consent"), "registry.consenting:withdraw_consent"
    ),
    c.MergeRecords: Action("merge", Right.MERGE, N_("Merge records"), "registry.merging.merging:merge_records"),
    c.UnmergeRecord: Action(
        "unmerge", Right.MERGE, N_("Take a merged record apart"), "registry.merging.unmerging:unmerge_record"
    ),
    c.EraseRecord: Action(
        "erase_record", Right.ERASE, N_("Erase a person"), "registry.editing:erase_record", undoable=False
    ),
    c.ConfirmRegistration: Action(
        "confirm_registration",
        Right.EDIT,
        N_("Confirm registrations"),
        "registry.registration.renewal:confirm_registration",
    ),
    c.RecordNotice: Action(
        "record_notice", Right.EDIT, N_("Record notices"), "registry.registration.renewal:record_notice"
    ),
    c.LapseRegistrations: Action(
        "lapse_registrations",
        Right.EDIT,
        N_("Let registrations lapse"),
        "registry.registration.renewal:lapse_registrations",
    ),
    c.MovePerson: Action("move_person", Right.EDIT, N_("Record a move"), "registry.registration.moving:move_person"),
    c.TransferPerson: Action(
        "transfer_person", Right.EDIT, N_("Transfer a registration"), "registry.registration.leaving:transfer_person"
    ),
    c.ReturnPerson: Action(
        "return_person", Right.EDIT, N_("Record a return"), "registry.registration.leaving:return_person"
    ),
    c.RecordDeath: Action("record_death", Right.EDIT, N_("Record a death"), "registry.registration.death:record_death"),
    c.MarkUntraceable: Action(
        "mark_untraceable", Right.EDIT, N_("Mark as untraceable"), "registry.registration.leaving:mark_untraceable"
    ),
    c.SetProtected: Action(
        "set_protected", Right.PROTECTED, N_("Change a protected value"), "registry.protecting:set_protected"
    ),
    c.OpenProtected: Action(
        "open_protected",
        Right.PROTECTED,
        N_("Open protected values"),
        "registry.protecting:open_protected",
        undoable=False,
    ),
    c.Undo: Action("undo", Right.UNDO, N_("Undo"), "registry.undoing:undo"),
    c.ImportRecords: Action("import", Right.IMPORT, N_("Import"), "registry.transfer.planning.apply:import_records"),
    c.ExportRecords: _taking_out(
        "export", Right.EXPORT, N_("Export"), "registry.transfer.export.records:export_records"
    ),
    c.WriteSkillsWorkbook: _taking_out(
        "skills", Right.EXPORT, N_("Skills inventory"), "registry.skills.workbook:write_skills_workbook"
    ),
    c.WriteStatistics: _taking_out(
        "statistics", Right.EXPORT, N_("Statistics"), "registry.statistics.writing:write_statistics"
    ),
    c.WriteForm: Action(
        "write_form",
        Right.READ,
        N_("Make a form"),
        "registry.forms.making:write_form",
        undoable=False,
        writes=False,
        traced=False,
    ),
    c.WriteLabels: _taking_out(
        "labels", Right.WRITE_LETTERS, N_("Write labels"), "registry.outreach.addressing:write_labels"
    ),
    c.WriteEnvelopes: _taking_out(
        "envelopes", Right.WRITE_LETTERS, N_("Write envelopes"), "registry.outreach.addressing:write_envelopes"
    ),
    c.WriteRegisteredMail: _taking_out(
        "registered_mail",
        Right.WRITE_LETTERS,
        N_("Write a list of registered mail"),
        "registry.outreach.addressing:write_registered_mail",
    ),
    c.WriteAttendance: _taking_out(
        "attendance",
        Right.WRITE_LETTERS,
        N_("Write an attendance list"),
        "registry.outreach.attendance:write_attendance",
    ),
    c.WriteCertificate: Action(
        "certificate",
        Right.EDIT,
        N_("Issue a certificate"),
        "registry.registration.certificates:write_certificate",
        undoable=False,
    ),
    c.WriteExtract: _taking_out(
        "extract", Right.EDIT, N_("Write a personal data extract"), "registry.extracting:write_extract"
    ),
    c.SaveTemplate: Action(
        "save_template", Right.WRITE_LETTERS, N_("Save a letter template"), "registry.documents.keeping:save_template"
    ),
    c.RetireTemplate: Action(
        "retire_template",
        Right.WRITE_LETTERS,
        N_("Take a letter template out of use"),
        "registry.documents.keeping:retire_template",
    ),
    c.ImportTemplate: Action(
        "import_template",
        Right.WRITE_LETTERS,
        N_("Take in a letter template"),
        "registry.documents.importing:import_template",
    ),
    c.AddTemplateFile: Action(
        "add_template_file",
        Right.WRITE_LETTERS,
        N_("Add a picture or enclosure for letters"),
        "registry.documents.pictures:add_template_file",
    ),
    c.RemoveTemplateFile: Action(
        "remove_template_file",
        Right.WRITE_LETTERS,
        N_("Remove a picture or enclosure for letters"),
        "registry.documents.pictures:remove_template_file",
    ),
    c.AddUser: Action("add_user", Right.STAFF, N_("Add an account"), "registry.staff:add_user", undoable=False),
    c.ChangeUser: Action(
        "change_user", Right.STAFF, N_("Change an account"), "registry.staff:change_user", undoable=False
    ),
    c.DisableUser: Action(
        "disable_user", Right.STAFF, N_("Close an account"), "registry.staff:disable_user", undoable=False
    ),
    c.RenewRecoveryKeys: Action(
        "renew_recovery_keys",
        Right.STAFF,
        N_("Renew the recovery keys"),
        "registry.staff:renew_recovery",
        undoable=False,
    ),
    c.SetPassword: Action(
        "set_password", Right.OWN_ACCOUNT, N_("Set a password"), "registry.staff:set_password", undoable=False
    ),
    c.ChangeSetting: Action(
        "change_setting", Right.SETTINGS, N_("Change a setting"), "registry.settings:change_setting"
    ),
    c.ImportTerms: Action(
        "import_terms", Right.SETTINGS, N_("Import a list of terms"), "registry.vocabularies.terms:import_terms"
    ),
    c.AddTerm: Action("add_term", Right.EDIT, N_("Add a term"), "registry.vocabularies.terms:add_term"),
    c.RemoveTerms: Action(
        "remove_terms", Right.SETTINGS, N_("Remove terms"), "registry.vocabularies.terms:remove_terms"
    ),
    c.CodeValue: Action("code_value", Right.EDIT, N_("Code a value"), "registry.coding:code_value"),
    c.SetHostFact: Action("set_host_fact", Right.SETTINGS, N_("Change a host country"), "registry.hosts:set_host_fact"),
    c.MakeBackup: Action(
        "make_backup", Right.BACKUP, N_("Make a backup"), "registry.backups:make_backup", undoable=False, writes=False
    ),
    # For whoever is at work: it takes nothing out that can be read without a password of the registry.
    c.KeepBackup: Action(
        "keep_backup",
        Right.CHECK,
        N_("Make the daily backup"),
        "registry.backups:keep_backup",
        undoable=False,
        writes=False,
        traced=False,
    ),
    c.CheckBackup: Action(
        "check_backup",
        Right.BACKUP,
        N_("Check a backup"),
        "registry.backups:check_backup",
        undoable=False,
        writes=False,
    ),
    c.SaveProfile: Action(
        "save_profile", Right.SETTINGS, N_("Save a profile template"), "registry.profiles.keeping:save_profile"
    ),
    c.ActivateProfile: Action(
        "activate_profile",
        Right.SETTINGS,
        N_("Put a profile template to use"),
        "registry.profiles.keeping:activate_profile",
    ),
    c.RetireProfile: Action(
        "retire_profile",
        Right.SETTINGS,
        N_("Put a profile template out of use"),
        "registry.profiles.keeping:retire_profile",
    ),
    c.SaveSegment: Action(
        "save_segment", Right.KEEP_SEGMENTS, N_("Save a segment"), "registry.segments.keeping:save_segment"
    ),
    c.RenameSegment: Action(
        "rename_segment", Right.KEEP_SEGMENTS, N_("Rename a segment"), "registry.segments.keeping:rename_segment"
    ),
    c.ShareSegment: Action(
        "share_segment", Right.KEEP_SEGMENTS, N_("Share a segment"), "registry.segments.keeping:share_segment"
    ),
    c.FreezeSegment: Action(
        "freeze_segment", Right.KEEP_SEGMENTS, N_("Freeze a segment"), "registry.segments.keeping:freeze_segment"
    ),
    c.DeleteSegment: Action(
        "delete_segment", Right.KEEP_SEGMENTS, N_("Delete a segment"), "registry.segments.keeping:delete_segment"
    ),
    c.AddToSegment: Action(
        "add_to_segment", Right.KEEP_SEGMENTS, N_("Put on a list"), "registry.segments.listing:add_to_segment"
    ),
    c.RemoveFromSegment: Action(
        "remove_from_segment",
        Right.KEEP_SEGMENTS,
        N_("Take off a list"),
        "registry.segments.listing:remove_from_segment",
    ),
    # What it writes down is when somebody looked, which changes nothing that anybody else could see.
    c.LookAtSegment: Action(
        "look_at_segment",
        Right.READ,
        N_("Look at a segment"),
        "registry.segments.looking:look_at_segment",
        undoable=False,
        traced=False,
    ),
    c.SaveListView: Action(
        "save_list_view", Right.KEEP_SEGMENTS, N_("Save a view of a list"), "registry.list_views:save_list_view"
    ),
    c.DeleteListView: Action(
        "delete_list_view", Right.KEEP_SEGMENTS, N_("Delete a view of a list"), "registry.list_views:delete_list_view"
    ),
    c.SaveStatistics: Action(
        "save_statistics", Right.KEEP_SEGMENTS, N_("Save statistics"), "registry.statistics.saved:save_statistics"
    ),
    c.RenameStatistics: Action(
        "rename_statistics", Right.KEEP_SEGMENTS, N_("Rename statistics"), "registry.statistics.saved:rename_statistics"
    ),
    c.DeleteStatistics: Action(
        "delete_statistics", Right.KEEP_SEGMENTS, N_("Delete statistics"), "registry.statistics.saved:delete_statistics"
    ),
    # What it writes down follows from the records: it is computed anew, not taken back.
    c.FindDuplicates: Action(
        "find_duplicates",
        Right.EDIT,
        N_("Look for duplicates"),
        "registry.matching.running:find_duplicates",
        undoable=False,
        traced=False,
    ),
    c.CompareChanged: Action(
        "compare_changed",
        Right.EDIT,
        N_("Look for duplicates of what changed"),
        "registry.matching.following:compare_changed",
        undoable=False,
        traced=False,
    ),
    c.UseAnswers: Action(
        "use_answers",
        Right.SETTINGS,
        N_("Let answers on duplicates count"),
        "registry.matching.judging:use_answers",
    ),
    c.ExportDuplicates: _taking_out(
        "export_duplicates",
        Right.EXPORT,
        N_("Write the list of duplicates"),
        "registry.matching.review:export_duplicates",
    ),
    c.KeepApart: Action(
        "keep_apart", Right.EDIT, N_("Say that records are not the same"), "registry.matching.review:keep_apart"
    ),
    c.LoadDemonstration: Action(
        "load_demonstration",
        Right.IMPORT,
        N_("Load the demonstration"),
        "registry.demo.load:load_demonstration",
        undoable=False,
    ),
}

ANSWERS: dict[type, Answer] = {
    **outreach.ANSWERS,
    **coverage.ANSWERS,
    **mapping.ANSWERS,
    **engagement.ANSWERS,
    q.GetRecord: Answer(Right.READ, "registry.reading:get_record"),
    q.GetRecords: Answer(Right.READ, "registry.reading:get_records"),
    q.GetRegistration: Answer(Right.READ, "registry.registration.view:get_registration"),
    q.GetToday: Answer(Right.READ, "registry.today:get_today"),
    q.MergeProposal: Answer(Right.MERGE, "registry.merging.proposal:merge_proposal"),
    q.ListMerged: Answer(Right.READ, "registry.merging.merged:list_merged"),
    q.UnmergePlan: Answer(Right.MERGE, "registry.merging.unmerging:unmerge_plan"),
    q.FindByNumber: Answer(Right.SEE_HISTORY, "registry.reading:find_by_number"),
    q.GetRelated: Answer(Right.READ, "registry.related:get_related"),
    q.ListAttachments: Answer(Right.READ, "registry.attachments:list_attachments"),
    q.GetPhoto: Answer(Right.READ, "registry.attachments:get_photo"),
    q.ListActivities: Answer(Right.READ, "registry.activities:list_activities"),
    q.SuggestHousehold: Answer(Right.EDIT, "registry.families:suggest_household"),
    q.SimilarRecords: Answer(Right.EDIT, "registry.similar:similar_records"),
    q.ListDuplicates: Answer(Right.EDIT, "registry.matching.review:list_duplicates"),
    q.WeighAnswers: Answer(Right.EDIT, "registry.matching.judging:weigh_answers"),
    q.ReviewDuplicates: Answer(Right.EDIT, "registry.matching.groups:review_duplicates"),
    q.DuplicatesOf: Answer(Right.EDIT, "registry.matching.groups:duplicates_of"),
    q.ListIds: Answer(Right.READ, "registry.search.find:list_ids"),
    q.CloseRecords: Answer(Right.READ, "registry.search.find:close_records"),
    q.ReadNames: Answer(Right.READ, "registry.search.find:read_names"),
    q.Search: Answer(Right.READ, "registry.search.find:search"),
    q.CompleteQuery: Answer(Right.READ, "registry.search.completing:complete_query"),
    q.Facets: Answer(Right.READ, "registry.packed.facets:facets"),
    q.CountBy: Answer(Right.READ, "registry.statistics.counting:count_by"),
    q.GetHistory: Answer(Right.SEE_HISTORY, "registry.history:get_history"),
    q.FieldOrigins: Answer(Right.SEE_HISTORY, "registry.origins:field_origins"),
    q.VerifyHistory: Answer(Right.SEE_HISTORY, "registry.history:verify_history"),
    q.Check: Answer(Right.CHECK, "registry.checking:check"),
    q.ListBackups: Answer(Right.BACKUP, "registry.backups:list_backups"),
    q.GetBackupAge: Answer(Right.CHECK, "registry.backups:backup_age"),
    q.ListUsers: Answer(Right.STAFF, "registry.staff:list_users"),
    q.GetSettings: Answer(Right.OWN_ACCOUNT, "registry.settings:get_settings"),
    q.ListTerms: Answer(Right.READ, "registry.vocabularies.terms:list_terms"),
    q.UncodedValues: Answer(Right.READ, "registry.coding:uncoded_values"),
    q.HostFacts: Answer(Right.READ, "registry.hosts:host_facts"),
    q.LastUndoable: Answer(Right.UNDO, "registry.undoing:last_undoable"),
    q.ReadList: Answer(Right.IMPORT, "registry.transfer.lists.source:read_list"),
    q.PlanImport: Answer(Right.IMPORT, "registry.transfer.planning.making:plan_import"),
    q.ListTemplates: Answer(Right.WRITE_LETTERS, "registry.documents.keeping:list_templates"),
    q.GetTemplate: Answer(Right.WRITE_LETTERS, "registry.documents.keeping:get_template"),
    q.TemplateVersions: Answer(Right.WRITE_LETTERS, "registry.documents.keeping:template_versions"),
    q.ListTemplateFiles: Answer(Right.WRITE_LETTERS, "registry.documents.pictures:list_template_files"),
    q.GetTemplateFile: Answer(Right.WRITE_LETTERS, "registry.documents.pictures:get_template_file"),
    q.TryTemplate: Answer(Right.WRITE_LETTERS, "registry.outreach.trying:try_template"),
    q.ListSegments: Answer(Right.READ, "registry.segments.looking:list_segments"),
    q.SavedStatistics: Answer(Right.READ, "registry.statistics.saved:saved"),
    q.ListViews: Answer(Right.READ, "registry.list_views:list_views"),
    q.MatchReasons: Answer(Right.READ, "registry.search.reasons:match_reasons"),
    q.ListProfiles: Answer(Right.SETTINGS, "registry.profiles.keeping:list_profiles"),
    q.ListForms: Answer(Right.READ, "registry.forms.making:list_forms"),
    q.GetProfile: Answer(Right.SETTINGS, "registry.profiles.keeping:get_profile"),
    q.SkillsInventory: Answer(Right.READ, "registry.skills.inventory:skills_inventory"),
}

#: Operations of the program itself, which no command asks for.
OTHER_LABELS = {
    "create_registry": N_("Make the registry"),
    "restore_backup": N_("Restore from a backup"),
    "sign_in_refused": N_("Refused"),
}


def label(code: str) -> str:
    """The catalogue message for an operation's code in the history."""
    return next((a.label for a in ACTIONS.values() if a.code == code), OTHER_LABELS.get(code, code))
