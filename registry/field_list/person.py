"""Fields of who a person is: state, names, identity, belonging, documents, family, migration, consent."""

from __future__ import annotations

from registry import kinds, vocabularies
from registry.field_list.shared import REGISTRATION, words
from registry.fields import Field
from registry.i18n import N_

NAME = N_("Name")
IDENTITY = N_("Identity")
ORIGIN = N_("Origin and citizenship")
DOCUMENTS = N_("Documents")
FAMILY = N_("Family")
MIGRATION = N_("Migration")
MEMBERSHIP = N_("Associations")
CONSENT = N_("Consent")

_T, _N, _C = kinds.TEXT, kinds.NAME, kinds.CODE
_D = kinds.PARTIAL_DATE


# fmt: off
PERSON_STATE = (
    Field("state", "person", "state", _C,
          N_("Registration state"), REGISTRATION, vocabulary="state", sensitivity=0, minimal=True,
          aliases=words(
              "registration state|registration status|statut d'inscription|statut|état|"
              "estado|estado de registro|estado do registo|حالة التسجيل|статус регистрации")),
    Field("registered_on", "person", "registered_on", _D,
          N_("Registered on"), REGISTRATION, sensitivity=0, minimal=True,
          aliases=words(
              "registration date|date of registration|date d'inscription|date d'immatriculation|"
              "inscrit le|fecha de registro|fecha de inscripción|data de registo|data de inscrição|"
              "تاريخ التسجيل|дата регистрации")),
    Field("valid_until", "person", "valid_until", _D,
          N_("Registration valid until"), REGISTRATION, sensitivity=0,
          aliases=words("registration expires|valable jusqu'au|válido hasta|válido até|صالح حتى|صالح لغاية")),
    Field("last_confirmed", "person", "last_confirmed", _D,
          N_("Last confirmed"), REGISTRATION, sensitivity=0,
          aliases=words(
              "confirmed|confirmed on|last update|confirmé|dernière confirmation|mis à jour le|confirmado|"
              "confirmado el|confirmado em|آخر تأكيد")),
    Field("notice.first", "person", "first_notice", _D, N_("First notice"), REGISTRATION, sensitivity=0,
          editable=False, aliases=words("first notice sent|premier avis|primer aviso|primeiro aviso|الإشعار الأول")),
    Field("notice.second", "person", "second_notice", _D, N_("Second notice"), REGISTRATION, sensitivity=0,
          editable=False, aliases=words("second notice sent|second avis|segundo aviso|الإشعار الثاني")),
    Field("died_on", "person", "died_on", _D, N_("Died on"), REGISTRATION,
          aliases=words("date of death|date de décès|fecha de defunción|data do óbito|تاريخ الوفاة")),
    Field("consular_district", "person", "district", _T, N_("Consular district"), REGISTRATION, sensitivity=0,
          aliases=words(
              "jurisdiction|circonscription consulaire|circunscripción consular|"
              "circunscrição consular|الدائرة القنصلية")),
)


