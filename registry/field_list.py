"""The descriptions themselves: to add a field, add a column, a migration and one entry here."""

from __future__ import annotations

from functools import cache

from registry import kinds, vocabularies
from registry.fields import Field
from registry.i18n import N_
from registry.shared_fields import (
    ADDRESS_FIELDS,
    CONTACT,
    CONTACT_FIELDS,
    NOTES,
    REGISTRATION,
    WEBSITE_ALIASES,
    notes_fields,
    registration_fields,
    words,
)

NAME = N_("Name")
IDENTITY = N_("Identity")
ORIGIN = N_("Origin and citizenship")
DOCUMENTS = N_("Documents")
WORK = N_("Work, skills and languages")
MEMBERSHIP = N_("Associations")
CONSENT = N_("Consent")
ORGANISATION = N_("Organisation")

_T, _N, _L = kinds.TEXT, kinds.NAME, kinds.LONG_TEXT
_D, _I = kinds.PARTIAL_DATE, kinds.INTEGER


# fmt: off
PERSON_NAMES = (
    Field("full_name", "person", "full_name", _N, N_("Full name"), NAME, index="name", minimal=True,
          aliases=words(
              "name|full name|fullname|complete name|legal name|member name|person|nom complet|"
              "nom et prénom|nom et prénoms|noms et prénoms|nom prénom|prénom nom|nombre completo|"
              "nombre y apellido|nombre y apellidos|apellido y nombre|apellidos y nombres|"
              "nome completo|nome e sobrenome|الاسم الكامل|الاسم|الاسم الثلاثي|фио|фио депутата|"
              "полное имя|vollständiger name|teljes név|meno a priezvisko|first and surname|names")),
    Field("family_name", "person", "family_name", _N, N_("Family name"), NAME, index="name",
          aliases=words(
              "surname|last name|lastname|family names|surnames|nom|nom de famille|noms|apellido|"
              "apellidos|primer apellido|sobrenome|apelido|apelidos|اللقب|اسم العائلة|النسبة|"
              "фамилия|nachname|familienname|családnév|vezetéknév|priezvisko|full names b")),
    Field("given_name", "person", "given_name", _N, N_("Given name"), NAME, index="name",
          aliases=words(
              "given names|first name|firstname|first names|forename|forenames|christian name|"
              "prénom|prénoms|nombre|nombres|nombre de pila|nome|primeiro nome|prenome|الاسم الأول|"
              "الاسم الشخصي|имя|vorname|keresztnév|utónév|meno|full names a")),
    Field("patronymic", "person", "patronymic", _N, N_("Father's name"), NAME, index="name",
          aliases=words(
              "patronymic|father name|fathers name|middle name|nom du père|prénom du père|"
              "nombre del padre|patronímico|nome do pai|اسم الأب|отчество|vatersname|otčestvo|"
              "middle names")),
    Field("birth_name", "person", "birth_name", _N, N_("Name at birth"), NAME, index="name",
          aliases=words(
              "birth name|maiden name|nom de naissance|nom de jeune fille|née|apellido de soltera|"
              "nombre de nacimiento|nome de solteira|nome de nascimento|اسم الولادة|"
              "девичья фамилия|geburtsname")),
    Field("former_name", "person", "former_name", _N, N_("Former name"), NAME, index="name",
          aliases=words(
              "former names|previous name|alias|other names|also known as|ancien nom|anciens noms|"
              "nombre anterior|nome anterior|الاسم السابق|прежняя фамилия")),
    Field("native_name", "person", "native_name", _N, N_("Name in own script"), NAME, index="name",
          aliases=words(
              "native name|name in native script|name in original script|"
              "nom en caractères d'origine|nom dans la langue d'origine|nom en arabe|"
              "nombre en escritura original|nome na escrita original|الاسم بالعربية|"
              "имя на родном языке")),
    Field("name_order", "person", "name_order", kinds.CODE,
          N_("Order of names"), NAME, vocabulary="name_order", sensitivity=0,
          aliases=words("name order|ordre des noms|orden del nombre|ordem do nome|ترتيب الاسم")),
    Field("title", "person", "title", _N, N_("Title"), NAME,
          aliases=words(
              "title|salutation|honorific|titre|civilité|título|tratamiento|tratamento|"
              "اللقب الشرفي|звание|titel|titul")),
)


