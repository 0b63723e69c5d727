"""Fields that people and associations share: registration, contact, address, website, notes."""

from __future__ import annotations

from registry import kinds
from registry.fields import Field
from registry.i18n import N_

REGISTRATION = N_("Registration")
CONTACT = N_("Contact")
ADDRESS = N_("Address")
ACTIVITIES = N_("Activities")
NOTES = N_("Notes")

_T, _C, _D = kinds.TEXT, kinds.CODE, kinds.PARTIAL_DATE


def words(text: str) -> tuple[str, ...]:
    """The aliases in `text`, parted by bars."""
    return tuple(word.strip() for word in text.split("|"))


# fmt: off
def registration_fields(table: str) -> tuple[Field, ...]:
    """Numbers by which the record is known; `table` keeps the list's own reference."""
    return (
        Field("number", "record", "number", kinds.TEXT,
              N_("Registration number"), REGISTRATION, sensitivity=0, index="other", editable=False,
              aliases=words(
                  "number|registration no|reg no|numéro d'immatriculation|numéro consulaire|"
                  "número de registro|número de matrícula|رقم التسجيل")),
        Field("external_id", table, "external_id", kinds.TEXT,
              N_("Reference in the source list"), REGISTRATION, sensitivity=0, index="other",
              aliases=words(
                  "external id|external_id|id|rec id|rec_id|record id|identifier|ref|reference|code|"
                  "identifiant|matricule|référence|identificador|referencia|código|identificação|رقم|"
                  "المعرف|идентификационный номер|county code|uuid|_uuid|kennung|sede_id")),
    )


CONTACT_FIELDS = (
    Field("phone", "phone", "e164", kinds.PHONE, N_("Telephone"), CONTACT, index="contact", minimal=True,
          aliases=words(
              "phone|phone number|telephone|tel|tél|mobile|mobile phone|cell|cell phone|whatsapp|"
              "phones|contact number|contact no|mobile no|téléphone|portable|gsm|n° tél|numéro de téléphone|"
              "téléphone portable|teléfono|móvil|celular|telefone|telemóvel|cel|الهاتف|هاتف|رقم الهاتف|"
              "الجوال|телефон|telefon|handy|telefón|mobil|telefono principal|telefonos adicionales|"
              "celular guardia|celulares adicionales|home phone|work phone|tlf|telf|"
              "numer telefonu|telefon komórkowy|номер телефону|мобільний")),
    Field("phone.kind", "phone", "kind", _C, N_("Kind of telephone"), CONTACT, vocabulary="phone_kind",
          aliases=words("phone type|type de téléphone|tipo de teléfono|tipo de telefone|نوع الهاتف")),
    Field("phone.sms", "phone", "sms", _C, N_("Takes text messages"), CONTACT, vocabulary="yes_no",
          aliases=words("sms|accepts sms|reçoit les sms|recibe sms|recebe sms|يستقبل الرسائل")),
    Field("phone.state", "phone", "state", _C, N_("State of the telephone"), CONTACT, vocabulary="contact_state",
          outreach=True,
          aliases=words(
              "phone status|état du téléphone|estado del teléfono|estado do telefone|حالة الهاتف")),
    Field("email", "email", "address", kinds.EMAIL, N_("E-mail"), CONTACT, index="contact", minimal=True,
          aliases=words(
              "email|e-mail|mail|email address|e mail|courriel|adresse électronique|adresse e-mail|"
              "adresse de messagerie|mél|correo|correo electrónico|correos electrónicos|correo electronico|"
              "correos electronicos adicionales|e-mail address|البريد الإلكتروني|بريد إلكتروني|"
              "электронная почта|эл. почта|e-mail-adresse|"
              "adres e-mail|електронна пошта|ел. пошта")),
    Field("email.state", "email", "state", _C, N_("State of the e-mail"), CONTACT, vocabulary="contact_state",
          outreach=True, aliases=words("email status|état de l'e-mail|estado del correo|estado do e-mail|حالة البريد")),
    Field("messenger", "messenger", "handle", _T, N_("Messenger"), CONTACT,
          aliases=words("messenger name|telegram|signal|messagerie|mensajería|mensageiro|برنامج المراسلة")),
    Field("messenger.service", "messenger", "service", _C, N_("Messenger service"), CONTACT, vocabulary="messenger",
          aliases=words(
              "messaging service|service de messagerie|servicio de mensajería|serviço de mensagens|"
              "خدمة المراسلة")),
    Field("messenger.state", "messenger", "state", _C, N_("State of the messenger"), CONTACT,
          vocabulary="contact_state", outreach=True,
          aliases=words("messenger status|état de la messagerie|estado de la mensajería|حالة المراسلة")),
)