PERSON_NAMES = (
    Field("full_name", "person", "full_name", _N, N_("Full name"), NAME, index="name", minimal=True,
          aliases=words(
              "name|full name|fullname|complete name|legal name|member name|person|nom complet|"
              "nom et prénom|nom et prénoms|noms et prénoms|nom prénom|prénom nom|nombre completo|"
              "nombre y apellido|nombre y apellidos|apellido y nombre|apellidos y nombres|"
              "nome completo|nome e sobrenome|الاسم الكامل|الاسم|الاسم الثلاثي|фио|фио депутата|"
              "полное имя|vollständiger name|teljes név|meno a priezvisko|first and surname|names|"
              "imię i nazwisko|nazwisko i imię|піб|п.і.б|прізвище та ім’я|"
              "прізвище, ім’я, по батькові")),
    Field("family_name", "person", "family_name", _N, N_("Family name"), NAME, index="name",
          aliases=words(
              "surname|last name|lastname|family names|surnames|nom|nom de famille|noms|apellido|"
              "apellidos|primer apellido|sobrenome|apelido|apelidos|اللقب|اسم العائلة|الاسم العائلي|النسبة|"
              "фамилия|nachname|familienname|családnév|vezetéknév|priezvisko|full names b|"
              "nazwisko|прізвище")),
    Field("given_name", "person", "given_name", _N, N_("Given name"), NAME, index="name",
          aliases=words(
              "given names|first name|firstname|first names|forename|forenames|christian name|"
              "prénom|prénoms|nombre|nombres|nombre de pila|nome|primeiro nome|prenome|الاسم الأول|"
              "الاسم الشخصي|имя|vorname|keresztnév|utónév|meno|full names a|"
              "imię|imiona|ім’я")),
    Field("patronymic", "person", "patronymic", _N, N_("Father's name"), NAME, index="name",
          aliases=words(
              "patronymic|father name|fathers name|middle name|nom du père|prénom du père|"
              "nombre del padre|patronímico|nome do pai|اسم الأب|отчество|vatersname|otčestvo|"
              "middle names|"
              "по батькові")),
    Field("birth_name", "person", "birth_name", _N, N_("Name at birth"), NAME, index="name",
          aliases=words(
              "birth name|maiden name|nom de naissance|nom de jeune fille|née|apellido de soltera|"
              "nombre de nacimiento|nome de solteira|nome de nascimento|اسم الولادة|"
              "девичья фамилия|geburtsname|"
              "nazwisko rodowe|nazwisko panieńskie|дівоче прізвище")),
    Field("native_name", "person", "native_name", _N, N_("Name in own script"), NAME, index="name",
          aliases=words(
              "native name|name in native script|name in original script|"
              "nom en caractères d'origine|nom dans la langue d'origine|nom en arabe|"
              "nombre en escritura original|nome na escrita original|الاسم بالعربية|"
              "имя на родном языке")),
    Field("native_script", "person", "native_script", _C, N_("Script of that name"), NAME, vocabulary="script",
          sensitivity=0, aliases=words("script|écriture|escritura|escrita|نوع الكتابة")),
    Field("name_order", "person", "name_order", _C,
          N_("Order of names"), NAME, vocabulary="name_order", sensitivity=0,
          aliases=words("name order|ordre des noms|orden del nombre|ordem do nome|ترتيب الاسم")),
    Field("title", "person", "title", _N, N_("Title"), NAME,
          aliases=words(
              "title|salutation|honorific|titre|civilité|título|tratamiento|tratamento|"
              "اللقب الشرفي|звание|titel|titul")),
    Field("former_name", "other_name", "name", _N, N_("Former name"), NAME, index="name",
          aliases=words(
              "former names|previous name|alias|other names|also known as|ancien nom|anciens noms|"
              "nombre anterior|nome anterior|الاسم السابق|прежняя фамилия")),
)


PERSON_IDENTITY = (
    Field("sex", "person", "sex", _C, N_("Sex"), IDENTITY, vocabulary="sex", minimal=True,
          aliases=words(
              "gender|sex|m/f|sexe|genre|sexo|género|gênero|الجنس|النوع|пол|geschlecht|nem|"
              "pohlavie|"
              "płeć|стать")),
    Field("birth_date", "person", "birth_date", _D, N_("Date of birth"), IDENTITY, minimal=True,
          aliases=words(
              "born|dob|birthdate|birth date|birthday|born on|date of birth|date naissance|né|"
              "date de naissance|né le|née le|né(e) le|naissance|fecha de nacimiento|"
              "fecha nacimiento|nacimiento|data de nascimento|nascimento|تاريخ الميلاد|"
              "تاريخ الولادة|تاريخ الازدياد|дата рождения|geburtsdatum|geboren|születési dátum|dátum narodenia|"
              "d.o.b|date naiss|ddn|fecha nac|f. nac|data nasc|nasc|geb|"
              "data urodzenia|дата народження")),
    Field("birth_place", "person", "birth_place", _T, N_("Place of birth"), IDENTITY, index="place",
          aliases=words(
              "birthplace|birth place|born in|birth city|lieu de naissance|ville de naissance|"
              "lugar de nacimiento|local de nascimento|naturalidade|مكان الميلاد|مكان الولادة|مكان الازدياد|"
              "место рождения|geburtsort|születési hely|miesto narodenia|"
              "miejsce urodzenia|місце народження")),
    Field("birth_country", "person", "birth_country", kinds.COUNTRY,
          N_("Country of birth"), IDENTITY, vocabulary="country",
          aliases=words(
              "birth country|pays de naissance|país de nacimiento|país de nascimento|بلد الميلاد|"
              "страна рождения|geburtsland|"
              "kraj urodzenia|країна народження")),
)