PERSON_IDENTITY = (
    Field("sex", "person", "sex", kinds.CODE, N_("Sex"), IDENTITY, vocabulary="sex", minimal=True,
          aliases=words(
              "gender|sex|m/f|sexe|genre|sexo|género|gênero|الجنس|النوع|пол|geschlecht|nem|"
              "pohlavie")),
    Field("birth_date", "person", "birth_date", _D, N_("Date of birth"), IDENTITY, minimal=True,
          aliases=words(
              "born|dob|birthdate|birth date|birthday|born on|date of birth|date naissance|"
              "date de naissance|né le|née le|né(e) le|naissance|fecha de nacimiento|"
              "fecha nacimiento|nacimiento|data de nascimento|nascimento|تاريخ الميلاد|"
              "تاريخ الولادة|дата рождения|geburtsdatum|geboren|születési dátum|dátum narodenia")),
    Field("birth_place", "person", "birth_place", _T, N_("Place of birth"), IDENTITY, index="place",
          aliases=words(
              "birthplace|birth place|born in|birth city|lieu de naissance|ville de naissance|"
              "lugar de nacimiento|local de nascimento|naturalidade|مكان الميلاد|مكان الولادة|"
              "место рождения|geburtsort|születési hely|miesto narodenia")),
    Field("birth_country", "person", "birth_country", kinds.COUNTRY,
          N_("Country of birth"), IDENTITY, vocabulary="country",
          aliases=words(
              "birth country|pays de naissance|país de nacimiento|país de nascimento|بلد الميلاد|"
              "страна рождения|geburtsland")),
    Field("civil_status", "person", "civil_status", kinds.CODE,
          N_("Civil status"), IDENTITY, vocabulary="civil_status",
          aliases=words(
              "marital status|situation familiale|état civil|situation matrimoniale|estado civil|"
              "الحالة الاجتماعية|الحالة العائلية|семейное положение|familienstand")),
    Field("household", "person", "household", _T, N_("Household"), IDENTITY,
          aliases=words(
              "household|family|foyer|ménage|famille|hogar|agregado familiar|الأسرة|домохозяйство|"
              "haushalt")),
    Field("citizenship", "citizenship", "country", kinds.COUNTRY,
          N_("Citizenship"), ORIGIN, vocabulary="country", minimal=True,
          aliases=words(
              "nationality|citizenships|nationalities|nationalité|nationalités|citoyenneté|"
              "nacionalidad|ciudadanía|nacionalidade|cidadania|الجنسية|гражданство|национальность|"
              "staatsangehörigkeit|nationalität|állampolgárság|štátna príslušnosť")),
    Field("origin_region", "person", "origin_region", _T, N_("Region of origin"), ORIGIN, index="place",
          aliases=words(
              "region|origin|home region|state name|province|province of origin|region of origin|"
              "county name|distrito|région|région d'origine|province d'origine|región|"
              "región de origen|provincia|região|região de origem|distrito de origem|المنطقة|"
              "منطقة الأصل|الولاية|область|регион|region of birth")),
    Field("hometown", "person", "hometown", _T, N_("Hometown"), ORIGIN, index="place",
          aliases=words(
              "home town|home place|village|constituency|constituency name|ville d'origine|"
              "village d'origine|commune d'origine|pueblo de origen|localidad de origen|"
              "cidade de origem|aldeia|بلدة الأصل|родной город|heimatort")),
    Field("departure_year", "person", "departure_year", _D, N_("Left the country in"), ORIGIN,
          aliases=words(
              "departure year|year of departure|emigration year|left in|année de départ|"
              "date de départ|année d'émigration|año de salida|año de emigración|ano de saída|"
              "ano de emigração|سنة المغادرة|год выезда|auswanderungsjahr")),
    Field("document.type", "document", "type", kinds.CODE,
          N_("Document"), DOCUMENTS, vocabulary="document_type", sensitivity=2,
          aliases=words(
              "document type|id type|type de document|type de pièce|tipo de documento|نوع الوثيقة|"
              "тип документа|dokumentart")),
    Field("document.number", "document", "number", _T, N_("Document number"), DOCUMENTS, sensitivity=2,
          aliases=words(
              "passport|passport no|passport number|passport_no|id card|id card no|id number|"
              "document no|n° passeport|numéro de passeport|passeport|numéro de document|"
              "n° document|pasaporte|número de pasaporte|cédula|dni|passaporte|"
              "número do passaporte|جواز السفر|رقم جواز السفر|паспорт|номер паспорта|pass nr|"
              "reisepass|soc sec id|social security number|national id")),
    Field("document.expires", "document", "expires", _D, N_("Document expires"), DOCUMENTS, sensitivity=2,
          aliases=words(
              "passport expiry|expiry date|valid until document|date d'expiration|"
              "expiration du passeport|fecha de vencimiento|vencimiento del pasaporte|"
              "data de validade|تاريخ انتهاء الجواز|срок действия|ablaufdatum")),
)


