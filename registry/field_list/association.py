"""Fields of an association or institution: what it is, who acts for it, what it does."""

from __future__ import annotations

from registry import kinds
from registry.field_list.shared import CONTACT, NOTES, WEBSITE_ALIASES, words
from registry.fields import Field
from registry.i18n import N_

ORGANISATION = N_("Organisation")
PEOPLE_OF = N_("Who acts for it")
ACTION = N_("Action and means")

_T, _N, _L = kinds.TEXT, kinds.NAME, kinds.LONG_TEXT
_C, _O = kinds.CODE, kinds.OPEN_CODE
_D, _I = kinds.PARTIAL_DATE, kinds.INTEGER


# fmt: off
ASSOCIATION = (
    Field("name", "association", "name", _N,
          N_("Name"), ORGANISATION, sensitivity=0, index="name", minimal=True,
          aliases=words(
              "organisation|organization|association|name of organisation|name of association|"
              "ngo names|ngo name|institution|nom|nom de l'association|dénomination|intitulé|"
              "raison sociale|nombre|nombre de la asociación|denominación|asociación|"
              "sede_desc_castellano|nome|nome da associação|denominação|associação|اسم الجمعية|"
              "الاسم|الجمعية|название|организация|наименование|name des vereins|verein|szervezet|"
              "názov|company name|public body|szavazóhely címe")),
    Field("acronym", "association", "acronym", _T,
          N_("Acronym"), ORGANISATION, sensitivity=0, index="name", minimal=True,
          aliases=words(
              "abbreviation|short name|sigle|acronyme|siglas|sigla|acrónimo|abreviatura|الاختصار|"
              "аббревиатура|abkürzung|kürzel|sede_id")),
    Field("native_name", "association", "native_name", _N,
          N_("Name in own script or other language"), ORGANISATION, sensitivity=0, index="name",
          aliases=words(
              "native name|name in english|other name|nom en caractères d'origine|nom en anglais|"
              "nombre en inglés|sede_desc_ingles|nome em inglês|الاسم بالعربية")),
    Field("type", "association", "type", _C,
          N_("Type"), ORGANISATION, vocabulary="association_type", sensitivity=0, minimal=True,
          aliases=words(
              "type|kind|category|type of association|classification|catégorie|type d'association|"
              "nature|tipo|tipo de asociación|categoría|tipo de associação|نوع الجمعية|النوع|тип|"
              "art|sede_tipo")),
    Field("located", "association", "located", _C, N_("Here or at home"), ORGANISATION, vocabulary="located",
          sensitivity=0,
          aliases=words(
              "home or host|ici ou au pays|aquí o en el país|aqui ou no país|هنا أو في الوطن")),
    Field("level", "association", "level", _C,
          N_("Level"), ORGANISATION, vocabulary="association_level", sensitivity=0,
          aliases=words("level|scope|niveau|échelon|nivel|ámbito|nível|âmbito|المستوى|уровень|ebene")),
    Field("legal_form", "association", "legal_form", _C, N_("Legal form"), ORGANISATION, vocabulary="legal_form",
          sensitivity=0, aliases=words("forme juridique|forma jurídica|الشكل القانوني|rechtsform")),
    Field("founded", "association", "founded", _D, N_("Founded"), ORGANISATION, sensitivity=0,
          aliases=words(
              "founded|founded on|year founded|established|foundation date|fondée|date de création|"
              "créée en|fondée en|année de création|fecha de fundación|fundada en|data de fundação|"
              "fundada em|تاريخ التأسيس|дата основания|gegründet|alapítva")),
    Field("registered", "association", "registered", _C, N_("Registered in the country"), ORGANISATION,
          vocabulary="yes_no", sensitivity=0,
          aliases=words("is registered|enregistrée|déclarée|inscrita oficialmente|مسجلة رسميا")),
    Field("registration_number", "association", "registration_number", _T,
          N_("Registration number in the country"), ORGANISATION, sensitivity=0, index="other",
          aliases=words(
              "register number|company number|charity number|rna|siret|numéro d'enregistrement|"
              "numéro rna|número de inscripción|cif|nif|رقم القيد|регистрационный номер|"
              "vereinsregister")),
    Field("registration_authority", "association", "registration_authority", _T, N_("Registration authority"),
          ORGANISATION, sensitivity=0,
          aliases=words("autorité d'enregistrement|autoridad de registro|autoridade de registo|سلطة التسجيل")),
    Field("consular_number", "association", "consular_number", _T, N_("Number in the consular register"),
          ORGANISATION, sensitivity=0, index="other",
          aliases=words(
              "consular register number|numéro au registre consulaire|"
              "número en el registro consular|número no registo consular|رقم السجل القنصلي")),
    Field("consular_valid_until", "association", "consular_valid_until", _D, N_("Consular registration until"),
          ORGANISATION, sensitivity=0,
          aliases=words(
              "consular registration valid until|inscription consulaire jusqu'au|"
              "registro consular hasta|registo consular até|صلاحية التسجيل القنصلي")),
    Field("members", "association", "members", _I, N_("Members"), ORGANISATION, sensitivity=0,
          aliases=words(
              "number of members|membership|membres|nombre de membres|effectif|adhérents|"
              "número de miembros|socios|miembros|número de membros|sócios|عدد الأعضاء|"
              "число членов|mitglieder|mitgliederzahl|tagok száma")),
    Field("members.women", "association", "members_women", _I, N_("Women among the members"), ORGANISATION,
          sensitivity=0, aliases=words("women members|femmes membres|mujeres miembros|mulheres membros|العضوات")),
    Field("members.youth", "association", "members_youth", _I, N_("Young people among the members"), ORGANISATION,
          sensitivity=0, aliases=words("youth members|jeunes membres|jóvenes miembros|jovens membros|الأعضاء الشباب")),
    Field("members.counted", "association", "members_counted", _C, N_("How they were counted"), ORGANISATION,
          vocabulary="count_method", sensitivity=0,
          aliases=words("how members were counted|mode de comptage|forma de recuento|modo de contagem|طريقة العد")),
    Field("members.on", "association", "members_on", _D, N_("Counted on"), ORGANISATION, sensitivity=0,
          aliases=words("members counted on|comptés le|contados el|contados em|تاريخ العد")),
    Field("parent", "association", "parent", _N,
          N_("Belongs to"), ORGANISATION, sensitivity=0, index="other",
          aliases=words(
              "department|parent organisation|parent|umbrella|federation|parent body|"
              "organisme de tutelle|fédération|ministère|organización matriz|federación|ministerio|"
              "federação|ministério|المنظمة الأم|ведомство|dachverband")),
    Field("area_abroad", "association", "area_abroad", _T, N_("Area served abroad"), ORGANISATION, sensitivity=0,
          aliases=words(
              "zone desservie à l'étranger|zona atendida en el exterior|zona servida no exterior|"
              "المنطقة في الخارج")),
    Field("area_home", "association", "area_home", _T, N_("Area served at home"), ORGANISATION, sensitivity=0,
          aliases=words("zone desservie au pays|zona atendida en el país|zona servida no país|المنطقة في الوطن")),
)