ADDRESS_FIELDS = (
    Field("address.house_number", "address", "house_number", kinds.TEXT, N_("House number"), ADDRESS,
          aliases=words(
              "house number|house no|street number|street_number|numéro de rue|n° rue|"
              "número de casa|número de porta|رقم المنزل|номер дома|hausnummer")),
    Field("address.street", "address", "street", kinds.TEXT, N_("Street"), ADDRESS, minimal=True,
          aliases=words(
              "address|street|street address|postal address|mailing address|address 1|"
              "address line 1|address_1|rue|adresse|adresse postale|voie|dirección|direccion|"
              "domicilio|calle|endereço|morada|rua|العنوان|عنوان الإقامة|عنوان السكن|الشارع|адрес|улица|straße|strasse|"
              "anschrift|adresse complète|cím|adresa|szavazóhely címe|"
              "adres|ulica|адреса|вулиця")),
    Field("address.district", "address", "district", kinds.TEXT, N_("District"), ADDRESS, index="place",
          aliases=words(
              "district|suburb|neighbourhood|quartier|arrondissement|barrio|bairro|الحي|район|"
              "stadtteil|address_2|address 2|address line 2|address_3|address 3|address line 3|complément d'adresse")),
    Field("address.city", "address", "city", kinds.TEXT, N_("City"), ADDRESS, index="place", minimal=True,
          aliases=words(
              "city|town|place|locality|suburb|ville|commune|localité|lieu de résidence|"
              "ville de résidence|ciudad|ciudad_castellano|localidad|municipio|cidade|município|"
              "المدينة|مدينة الإقامة|город|stadt|ort|wohnort|város|település|municipality|obec|"
              "mesto|current city|"
              "miasto|miejscowość|місто|населений пункт")),
    Field("address.region", "address", "region", kinds.TEXT, N_("Region or state"), ADDRESS,
          index="place",
          aliases=words(
              "state|county|region of residence|state of residence|département|departement|état|"
              "canton|estado|departamento|الإقليم|штат|bundesland|kraj|address region|région de résidence|"
              "région de l'adresse|estado de residencia|estado de residência")),
    Field("address.postal_code", "address", "postal_code", kinds.TEXT,
          N_("Postcode"), ADDRESS, index="place", minimal=True,
          aliases=words(
              "postcode|postal code|pin code|pincode|zip|zip code|zipcode|post code|postcode fake|code postal|cp|c.p|"
              "código postal|codigo postal|cep|الرمز البريدي|почтовый индекс|индекс|plz|"
              "postleitzahl|irányítószám|psč|"
              "kod pocztowy|поштовий індекс")),
    Field("address.country", "address", "country", kinds.COUNTRY,
          N_("Country"), ADDRESS, vocabulary="country", index="place", minimal=True,
          aliases=words(
              "country|country of residence|pays|pays de résidence|país|pais|pais_iso_2|pais_iso_3|"
              "pais castellano|país de residencia|país de residência|البلد|بلد الإقامة|الدولة|"
              "страна|страна проживания|land|ország|krajina|residence country|"
              "kraj zamieszkania|країна|країна проживання")),
    Field("address.coordinates", "address", "city_id", kinds.COORDINATES, N_("Latitude and longitude"), ADDRESS,
          editable=False,
          aliases=words("latitude, longitude|latitud y longitud|latitude e longitude|خط العرض وخط الطول")),
    Field("address.from", "address", "valid_from", kinds.PARTIAL_DATE, N_("Lives there since"), ADDRESS,
          aliases=words(
              "address since|resident since|adresse depuis|réside depuis|domicilio desde|"
              "residente desde|العنوان منذ")),
    Field("address.to", "address", "valid_to", kinds.PARTIAL_DATE, N_("Lived there until"), ADDRESS,
          aliases=words("address until|adresse jusqu'au|domicilio hasta|العنوان حتى")),
    Field("address.kind", "address", "kind", _C, N_("Kind of address"), ADDRESS, vocabulary="address_kind",
          aliases=words("address type|type d'adresse|tipo de dirección|tipo de endereço|نوع العنوان")),
    Field("address.state", "address", "state", _C, N_("State of the address"), ADDRESS, vocabulary="address_state",
          outreach=True,
          aliases=words("address status|état de l'adresse|estado de la dirección|estado do endereço|حالة العنوان")),
    Field("address.source", "address", "source", _T, N_("Source of the address"), ADDRESS,
          aliases=words("source de l'adresse|fuente de la dirección|fonte do endereço|مصدر العنوان")),
)