PERSON_WORK = (
    Field("occupation", "person", "occupation", _T, N_("Occupation"), WORK, index="other",
          aliases=words(
              "job|profession|job title|trade|work|position held|ministers|emploi|métier|fonction|"
              "profesión|ocupación|oficio|profissão|ocupação|المهنة|الوظيفة|профессия|должность|"
              "beruf|foglalkozás|povolanie")),
    Field("employer", "person", "employer", _T, N_("Employer"), WORK, index="other",
          aliases=words(
              "company|workplace|employeur|entreprise|société|empleador|empresa|empregador|"
              "جهة العمل|место работы|работодатель|arbeitgeber|munkahely|zamestnávateľ")),
    Field("skill", "skill", "skill", _T, N_("Skill"), WORK, index="other",
          aliases=words(
              "skills|competence|competences|expertise|compétence|compétences|habilidad|"
              "habilidades|competencia|competência|competências|المهارات|المهارة|навыки|fähigkeit|"
              "fähigkeiten|kenntnisse")),
    Field("skill.level", "skill", "level", kinds.CODE, N_("Skill level"), WORK, vocabulary="skill_level",
          aliases=words(
              "level of skill|niveau de compétence|nivel de habilidad|nível de competência|"
              "مستوى المهارة")),
    Field("preferred_language", "person", "preferred_language", kinds.LANGUAGE,
          N_("Preferred language"), WORK, vocabulary="language", minimal=True,
          aliases=words(
              "language of correspondence|correspondence language|contact language|"
              "langue de correspondance|langue préférée|idioma preferido|idioma de contacto|"
              "idioma de correspondência|língua preferida|اللغة المفضلة|язык переписки|"
              "korrespondenzsprache")),
    Field("language", "spoken_language", "language", kinds.LANGUAGE,
          N_("Spoken language"), WORK, vocabulary="language",
          aliases=words(
              "languages|languages spoken|spoken languages|langue|langues|langues parlées|idioma|"
              "idiomas|lengua|língua|línguas|línguas faladas|اللغات|اللغة|языки|язык|sprache|"
              "sprachen")),
    Field("language.level", "spoken_language", "level", kinds.CODE,
          N_("Language level"), WORK, vocabulary="cefr",
          aliases=words("level of language|cefr|niveau de langue|nivel de idioma|nível de língua|مستوى اللغة")),
    Field("preferred_channel", "person", "preferred_channel", kinds.CODE,
          N_("Preferred channel"), CONTACT, vocabulary="consent_channel",
          aliases=words(
              "contact by|contact preference|canal préféré|moyen de contact|canal preferido|"
              "medio de contacto|meio de contacto|وسيلة الاتصال المفضلة")),
    Field("website", "person", "website", _T, N_("Website"), CONTACT, sensitivity=0, aliases=WEBSITE_ALIASES),
)


