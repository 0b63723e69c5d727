"""Fields of what a person can do and wants to do: education, work, skills, languages, engagement, elections."""

from __future__ import annotations

from registry import kinds
from registry.field_list.shared import CONTACT, WEBSITE_ALIASES, words
from registry.fields import Field
from registry.i18n import N_

EDUCATION = N_("Education")
WORK = N_("Work")
SKILLS = N_("Skills and languages")
ENGAGEMENT = N_("Engagement")
REMITTANCES = N_("Remittances")
ELECTIONS = N_("Elections")

_T, _N = kinds.TEXT, kinds.NAME
_C, _O = kinds.CODE, kinds.OPEN_CODE
_D, _I = kinds.PARTIAL_DATE, kinds.INTEGER


# fmt: off
PERSON_EDUCATION = (
    Field("education.level", "education", "level", _C, N_("Level of education"), EDUCATION, vocabulary="isced_level",
          aliases=words(
              "education|education level|highest education|niveau d'études|niveau d'instruction|"
              "nivel de estudios|nivel educativo|nível de instrução|escolaridade|habilitações|المستوى التعليمي|"
              "уровень образования|bildungsstand|"
              "wykształcenie|освіта")),
    Field("education.field", "education", "field", _O, N_("Field of study"), EDUCATION, vocabulary="isced_field",
          written="field_text", index="other",
          aliases=words(
              "field of education|subject studied|domaine d'études|spécialité|campo de estudios|"
              "área de estudos|مجال الدراسة|studienfach")),
    Field("education.title", "education", "title", _T, N_("Degree"), EDUCATION,
          aliases=words("title of degree|qualification|intitulé du diplôme|título académico|grau académico|الشهادة")),
    Field("education.institution", "education", "institution", _T, N_("School or university"), EDUCATION,
          aliases=words(
              "university|school|educational institution|établissement|université|universidad|centro de estudios|"
              "universidade|الجامعة")),
    Field("education.country", "education", "country", kinds.COUNTRY, N_("Country of study"), EDUCATION,
          vocabulary="country",
          aliases=words("studied in|pays d'études|país de estudios|país de estudos|بلد الدراسة")),
    Field("education.year", "education", "year", _D, N_("Year of the degree"), EDUCATION,
          aliases=words("graduation year|année du diplôme|año de titulación|ano de conclusão|سنة التخرج")),
    Field("education.recognised_here", "education", "recognised_here", _C, N_("Recognised here"), EDUCATION,
          vocabulary="recognition",
          aliases=words("recognised in the host country|reconnu ici|reconocido aquí|reconhecido aqui|معترف بها هنا")),
    Field("education.recognised_home", "education", "recognised_home", _C, N_("Recognised at home"), EDUCATION,
          vocabulary="recognition",
          aliases=words(
              "recognised in the home country|reconnu au pays|reconocido en el país|"
              "reconhecido no país|معترف بها في الوطن")),
)


PERSON_WORK = (
    Field("occupation", "job", "occupation", _O, N_("Occupation"), WORK, vocabulary="isco",
          written="occupation_text", index="other",
          aliases=words(
              "job|profession|job title|trade|work|position held|ministers|emploi|métier|fonction|"
              "profesión|ocupación|oficio|profissão|ocupação|المهنة|الوظيفة|профессия|должность|"
              "beruf|foglalkozás|povolanie|"
              "zawód|професія")),
    Field("occupation.status", "job", "status", _C, N_("Status in employment"), WORK, vocabulary="icse",
          aliases=words(
              "employment status|statut d'emploi|situación laboral|situação profissional|"
              "الوضع الوظيفي|erwerbsstatus")),
    Field("employer", "job", "employer", _T, N_("Employer"), WORK, index="other",
          aliases=words(
              "company|workplace|employeur|entreprise|société|empleador|empresa|empregador|"
              "جهة العمل|место работы|работодатель|arbeitgeber|munkahely|zamestnávateľ|"
              "pracodawca|роботодавець")),
    Field("sector", "job", "sector", _O, N_("Sector"), WORK, vocabulary="isic", written="sector_text",
          aliases=words(
              "industry|branch|economic activity|secteur|secteur d'activité|branche|"
              "sector económico|rama de actividad|setor de atividade|قطاع العمل|branche der firma|отрасль")),
    Field("seniority", "job", "seniority", _C, N_("Seniority"), WORK, vocabulary="seniority",
          aliases=words("career level|niveau hiérarchique|nivel jerárquico|nível hierárquico|الأقدمية")),
    Field("occupation.from", "job", "since", _D, N_("In this work since"), WORK,
          aliases=words(
              "employed since|job start|start of the job|en poste depuis|début de l'emploi|"
              "trabaja desde|inicio del empleo|trabalha desde|início do emprego|يعمل منذ")),
    Field("occupation.to", "job", "until", _D, N_("In this work until"), WORK,
          aliases=words(
              "employed until|job end|end of the job|en poste jusqu'au|fin de l'emploi|"
              "trabajó hasta|fin del empleo|trabalhou até|fim do emprego|عمل حتى")),
    Field("trained_occupation", "person", "trained_occupation", _O, N_("Occupation trained for"), WORK,
          vocabulary="isco", written="trained_occupation_text", index="other",
          aliases=words(
              "trained for|learned occupation|métier appris|profession de formation|"
              "profesión de formación|profissão de formação|المهنة الأصلية|erlernter beruf")),
    Field("licence", "licence", "profession", _O, N_("Licensed profession"), WORK, vocabulary="isco",
          written="profession_text", index="other",
          aliases=words(
              "professional licence|regulated profession|profession réglementée|"
              "profesión regulada|profissão regulamentada|المهنة المنظمة")),
    Field("licence.country", "licence", "country", kinds.COUNTRY, N_("Licensed in"), WORK, vocabulary="country",
          aliases=words("country of licence|pays de la licence|país de la licencia|país da licença|بلد الترخيص")),
    Field("licence.number", "licence", "number", _T, N_("Licence number"), WORK,
          aliases=words("numéro de licence|número de licencia|número da licença|رقم الترخيص")),
    Field("licence.authority", "licence", "authority", _T, N_("Licensing authority"), WORK,
          aliases=words("autorité de licence|autoridad de la licencia|autoridade da licença|سلطة الترخيص")),
    Field("licence.expires", "licence", "expires", _D, N_("Licence expires"), WORK,
          aliases=words("fin de la licence|vencimiento de la licencia|validade da licença|انتهاء الترخيص")),
)