WEBSITE_ALIASES = words(
              "web|website|web site|url|homepage|web page|site|site web|site internet|sitio web|"
              "página web|sitio_web|página|الموقع|الموقع الإلكتروني|сайт|ссылка|"
              "ссылка на страницу депутата|webseite|link")


ACTIVITY_FIELDS = (
    Field("activity", "activity", "kind", _C, N_("Activity"), ACTIVITIES, vocabulary="activity", outreach=True,
          aliases=words("activity type|contact log|type d'activité|tipo de actividad|tipo de atividade|نوع النشاط")),
    Field("activity.date", "activity", "date", _D, N_("Date of the activity"), ACTIVITIES, outreach=True,
          aliases=words("activity on|date de l'activité|fecha de la actividad|data da atividade|تاريخ النشاط")),
    Field("activity.service", "activity", "service", _C, N_("Service"), ACTIVITIES, vocabulary="service",
          outreach=True,
          aliases=words(
              "consular service|service consulaire|servicio consular|serviço consular|الخدمة القنصلية")),
    Field("activity.direction", "activity", "direction", _C, N_("Direction"), ACTIVITIES, vocabulary="direction",
          outreach=True, aliases=words("incoming or outgoing|sens du contact|sentido|الاتجاه")),
    Field("activity.subject", "activity", "subject", _T, N_("Subject"), ACTIVITIES, outreach=True,
          aliases=words("objet de l'activité|asunto|assunto|موضوع النشاط")),
    Field("activity.notes", "activity", "notes", kinds.LONG_TEXT, N_("Notes on the activity"), ACTIVITIES,
          sensitivity=2, outreach=True,
          aliases=words("activity notes|notes sur l'activité|notas de la actividad|notas da atividade|ملاحظات النشاط")),
    Field("activity.officer", "activity", "officer", _T, N_("Member of staff"), ACTIVITIES, sensitivity=0,
          outreach=True, aliases=words("handled by|agent traitant|funcionario|funcionário|الموظف")),
    Field("activity.follow_up", "activity", "follow_up", _D, N_("Follow up by"), ACTIVITIES, outreach=True,
          aliases=words("follow-up due|follow up|à suivre avant le|seguimiento|acompanhamento|المتابعة قبل")),
    Field("activity.followed_up", "activity", "followed_up", _D, N_("Followed up on"), ACTIVITIES, outreach=True,
          aliases=words("follow-up done|suivi fait le|seguimiento hecho el|acompanhamento feito em|تمت المتابعة في")),
    Field("activity.theme", "activity", "theme", _C, N_("Theme of the concern"), ACTIVITIES,
          vocabulary="concern_theme", outreach=True,
          aliases=words(
              "concern theme|thème de la préoccupation|tema de la inquietud|tema da preocupação|موضوع الشكوى")),
    Field("activity.place", "activity", "place", _T, N_("Place of the activity"), ACTIVITIES, outreach=True,
          aliases=words("activity place|lieu de l'activité|lugar de la actividad|lugar da atividade|مكان النشاط")),
    Field("activity.answered_on", "activity", "answered_on", _D, N_("Answered on"), ACTIVITIES, outreach=True,
          aliases=words("concern answered on|répondu le|respondido el|respondido em|تاريخ الرد")),
    Field("activity.answered_by", "activity", "answered_by", _T, N_("Answered by"), ACTIVITIES, sensitivity=0,
          outreach=True, aliases=words("concern answered by|répondu par|respondido por|أجاب عنها")),
)


def notes_fields(table: str) -> tuple[Field, ...]:
    """Free notes, kept in `table`."""
    return (
        Field("notes", table, "notes", kinds.LONG_TEXT, N_("Notes"), NOTES, sensitivity=2,
              aliases=words(
                  "note|remarks|comment|comments|remarques|remarque|observations|commentaire|"
                  "commentaires|notas|observaciones|comentarios|observações|comentários|ملاحظات|"
                  "примечания|комментарий|bemerkungen|anmerkungen|megjegyzés|poznámka")),
    )
# fmt: on
