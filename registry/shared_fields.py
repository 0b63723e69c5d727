"""Fields that people and associations share: registration, contact, address, website, notes."""

from __future__ import annotations

from registry import kinds
from registry.fields import Field
from registry.i18n import N_

REGISTRATION = N_("Registration")
CONTACT = N_("Contact")
ADDRESS = N_("Address")
NOTES = N_("Notes")


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
              "phones|contact number|téléphone|portable|gsm|n° tél|numéro de téléphone|"
              "téléphone portable|teléfono|móvil|celular|telefone|telemóvel|الهاتف|رقم الهاتف|"
              "الجوال|телефон|telefon|handy|telefón|mobil|telefono principal|telefonos adicionales|"
              "celular guardia|celulares adicionales|home phone|work phone")),
    Field("email", "email", "address", kinds.EMAIL, N_("E-mail"), CONTACT, index="contact", minimal=True,
          aliases=words(
              "email|e-mail|mail|email address|e mail|courriel|adresse électronique|adresse e-mail|"
              "mél|correo|correo electrónico|correos electrónicos|correo electronico|"
              "correos electronicos adicionales|e-mail address|البريد الإلكتروني|بريد إلكتروني|"
              "электронная почта|эл. почта|e-mail-adresse")),
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
              "domicilio|calle|endereço|morada|rua|العنوان|الشارع|адрес|улица|straße|strasse|"
              "anschrift|adresse complète|cím|adresa|szavazóhely címe")),
    Field("address.district", "address", "district", kinds.TEXT, N_("District"), ADDRESS, index="place",
          aliases=words(
              "district|suburb|neighbourhood|quartier|arrondissement|barrio|bairro|الحي|район|"
              "stadtteil|address_2|address 2|address line 2|complément d'adresse")),
    Field("address.city", "address", "city", kinds.TEXT, N_("City"), ADDRESS, index="place", minimal=True,
          aliases=words(
              "city|town|place|locality|suburb|ville|commune|localité|lieu de résidence|"
              "ville de résidence|ciudad|ciudad_castellano|localidad|municipio|cidade|município|"
              "المدينة|مدينة الإقامة|город|stadt|ort|wohnort|város|település|municipality|obec|"
              "mesto|current city")),
    Field("address.region", "address", "region", kinds.TEXT, N_("Region or state"), ADDRESS,
          index="place",
          aliases=words(
              "state|county|region of residence|state of residence|département|departement|état|"
              "canton|estado|departamento|الإقليم|штат|bundesland|kraj|address region")),
    Field("address.postal_code", "address", "postal_code", kinds.TEXT,
          N_("Postcode"), ADDRESS, index="place", minimal=True,
          aliases=words(
              "postcode|postal code|zip|zip code|zipcode|post code|postcode fake|code postal|cp|"
              "código postal|codigo postal|cep|الرمز البريدي|почтовый индекс|индекс|plz|"
              "postleitzahl|irányítószám|psč")),
    Field("address.country", "address", "country", kinds.COUNTRY,
          N_("Country"), ADDRESS, vocabulary="country", index="place", minimal=True,
          aliases=words(
              "country|country of residence|pays|pays de résidence|país|pais|pais_iso_2|pais_iso_3|"
              "pais castellano|país de residencia|país de residência|البلد|بلد الإقامة|الدولة|"
              "страна|страна проживания|land|ország|krajina|residence country")),
    Field("address.from", "address", "valid_from", kinds.PARTIAL_DATE, N_("Lives there since"), ADDRESS,
          aliases=words(
              "address since|resident since|adresse depuis|réside depuis|domicilio desde|"
              "residente desde|العنوان منذ")),
    Field("address.to", "address", "valid_to", kinds.PARTIAL_DATE, N_("Lived there until"), ADDRESS,
          aliases=words("address until|adresse jusqu'au|domicilio hasta|العنوان حتى")),
)

WEBSITE_ALIASES = words(
              "web|website|web site|url|homepage|web page|site|site web|site internet|sitio web|"
              "página web|sitio_web|página|الموقع|الموقع الإلكتروني|сайт|ссылка|"
              "ссылка на страницу депутата|webseite|link")


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