PERSON_STATE = (
    Field("state", "person", "state", kinds.CODE,
          N_("Registration state"), REGISTRATION, vocabulary="state", sensitivity=0,
          aliases=words(
              "registration state|registration status|statut d'inscription|statut|"
              "estado de registro|estado do registo|حالة التسجيل|статус регистрации")),
    Field("registered_on", "person", "registered_on", _D,
          N_("Registered on"), REGISTRATION, sensitivity=0,
          aliases=words(
              "registration date|date of registration|date d'inscription|date d'immatriculation|"
              "inscrit le|fecha de registro|fecha de inscripción|data de registo|data de inscrição|"
              "تاريخ التسجيل|дата регистрации")),
    Field("valid_until", "person", "valid_until", _D,
          N_("Registration valid until"), REGISTRATION, sensitivity=0,
          aliases=words("registration expires|valable jusqu'au|válido hasta|válido até|صالح حتى")),
    Field("last_confirmed", "person", "last_confirmed", _D,
          N_("Last confirmed"), REGISTRATION, sensitivity=0,
          aliases=words(
              "confirmed|confirmed on|last update|dernière confirmation|mis à jour le|confirmado|"
              "confirmado el|confirmado em|آخر تأكيد")),
)


MEMBERSHIPS = (
    Field("association", "membership", "association", _N, N_("Association"), MEMBERSHIP, index="other",
          aliases=words(
              "organisation|organization|associations|member of|club|party|party name|group|"
              "faction|party/independent candidate|membre de|organisation membre|groupe|parti|"
              "asociación|organización|partido|bloque|grupo|associação|organização|الجمعية|الحزب|"
              "фракция|организация|партия|verein|verband|klub|list|organsiation|party group")),
    Field("association.role", "membership", "role", _T, N_("Role in the association"), MEMBERSHIP,
          aliases=words(
              "role|function|office|position|role (e.g. chair, officer, treasurer...)|rôle|"
              "fonction dans l'association|cargo|función|função|الدور|المنصب|роль|funktion|rolle")),
    Field("association.from", "membership", "since", _D, N_("Member since"), MEMBERSHIP,
          aliases=words(
              "from|date from|member since|since|start date|start|iniciamandato|inicio|"
              "membre depuis|depuis|du|desde|membro desde|عضو منذ|с|mitglied seit|seit|von")),
    Field("association.to", "membership", "until", _D, N_("Member until"), MEMBERSHIP,
          aliases=words(
              "to|date to|member until|until|end date|end|finalizamandato|fin|membre jusqu'au|"
              "jusqu'au|au|hasta|até|membro até|عضو حتى|по|mitglied bis|bis")),
)