PERSON_SKILLS = (
    Field("skill", "skill", "skill", _O, N_("Skill"), SKILLS, vocabulary="skill", written="skill_text",
          index="other",
          aliases=words(
              "skills|competence|competences|expertise|compétence|compétences|habilidad|"
              "habilidades|competencia|competência|competências|المهارات|المهارة|навыки|fähigkeit|"
              "fähigkeiten|kenntnisse")),
    Field("skill.level", "skill", "level", _C, N_("Skill level"), SKILLS, vocabulary="skill_level",
          aliases=words(
              "level of skill|niveau de compétence|nivel de habilidad|nível de competência|"
              "مستوى المهارة")),
    Field("skill.years", "skill", "years", _I, N_("Years of practice"), SKILLS,
          aliases=words(
              "years of experience|experience|années d'expérience|années de pratique|"
              "años de experiencia|anos de experiência|سنوات الخبرة")),
    Field("skill.last_used", "skill", "last_used", _D, N_("Last used"), SKILLS,
          aliases=words("skill last used|dernière utilisation|último uso|última utilização|آخر استعمال")),
    Field("skill.evidence", "skill", "evidence", _C, N_("Evidence"), SKILLS, vocabulary="evidence",
          aliases=words("evidence of skill|preuve de compétence|prueba de la habilidad|prova da competência|الإثبات")),
    Field("skill.verified_by", "skill", "verified_by", _T, N_("Verified by"), SKILLS,
          aliases=words("skill verified by|vérifié par|verificado por|تحقق منه")),
    Field("language", "spoken_language", "language", kinds.LANGUAGE,
          N_("Spoken language"), SKILLS, vocabulary="language",
          aliases=words(
              "languages|languages spoken|spoken languages|langue|langues|langues parlées|idioma|"
              "idiomas|lengua|língua|línguas|línguas faladas|اللغات|اللغة|языки|язык|sprache|"
              "sprachen")),
    Field("language.level", "spoken_language", "level", _C,
          N_("Language level"), SKILLS, vocabulary="cefr",
          aliases=words("level of language|cefr|niveau de langue|nivel de idioma|nível de língua|مستوى اللغة")),
)