PERSON_ORIGIN = (
    Field("connection", "person", "connection", _C, N_("Connection with the country"), ORIGIN,
          vocabulary="connection",
          aliases=words(
              "link with the country|belonging|lien avec le pays|vínculo con el país|"
              "vínculo com o país|الصلة بالبلد")),
    Field("citizenship", "citizenship", "country", kinds.COUNTRY,
          N_("Citizenship"), ORIGIN, vocabulary="country", minimal=True,
          aliases=words(
              "nationality|citizenships|nationalities|nationalité|nationalités|citoyenneté|"
              "nacionalidad|ciudadanía|nacionalidade|cidadania|الجنسية|гражданство|национальность|"
              "staatsangehörigkeit|nationalität|állampolgárság|štátna príslušnosť|"
              "obywatelstwo|громадянство")),
    Field("citizenship.acquired", "citizenship", "acquired", _C, N_("Acquired by"), ORIGIN, vocabulary="acquired_by",
          aliases=words(
              "how citizenship was acquired|mode d'acquisition|forma de adquisición|"
              "modo de aquisição|طريقة اكتساب الجنسية")),
    Field("citizenship.from", "citizenship", "since", _D, N_("Citizen since"), ORIGIN,
          aliases=words("citizenship since|citoyen depuis|ciudadano desde|cidadão desde|مواطن منذ")),
    Field("citizenship.to", "citizenship", "until", _D, N_("Citizen until"), ORIGIN,
          aliases=words("citizenship until|citoyen jusqu'au|ciudadano hasta|cidadão até|مواطن حتى")),
    Field("origin_country", "person", "origin_country", kinds.COUNTRY, N_("Country of origin"), ORIGIN,
          vocabulary="country",
          aliases=words("home country|pays d'origine|país de origen|país de origem|بلد الأصل|herkunftsland")),
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
)


PERSON_DOCUMENTS = (
    Field("document.type", "document", "type", _C,
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
              "reisepass|soc sec id|social security number|national id|"
              "nr paszportu|numer paszportu|paszport")),
    Field("document.issuer", "document", "issuer", _T, N_("Issued by"), DOCUMENTS, sensitivity=2,
          aliases=words(
              "document issuer|issuing authority|place of issue|issued at|lieu de délivrance|"
              "lugar de expedición|local de emissão|مكان الإصدار|ausstellungsort|autorité de délivrance|"
              "autoridad expedidora|"
              "entidade emissora|جهة الإصدار")),
    Field("document.issued", "document", "issued", _D, N_("Issued on"), DOCUMENTS, sensitivity=2,
          aliases=words("date of issue|date de délivrance|fecha de expedición|data de emissão|تاريخ الإصدار")),
    Field("document.expires", "document", "expires", _D, N_("Document expires"), DOCUMENTS, sensitivity=2,
          aliases=words(
              "passport expiry|expiry date|date of expiry|valid until document|date d'expiration|"
              "expiration du passeport|fecha de vencimiento|vencimiento del pasaporte|"
              "data de validade|تاريخ انتهاء الجواز|срок действия|ablaufdatum|"
              "ważny do|data ważności|дійсний до")),
    Field("document.machine_read", "document", "machine_read", _C, N_("Read by machine"), DOCUMENTS,
          vocabulary="yes_no", sensitivity=2,
          aliases=words("read from mrz|lu par machine|leído por máquina|lido por máquina|مقروء آليا")),
)