def _consents() -> tuple[Field, ...]:
    return tuple(
        Field(f"consent.{purpose}.{channel}", "consent", "status", kinds.CODE,
              N_("Consent: {purpose}, by {channel}"), CONSENT,
              vocabulary="consent_status", sensitivity=1, key=(purpose, channel))
        for purpose in vocabularies.get("consent_purpose").codes
        for channel in vocabularies.get("consent_channel").codes
)


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
    Field("type", "association", "type", kinds.CODE,
          N_("Type"), ORGANISATION, vocabulary="association_type", sensitivity=0, minimal=True,
          aliases=words(
              "type|kind|category|type of association|classification|catégorie|type d'association|"
              "nature|tipo|tipo de asociación|categoría|tipo de associação|نوع الجمعية|النوع|тип|"
              "art|sede_tipo")),
    Field("level", "association", "level", kinds.CODE,
          N_("Level"), ORGANISATION, vocabulary="association_level", sensitivity=0,
          aliases=words("level|scope|niveau|échelon|nivel|ámbito|nível|âmbito|المستوى|уровень|ebene")),
    Field("founded", "association", "founded", _D, N_("Founded"), ORGANISATION, sensitivity=0,
          aliases=words(
              "founded|founded on|year founded|established|foundation date|date de création|"
              "créée en|fondée en|année de création|fecha de fundación|fundada en|data de fundação|"
              "fundada em|تاريخ التأسيس|дата основания|gegründet|alapítva")),
    Field("registration_number", "association", "registration_number", _T,
          N_("Registration number in the country"), ORGANISATION, sensitivity=0, index="other",
          aliases=words(
              "register number|company number|charity number|rna|siret|numéro d'enregistrement|"
              "numéro rna|número de inscripción|cif|nif|رقم القيد|регистрационный номер|"
              "vereinsregister")),
    Field("members", "association", "members", _I, N_("Members"), ORGANISATION, sensitivity=0,
          aliases=words(
              "number of members|membership|nombre de membres|effectif|adhérents|"
              "número de miembros|socios|miembros|número de membros|sócios|عدد الأعضاء|"
              "число членов|mitglieder|mitgliederzahl|tagok száma")),
    Field("sector", "association", "sector", _T,
          N_("Field of action"), ORGANISATION, sensitivity=0, index="other",
          aliases=words(
              "sector|sectors|activity|activities|field|theme|themes|secteur|activité|activités|"
              "domaine|objet|domaine d'activité|sector de actividad|actividad|ámbito de acción|"
              "setor|atividade|مجال النشاط|القطاع|сфера деятельности|bereich|tätigkeit")),
    Field("parent", "association", "parent", _N,
          N_("Belongs to"), ORGANISATION, sensitivity=0, index="other",
          aliases=words(
              "department|parent organisation|parent|umbrella|federation|parent body|"
              "organisme de tutelle|fédération|ministère|organización matriz|federación|ministerio|"
              "federação|ministério|المنظمة الأم|ведомство|dachverband")),
    Field("contact_person", "association", "contact_person", _N,
          N_("Contact person"), ORGANISATION, index="other", minimal=True,
          aliases=words(
              "contact|contact person|president|chair|chairperson|chairman|chief executive|head|"
              "representative|director|personne de contact|président|présidente|responsable|"
              "persona de contacto|presidente|representante|titular|titular_nombre|"
              "titular_apellido|pessoa de contacto|pessoa de contato|responsável|المسؤول|"
              "رئيس الجمعية|جهة الاتصال|контактное лицо|председатель|ansprechpartner|vorsitzender|"
              "kapcsolattartó|chief executive / secretary")),
    Field("contact_role", "association", "contact_role", _T,
          N_("Role of the contact person"), ORGANISATION,
          aliases=words(
              "role|position|function|title of contact|fonction|qualité|cargo|titular_cargo|"
              "función|função|المنصب|должность|funktion")),
)


@cache
def person_fields() -> tuple[Field, ...]:
    """Every field of a person, in the order of the card."""
    return (*registration_fields("person"), *PERSON_STATE, *PERSON_NAMES, *PERSON_IDENTITY, *CONTACT_FIELDS,
            *ADDRESS_FIELDS, *PERSON_WORK, *MEMBERSHIPS, *_consents(), *notes_fields("person"))


@cache
def association_fields() -> tuple[Field, ...]:
    """Every field of an association or institution, in the order of the card."""
    return (
        *registration_fields("association"),
        *ASSOCIATION,
        *CONTACT_FIELDS,
        Field("website", "association", "website", _T, N_("Website"), CONTACT,
              sensitivity=0, aliases=WEBSITE_ALIASES),
        *ADDRESS_FIELDS,
        Field("description", "association", "description", _L, N_("Description"), NOTES, sensitivity=0,
              aliases=words(
                  "description|purpose|mission|aims|about|descriptif|présentation|but|descripción|"
                  "objetivo|finalidad|descrição|الوصف|описание|beschreibung|zweck")),
        *notes_fields("association"),
    )
# fmt: on