PERSON_ENGAGEMENT = (
    Field("willing", "person", "willing", _C, N_("Willing to contribute"), ENGAGEMENT, vocabulary="willing",
          aliases=words(
              "willingness|ready to contribute|prêt à contribuer|disposé à contribuer|"
              "dispuesto a contribuir|disposto a contribuir|الاستعداد للمساهمة")),
    Field("engagement_form", "engagement_form", "form", _C, N_("Form of engagement"), ENGAGEMENT,
          vocabulary="engagement_form",
          aliases=words(
              "forms of engagement|way to contribute|forme d'engagement|formes d'engagement|"
              "forma de participación|forma de participação|شكل المساهمة")),
    Field("engagement_sector", "engagement_sector", "sector", _O, N_("Sector to engage in"), ENGAGEMENT,
          vocabulary="dac_sector", written="sector_text",
          aliases=words(
              "sectors of engagement|secteur d'engagement|sector de participación|"
              "setor de participação|قطاع المساهمة")),
    Field("engagement_region", "person", "engagement_region", _T, N_("Region to engage in"), ENGAGEMENT,
          aliases=words("région d'engagement|región de participación|região de participação|منطقة المساهمة")),
    Field("engagement_institution", "person", "engagement_institution", _N, N_("Institution to engage with"),
          ENGAGEMENT,
          aliases=words(
              "institution d'engagement|institución de participación|instituição de participação|"
              "مؤسسة المساهمة")),
    Field("available_from", "person", "available_from", _D, N_("Available from"), ENGAGEMENT,
          aliases=words(
              "available|availability|disponible|disponible à partir de|disponible desde|"
              "disponível a partir de|متاح من")),
    Field("weeks_a_year", "person", "weeks_a_year", _I, N_("Weeks a year"), ENGAGEMENT,
          aliases=words(
              "weeks per year|weeks available|semaines par an|semanas al año|semanas por ano|"
              "أسابيع في السنة")),
    Field("notice_period", "person", "notice_period", _C, N_("Notice needed"), ENGAGEMENT, vocabulary="notice_period",
          aliases=words("notice period|préavis|plazo de aviso|prazo de aviso|مهلة الإشعار")),
    Field("remote", "person", "remote", _C, N_("Remote work possible"), ENGAGEMENT, vocabulary="yes_no",
          aliases=words("remote|à distance|a distancia|à distância|عن بعد")),
    Field("conditions", "person", "conditions", _T, N_("Conditions"), ENGAGEMENT,
          aliases=words("conditions of engagement|conditions d'engagement|condiciones|condições|الشروط")),
    Field("obstacle", "obstacle", "obstacle", _C, N_("Obstacle"), ENGAGEMENT, vocabulary="obstacle",
          aliases=words("obstacles|freins|obstáculo|obstáculos|العوائق")),
    Field("trust", "person", "trust", _C, N_("Trust in the authorities"), ENGAGEMENT, vocabulary="trust", sensitivity=2,
          aliases=words("trust|confiance|confianza|confiança|الثقة")),
    Field("contribution", "contribution", "form", _C, N_("Past contribution"), ENGAGEMENT,
          vocabulary="engagement_form",
          aliases=words(
              "past contributions|contribution passée|contribución anterior|contribuição anterior|مساهمة سابقة")),
    Field("contribution.year", "contribution", "year", _D, N_("Year of the contribution"), ENGAGEMENT,
          aliases=words(
              "année de la contribution|año de la contribución|ano da contribuição|سنة المساهمة")),
    Field("contribution.description", "contribution", "description", _T, N_("What was contributed"), ENGAGEMENT,
          aliases=words(
              "description of the contribution|description de la contribution|"
              "descripción de la contribución|descrição da contribuição|وصف المساهمة")),
)


PERSON_REMITTANCES = (
    Field("remittance", "person", "remittances", _C, N_("Sends money home"), REMITTANCES, vocabulary="yes_no",
          sensitivity=2,
          aliases=words("remittances|envoie de l'argent|transferts d'argent|remesas|remessas|التحويلات المالية")),
    Field("remittance.frequency", "person", "remittance_frequency", _C, N_("How often"), REMITTANCES,
          vocabulary="remittance_frequency", sensitivity=2,
          aliases=words("remittance frequency|fréquence des transferts|frecuencia de remesas|frequência de remessas")),
    Field("remittance.channel", "person", "remittance_channel", _C, N_("By which channel"), REMITTANCES,
          vocabulary="remittance_channel", sensitivity=2,
          aliases=words("remittance channel|canal des transferts|canal de remesas|canal de remessas")),
    Field("remittance.amount", "person", "remittance_amount", _C, N_("Amount"), REMITTANCES, vocabulary="amount_band",
          sensitivity=2,
          aliases=words("remittance amount|montant des transferts|monto de remesas|montante de remessas")),
    Field("remittance.use", "person", "remittance_use", _C, N_("Used for"), REMITTANCES, vocabulary="remittance_use",
          sensitivity=2,
          aliases=words("use of remittances|usage des transferts|uso de remesas|uso de remessas")),
)


PERSON_ELECTIONS = (
    Field("voter.enrolled", "person", "voter_enrolled", _C, N_("Enrolled as voter"), ELECTIONS, vocabulary="yes_no",
          aliases=words(
              "registered voter|inscrit sur la liste électorale|électeur inscrit|inscrito en el padrón|"
              "recenseado|مسجل في القوائم الانتخابية")),
    Field("voter.method", "person", "voting_method", _C, N_("Way of voting"), ELECTIONS, vocabulary="voting_method",
          aliases=words("voting method|mode de vote|forma de votación|modo de votação|طريقة التصويت")),
)


PERSON_PREFERENCES = (
    Field("preferred_language", "person", "preferred_language", kinds.LANGUAGE,
          N_("Preferred language"), CONTACT, vocabulary="language", minimal=True,
          aliases=words(
              "language of correspondence|correspondence language|contact language|"
              "langue de correspondance|langue préférée|idioma preferido|idioma de contacto|"
              "idioma de correspondência|língua preferida|اللغة المفضلة|язык переписки|"
              "korrespondenzsprache")),
    Field("preferred_channel", "person", "preferred_channel", _C,
          N_("Preferred channel"), CONTACT, vocabulary="consent_channel",
          aliases=words(
              "contact by|contact preference|canal préféré|moyen de contact|canal preferido|"
              "medio de contacto|meio de contacto|وسيلة الاتصال المفضلة")),
    Field("website", "person", "website", _T, N_("Website"), CONTACT, sensitivity=0, aliases=WEBSITE_ALIASES),
)
# fmt: on