PERSON_FAMILY = (
    Field("civil_status", "person", "civil_status", _C,
          N_("Civil status"), FAMILY, vocabulary="civil_status",
          aliases=words(
              "marital status|sit. matrimoniale|sit. familiale|situation familiale|état civil|"
              "situation matrimoniale|estado civil|"
              "الحالة الاجتماعية|الحالة المدنية|الوضع العائلي|الحالة العائلية|семейное положение|familienstand|"
              "stan cywilny|сімейний стан")),
    Field("household", "person", "household", _T, N_("Household"), FAMILY,
          aliases=words(
              "household|family|foyer|ménage|famille|hogar|agregado familiar|الأسرة|домохозяйство|"
              "haushalt")),
    Field("relative", "relation", "relative", _N, N_("Relative"), FAMILY,
          aliases=words("family member|parent ou proche|familiar|قريب")),
    Field("relative.kind", "relation", "kind", _C, N_("Relationship"), FAMILY, vocabulary="relation",
          aliases=words("relation|lien de parenté|lien familial|parentesco|صلة القرابة")),
    Field("relative.phone", "relation", "phone", _T, N_("Telephone of the relative"), FAMILY,
          aliases=words(
              "emergency phone|emergency number|téléphone du proche|numéro d'urgence|"
              "teléfono del familiar|telefone do familiar|هاتف القريب")),
    Field("relative.citizenship", "relation", "citizenship", kinds.COUNTRY, N_("Citizenship of the relative"), FAMILY,
          vocabulary="country",
          aliases=words(
              "relative's nationality|nationalité du proche|nacionalidad del familiar|"
              "nacionalidade do familiar|جنسية القريب")),
    Field("relative.dependant", "relation", "dependant", _C, N_("Dependant"), FAMILY, vocabulary="yes_no",
          aliases=words("dependent|à charge|a cargo|معال")),
    Field("relative.from", "relation", "since", _D, N_("Relationship since"), FAMILY,
          aliases=words("related since|lien depuis|parentesco desde|القرابة منذ")),
    Field("relative.to", "relation", "until", _D, N_("Relationship until"), FAMILY,
          aliases=words("related until|lien jusqu'au|parentesco hasta|parentesco até|القرابة حتى")),
)


PERSON_MIGRATION = (
    Field("departure_year", "person", "departure_year", _D, N_("Left the country in"), MIGRATION,
          aliases=words(
              "departure year|year of departure|emigration year|left in|année de départ|"
              "date de départ|année d'émigration|año de salida|año de emigración|ano de saída|"
              "ano de emigração|سنة المغادرة|год выезда|auswanderungsjahr")),
    Field("arrival_year", "person", "arrival_year", _D, N_("Arrived here in"), MIGRATION,
          aliases=words(
              "arrival year|year of arrival|arrived in|année d'arrivée|date d'arrivée|año de llegada|"
              "ano de chegada|سنة الوصول|год прибытия|ankunftsjahr")),
    Field("migration_reason", "person", "migration_reason", _C, N_("Reason for leaving"), MIGRATION,
          vocabulary="migration_reason",
          aliases=words(
              "migration reason|reason for migration|motif de départ|motif de migration|"
              "motivo de migración|motivo da migração|سبب الهجرة")),
    Field("residence_type", "person", "residence_type", _C, N_("Residence in the host country"), MIGRATION,
          vocabulary="residence_type",
          aliases=words(
              "residence type|residence status|type de séjour|titre de séjour|tipo de residencia|"
              "tipo de residência|نوع الإقامة")),
    Field("generation", "person", "generation", _C, N_("Generation"), MIGRATION, vocabulary="generation",
          aliases=words("migrant generation|génération|generación|geração|الجيل")),
    Field("return_intention", "person", "return_intention", _C, N_("Intention to return"), MIGRATION,
          vocabulary="return_intention",
          aliases=words(
              "return|return intention|intention de retour|retour|intención de retorno|"
              "intenção de regresso|نية العودة")),
    Field("home_visits", "person", "home_visits", _T, N_("Visits home"), MIGRATION,
          aliases=words("visits to the country|visites au pays|visitas al país|visitas ao país|زيارات الوطن")),
    Field("residence", "residence", "country", kinds.COUNTRY, N_("Country lived in"), MIGRATION, vocabulary="country",
          aliases=words(
              "countries lived in|former country of residence|pays de résidence antérieur|"
              "países en que vivió|países onde viveu|بلد الإقامة السابق")),
    Field("residence.from", "residence", "since", _D, N_("Lived in that country from"), MIGRATION,
          aliases=words("y a vécu depuis|vivió allí desde|viveu lá desde|عاش هناك منذ")),
    Field("residence.to", "residence", "until", _D, N_("Lived in that country until"), MIGRATION,
          aliases=words("y a vécu jusqu'au|vivió allí hasta|viveu lá até|عاش هناك حتى")),
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


def consent_fields() -> tuple[Field, ...]:
    """One field for each purpose and channel."""
    return tuple(
        Field(f"consent.{purpose}.{channel}", "consent", "status", _C,
              N_("Consent: {purpose}, by {channel}"), CONSENT,
              vocabulary="consent_status", sensitivity=1, outreach=True, key=(purpose, channel))
        for purpose in vocabularies.get("consent_purpose").codes
        for channel in vocabularies.get("consent_channel").codes
)
# fmt: on