ASSOCIATION_PEOPLE = (
    Field("contact_person", "association", "contact_person", _N,
          N_("Contact person"), PEOPLE_OF, index="other", minimal=True,
          aliases=words(
              "contact|contact person|president|chair|chairperson|chairman|chief executive|head|"
              "representative|director|personne de contact|président|présidente|responsable|"
              "persona de contacto|presidente|representante|titular|titular_nombre|"
              "titular_apellido|pessoa de contacto|pessoa de contato|responsável|المسؤول|"
              "رئيس الجمعية|جهة الاتصال|контактное лицо|председатель|ansprechpartner|vorsitzender|"
              "kapcsolattartó|chief executive / secretary")),
    Field("contact_role", "association", "contact_role", _T,
          N_("Role of the contact person"), PEOPLE_OF,
          aliases=words(
              "role|position|function|title of contact|fonction|qualité|cargo|titular_cargo|"
              "función|função|المنصب|должность|funktion")),
    Field("officer", "officer", "person", _N, N_("Officer"), PEOPLE_OF, index="",
          aliases=words("officers|dirigeant|membre du bureau|directivo|dirigente|عضو المكتب|vorstandsmitglied")),
    Field("officer.role", "officer", "role", _O, N_("Office held"), PEOPLE_OF, vocabulary="officer_role",
          aliases=words("officer role|fonction du dirigeant|cargo del directivo|cargo do dirigente|منصب العضو")),
    Field("officer.signs", "officer", "signs", _C, N_("Signs for it"), PEOPLE_OF, vocabulary="yes_no",
          aliases=words("signatory|signataire|firmante|signatário|مخول بالتوقيع")),
    Field("officer.from", "officer", "since", _D, N_("In office since"), PEOPLE_OF,
          aliases=words("term from|en fonction depuis|en el cargo desde|no cargo desde|في المنصب منذ")),
    Field("officer.to", "officer", "until", _D, N_("In office until"), PEOPLE_OF,
          aliases=words("term until|en fonction jusqu'au|en el cargo hasta|no cargo até|في المنصب حتى")),
)


ASSOCIATION_ACTION = (
    Field("sector", "action_sector", "sector", _O, N_("Field of action"), ACTION, vocabulary="dac_sector",
          written="sector_text", sensitivity=0, index="other",
          aliases=words(
              "sector|sectors|activity|activities|field|theme|themes|secteur|activité|activités|"
              "domaine|objet|domaine d'activité|sector de actividad|actividad|ámbito de acción|"
              "setor|atividade|مجال النشاط|القطاع|сфера деятельности|bereich|tätigkeit")),
    Field("mode", "action_mode", "mode", _C, N_("Way of working"), ACTION, vocabulary="mode_of_action", sensitivity=0,
          aliases=words("modes of action|mode d'action|modo de acción|modo de ação|أسلوب العمل")),
    Field("degree_of_organisation", "association", "organisation", _C, N_("Degree of organisation"), ACTION,
          vocabulary="degree_of_organisation", sensitivity=0,
          aliases=words(
              "degree of organisation|degré d'organisation|grado de organización|grau de organização|"
              "درجة التنظيم")),
    Field("budget", "association", "budget", _C, N_("Yearly budget"), ACTION, vocabulary="budget_band",
          aliases=words("budget|annual budget|budget annuel|presupuesto|orçamento|الميزانية")),
    Field("funding", "association", "funding", _C, N_("Main source of funds"), ACTION, vocabulary="funding_source",
          aliases=words(
              "funding|source of funding|source de financement|fuente de financiación|fonte de financiamento|"
              "التمويل")),
    Field("partner", "partner", "partner", _N, N_("Partner"), ACTION, sensitivity=0, index="other",
          aliases=words("partners|partenaire|partenaires|socio|parceiro|الشريك")),
    Field("reach", "reach", "channel", _C, N_("Reaches people by"), ACTION, vocabulary="reach_channel", sensitivity=0,
          aliases=words(
              "communication channel|canal de communication|canal de comunicación|canal de comunicação|"
              "قناة التواصل")),
    Field("reach.audience", "reach", "audience", _I, N_("People reached"), ACTION, sensitivity=0,
          aliases=words("audience|public touché|público alcanzado|público alcançado|عدد المتابعين")),
    Field("capacity_needs", "association", "capacity_needs", _T, N_("Needs of the association"), ACTION, sensitivity=0,
          aliases=words(
              "capacity needs|besoins de renforcement|necesidades de capacitación|necessidades de capacitação|"
              "الاحتياجات")),
    Field("authorities", "association", "authorities", _C, N_("Relation with the authorities"), ACTION,
          vocabulary="relation_with_authorities",
          aliases=words(
              "relations with authorities|relation avec les autorités|relación con las autoridades|"
              "relação com as autoridades|العلاقة مع السلطات")),
    Field("past_cooperation", "association", "past_cooperation", _L, N_("Past cooperation"), ACTION, sensitivity=0,
          aliases=words("coopération passée|cooperación anterior|cooperação anterior|التعاون السابق")),
)


ASSOCIATION_CONTACT = (
    Field("website", "association", "website", _T, N_("Website"), CONTACT, sensitivity=0, index="contact",
          aliases=WEBSITE_ALIASES),
)


ASSOCIATION_NOTES = (
    Field("description", "association", "description", _L, N_("Description"), NOTES, sensitivity=0,
          aliases=words(
              "description|purpose|mission|aims|about|descriptif|présentation|but|descripción|"
              "objetivo|finalidad|descrição|الوصف|описание|beschreibung|zweck")),
)
# fmt: on
