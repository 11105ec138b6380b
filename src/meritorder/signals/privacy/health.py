"""The health of a certain person: a condition or a treatment, and beside it the words that say whose."""

import re
from collections.abc import Iterator

from meritorder.signals.privacy.surroundings import Found, Readers, utf8, words

_CONDITIONS = (
    r"diab(?:e|è)t\w*|hipertens\w*|esclerosis|hypertension|asthma\w*|cancer|lymphom\w*|leuk(?:a|ä)?e?mi\w*"
    r"|melanom\w*|tumou?r\w*|carcinom\w*|karzinom\w*|depress\w*|depresi\w*|dépressi\w*|anxiety|bipolar\w*"
    r"|schizo\w*|adhd|adhs|tdah|autis\w*|aspergers?"
    r"|ptsd|ptbs|ocd|borderline|anorexi\w*|bulimi\w*|burn-?out|epileps\w*|épilepsie|migraine\w*|migräne"
    r"|multiple sclerosis|multipler? sklerose|sclérose en plaques|esclerosis m(?:u|ú)ltiple|sclerosi multipla"
    r"|parkinson\w*|alzheimer\w*|dement\w*|demenz|démence"
    r"|hiv(?:-positiv\w*|-positief)?|aids|hepatit\w*|herpes|chlamydia|syphilis|tubercul\w*|lupus|crohn\w*"
    r"|colitis\w*|coeliac|celiac\w*|zöliakie|endometriosis|endometriose|pcos|fibromyalgi\w*|arthrit\w*"
    r"|artrit\w*|rheuma\w*|psoria\w*|eczema|neurodermitis"
    r"|copd|cirrhosis|kidney (?:failure|disease|stones?)|renal failure|heart (?:attack|failure|condition"
    r"|disease|murmur)|herzinfarkt|infarctus|infarto|stroke|schlaganfall|avc|ictus|beroerte|arrhythmia"
    r"|atrial fibrillation|vorhofflimmern|angina"
    r"|miscarr\w*|fehlgeburt|fausse couche|pregnan\w*|schwanger\w*|enceinte|embarazad\w*|grávida|incinta"
    r"|zwanger|infertil\w*|ivf|abortion|overdos\w*|alcoholi[cs]\w*|alkohol\w*|addict\w*|sobriety|suicid\w*"
    r"|self-harm\w*"
    r"|pneumonia|lungenentzündung|pneumonie|polmonite|neumonía|appendicitis|blinddarm\w*|hernia"
    r"|bandscheiben\w*|slipped disc|sciatica|concussion|fractur\w*|gebrochen\w*|anaemi\w*|anemi\w*"
    r"|hypothyroid\w*|hashimoto\w*|thyroid|schilddrüse\w*"
    r"|insomnia|sleep apnea|schlafapnoe|glaucoma|cataract\w*|tinnitus|scoliosis|osteopor\w*|allerg\w*"
    r"|anaphyla\w*|covid\w*|long covid|lyme|borrelio\w*|hyperlipid\w*|hypercholest\w*|cholesterol"
    r"|bluthochdruck|hipertensi\w*|ipertensione|hoge bloeddruk|high blood pressure"
    r"|cáncer|cancro|krebs\w*|brustkrebs|breast cancer|kanker|borstkanker|ansiedad|ansiedade|angststörung"
    r"|panic (?:attacks?|disorder)|panikattacken|psychos\w*|seizures?|chemo\w*|quimioterapia|radiotherap\w*"
    r"|dialysis|dialyse|transplant\w*|mastectomy|hysterectomy|biopsy"
)
_DRUGS = (
    r"sertraline?\w*|zoloft|fluoxetin\w*|prozac|citalopram|escitalopram\w*|lexapro|cipralex|venlafaxin\w*"
    r"|duloxetin\w*|bupropion|mirtazapin\w*|lithium|quetiapin\w*|seroquel|olanzapin\w*|risperidon\w*"
    r"|aripiprazol\w*|lamotrigin\w*|valproat\w*|carbamazepin\w*|levetiracetam"
    r"|metformin\w*|insulin\w*|levodopa|ozempic|semaglutid\w*|lisinopril|ramipril|amlodipin\w*|losartan"
    r"|bisoprolol|metoprolol\w*|atorvastatin\w*|simvastatin\w*|warfarin\w*|marcumar|apixaban|eliquis|xarelto"
    r"|rivaroxaban|clopidogrel"
    r"|levothyroxin\w*|l-thyroxin|lévothyrox|eutirox|methotrexat\w*|humira|adalimumab|infliximab|rituximab"
    r"|tamoxifen\w*|prednison\w*|prednisolon\w*|cortisone?|ritalin\w*|methylphenidat\w*|adderall|concerta"
    r"|elvanse|lisdexamfetamin\w*"
    r"|tramadol|oxycodon\w*|morphine?|methadone?|naltrexon\w*|diazepam|lorazepam|xanax|alprazolam|zolpidem"
    r"|omeprazol\w*|pantoprazol\w*|salbutamol|ventolin|amoxicillin\w*|antidepress\w*|antiretroviral\w*|truvada"
    r"|gabapentin\w*|pregabalin\w*|lyrica"
)
_MEASURES = (
    r"hba1c|blood (?:pressure|sugar|glucose|type)|blutdruck|blutzucker|glucose|tsh|psa|ldl|bmi|viral load|cd4"
    r"|creatinine|kreatinin|ferritin|tensión arterial|tension artérielle|glycémie|glucemia|glicemia|bloeddruk"
    r"|pressione|egfr|phq-9"
)
_OWNER = (
    r"my(?: \w+)?|his|her|their|mein(?:e|er|em|en)?(?: \w+)?|sein(?:e|er)?|ihr(?:e|er)?|mon|ma|mes|son|sa|ses"
    r"|mi|su|mis|sus|il mio|la mia|il suo|la sua|meu|minha|seu|sua|dele|dela|mijn(?: \w+)?|zijn|haar"
)
_WHO = (
    r"(?:i|he|she|they|we|ich|er|sie|je|j'|elle|il|on|yo|ella|él|lui|lei|ele|ela|ik|hij|zij|ze|who|patient\w*"
    r"|paciente|paziente|pt|wife|husband|mother|father|mum|mom|dad|son|daughter|brother|sister|boss|colleague"
    r"|employee|frau|mann|mutter|vater|tochter|sohn|kollege|kollegin|mère|père|mari|femme|fille|fils|madre"
    r"|padre|hijo|hija|marido|esposa|mãe|pai|filho|filha|marito|moglie|figlio|figlia|vrouw|man|moeder|vader"
    r"|dochter|zoon|collega|client|(?-i:(?!What|Why|Was|Are|Is|On|Who|How|Que|Qui|When|Where|This|That|There"
    r"|It|Es|Das)[A-Z][a-z]+))"
)
_HAVE = (
    r"(?:have|has|had|having|suffers? from|suffered (?:from )?(?:a |an )?|suffering from|live[sd]? with"
    r"|living with|struggl\w+ with|battl\w+|recover\w+ from|is (?:\d+ (?:weeks|months) )?|am (?:\d+ (?:weeks"
    r"|months) )?|was|got|diagnosed with|been diagnosed with|treated for|being treated for|tested positive for"
    r"|undergo\w*|went through"
    r"|habe?|hat|hatte|leide[t]?(?: (?:an|unter))?|litt an|bin|ist|erkrankt an|erlitt(?:en)?|wegen"
    r"|wurde(?: mit)?|a (?:un|une|du|le|la)|avait|souffr\w+ d(?:e|'un|'une|u)|suis|est|suivi(?:e)? pour"
    r"|atteint(?:e)? d(?:e|'un|'une|u)|tengo|tiene|tuvo|sufr\w+(?: de)?|padec\w+(?: de)?|estoy|está|es"
    r"|ho|ha|soffr\w+ d(?:i|el)|sono|è|tenho|tem|teve|sofr\w+ de|estou|sou|heb|heeft|had|lijdt? aan|ben|is|kreeg)"
)
_TAKE = (
    r"(?:take[sn]?|taking|took|on|prescribed|(?:started|starting|stopped|increased|switched to|put (?:me|him"
    r"|her|them) on|medicated with)|nehme|nimmt|nehmen|einnehme|bekomme|bekommt|bekam|verschrieben|prends?"
    r"|prend|prendre|sous|tomo|toma|tomando|tomar|prendo|prende|assume|tomo|slik|slikt|neem|neemt|gebruik"
    r"|gebruikt)"
)
_MORE = (
    r"(?: (?:type|typ|tipo|de type) [12I]{1,2}| ?(?:\d{1,4}(?:[.,]\d{1,2})?) ?(?:mg|µg|mcg|ml|g|%|mmol/l|mg/dl"
    r"|i\.?e\.?|units?)(?:/\w+)?| (?:disease|disorder|syndrome|positive|syndrom|cancer|attack\w*|surgery"
    r"|therapy|treatment|daily|twice a day|twice daily|once daily|täglich))*"
)
_ADVERB = r"(?: (?!(?:not|never|no|nicht|kein\w*|pas|nunca|non|geen)\b)[\w'-]{1,15}){0,3}?"
_TERM = rf"(?:{_CONDITIONS}|{_DRUGS})"
_STATED = (
    utf8(
        rf"(?i)(?<![a-z])(?:{_WHO}|{_OWNER})(?:'s|'ve|'m)?(?: \w+){{0,2}}?(?: (?:also|still|now|recently|just"
        rf"|already|auch|seit \w+|leider|wohl))? ({_HAVE}{_ADVERB}(?: |(?<=d)'| d'| l'"
        rf"| un'){_TERM}{_MORE})(?![a-z])"
    ),
    utf8(
        rf"(?i)(?<![a-z])(?:{_WHO})(?:'s|'ve|'m)?(?: (?:also|is|was|has been|have been|am|are|currently|still|now"
        rf"|daily|\w+ly|seit \w+|wird|est|ist))? ({_TAKE}{_ADVERB} {_DRUGS}{_MORE})(?![a-z])"
    ),
    utf8(
        rf"(?i)(?<![a-z])(?:{_OWNER}|(?-i:[A-Z][a-z]+)'s) ((?:recent |latest |new |last |chronic |severe "
        rf"|old )?(?:{_TERM}|{_MEASURES}){_MORE}(?: (?:is|was|came back at|of|at|results?|test|diagnosis|medication"
        rf"|surgery|ist|war|liegt bei|est|es|è|é|:|has|came|got)(?: (?:at|bei|de|à|of|back|worse|now|only|still|now"
        rf"|a|su))? ?(?:\d{{1,3}}(?:[.,/]\d{{1,3}})?(?: ?%| mmol/l| mg/dl| mmHg)?|positive|negative"
        rf"|positiv)?)?)(?![a-z])"
    ),
    utf8(
        rf"(?i)(?<![a-z])((?:(?:tengo|tenho|sufro de|padezco|soffro di|sofro de|ho|heb|j'ai|j'avais|i have|estoy"
        rf"|souffr\w+ d(?:e|u|'))"
        rf"{_ADVERB}(?: |(?<=d)'| d'| l'|(?<='))(?:{_TERM})|{_TAKE}(?: [\w'-]{{1,15}})?? (?:{_DRUGS})){_MORE})"
        rf"(?![a-z])"
    ),
    utf8(
        rf"(?i)(?<![a-z])({_TERM} (?:diagnostiziert|festgestellt|diagnosed|diagnosticad[oa])"
        rf"|(?:wegen|due to|because of|pour|por|per|vanwege) {_TERM} (?:krankgeschrieben|in behandlung"
        rf"|arbeitsunfähig))(?![a-z])"
    ),
    utf8(
        r"(?i)(?<![a-z])((?:is |est |ist |es |are )?(?:allergic|allergisch|allergique|alérgic[oa]"
        r"|allergic[oa]) (?:to|gegen|auf|à|aux?|al?|voor)"
        r" [\w'-]{3,20}(?: (?:and|und|et|y|e) [\w'-]{3,20})?)(?![a-z])"
    ),
    utf8(
        r"(?i)(?<![a-z])((?:(?:was|been|got|is|were|just|recently|newly|wurde|ha sido|fue|foi|è stat[ao]|a été|été"
        r"|werd|is)(?: \w{1,12})? )?(?:diagnosed (?:with|as having)|tested positive for|diagnostiqué(?:e)?(?: avec"
        r"| d)?|diagnosticad[oa](?: (?:con|com|de|una?))?|diagnosticato|gediagnosticeerd met|diagnostiziert mit)"
        r"(?: (?:a|an|stage|early|severe|mild|early-onset|type)){0,3}(?: [\w'-]{2,24}){1,2}?)(?=(?: (?:in|last"
        r"|this|at|and|two|three|by|after|when|since|on|but|so|years|en|le|el|em|im|vor|vorig|a|nel|two|for"
        r"|el)(?![a-z]))|[.,;:!?)\n]|$)"
    ),
    utf8(
        r"(?i)(?<![a-z])(?:diagnos(?:is|e|tic)|diagnosi|diagnóstico|diagnose|medication|medikation|medikament\w*"
        r"|medicación|medicatie|traitement|tratamiento|terapia|treatment|krankheit|allergies|allergien"
        r"|vorerkrankung\w*|antécédents|antecedentes|past medical history|pmh|rx|icd-?10?|health conditions?"
        r"|medical conditions?)"
        r"\\?\"? ?[:=] ?\\?\"?((?![ \"]|(?:none|n/a|null|string|keine|string|no|unknown|unbekannt|tbd"
        r"|-)\b)[^\n,;.\"|\\{\[]{4,60})"
    ),
    utf8(
        rf"(?i)(?<![a-z])((?:sick leave|krankgeschrieben|off sick|signed off(?: sick| work)?|arrêt maladie"
        rf"|baja(?: médica| laboral)|in malattia|de baixa(?: médica)?|ziek gemeld|in therapy"
        rf"|medical leave)(?: (?:due to|because of|for|with|wegen|pour|por|per|met|vanwege"
        rf"|with)(?: [\w'-]+){{0,2}} {_TERM}))(?![a-z])"
    ),
)
_ANYONE = re.compile(
    rb"(?i)(?:are you|sind sie|what (?:is|are|causes)|how (?:is|does|do|are)|symptoms of|causes of"
    rb"|treatment (?:of|for)|was ist|was sind|qu'est-ce|qu\xc3\xa9 es|cos'\xc3\xa8|o que \xc3\xa9|wat is"
    rb"|people (?:who|with)|patients (?:who|with)|someone (?:who|with)|if (?:a|an|someone|you)|anyone (?:who"
    rb"|with)|when a|a person|a patient|many|million|percent|%|adults|children (?:who|with)|who (?:discovered"
    rb"|invented)|character|protagonist)[^.!?\n]{0,48}$"
)


_SUBJECTS = words(
    """
i i'm i've my me he she his her him they their we who patient patients wife husband mother father mum mom dad son
daughter brother sister boss colleague employee client ich er sie mein meine meiner meinem meinen sein seine seiner
ihr ihre ihrer frau mann mutter vater tochter sohn kollege kollegin je j'ai j'avais elle il mon ma mes sa ses femme
mari mère père fille fils yo mi su tengo tiene ella él mis sus madre padre hijo hija marido esposa ho mio mia suo sua
lui lei moglie marito figlio figlia eu meu minha seu ele ela tenho mãe pai filho filha ik mijn hij zij zijn haar ze
vrouw moeder vader dochter zoon collega patiente patientin paciente paziente
"""
)
_PERSONAL = 3
"""How many of `_STATED` need a person beside them; the others bring cues of their own."""


def _conditions(text: bytes, start: int, end: int) -> Iterator[Found]:
    """Read the patterns that can match here at all: most texts about health name nobody."""
    here = text[start:end]
    personal = not _SUBJECTS.isdisjoint(_WORDS.findall(here.lower())) or _POSSESSIVE.search(here) is not None
    for pattern in _STATED[:_PERSONAL] if personal else ():
        yield from _stated(pattern, text, start, end)
    for cue, pattern in zip(_CUES, _STATED[_PERSONAL:], strict=True):
        if cue.search(here):
            yield from _stated(pattern, text, start, end)


_WORDS = re.compile(rb"[a-z'\x80-\xff]+")
_POSSESSIVE = re.compile(rb"[A-Z][a-z\x80-\xff]+(?:'s| has| is| was| takes| hat| nimmt| tiene| a | ha | heeft| tem)")
_CUES = (
    re.compile(
        rb"(?i)(?<![a-z])(?:t[eo]n[gh]o|sufro|padezco|soffro|sofro|ho|heb|j'a|i have|estoy|souffr|take|taking|took"
        rb"|on|pr|tom|ass|sli|n[ei]|ge|bek|ver|sous|st|sw|inc)"
    ),
    re.compile(rb"(?i)diagnos|festgestellt|krankge|behandlung|arbeitsunf"),
    re.compile(rb"(?i)al+[e\xc3]\xa9?rgi"),
    re.compile(rb"(?i)diagnos|gediagnos|tested positive"),
    re.compile(rb"[:=]"),
    re.compile(rb"(?i)leave|krank|sick|signed off|maladie|baja|malattia|baixa|ziek|therapy"),
)
"""What has to stand beside a condition for each of the other patterns to be tried."""


def _stated(pattern: re.Pattern[bytes], text: bytes, start: int, end: int) -> Iterator[Found]:
    """What one pattern finds, unless the sentence is about anyone."""
    for found in pattern.finditer(text, start, end):
        begins, ends = found.span(1)
        if not _ANYONE.search(text, max(0, begins - 100), begins):
            yield "health", begins, begins + len(text[begins:ends].rstrip())


READERS: Readers = {"health": _conditions}
PATTERNS = (
    (
        "health",
        rf"(?i)(?:^|[^a-z])(?:{_CONDITIONS})(?:[^a-z]|\z)".replace(r"\w*", "").replace("(?:[^a-z]|\\z)", "").encode(),
    ),
    ("health", rf"(?i)(?:^|[^a-z])(?:{_DRUGS})".replace(r"\w*", "").encode()),
    ("health", rf"(?i)(?:^|[^a-z])(?:{_MEASURES})[^a-z]".encode()),
    (
        "health",
        (
            r"(?i)diagnosed|diagnos(?:is|e)\\?\"? ?[:=]|diagnos[ei] ?:|diagnóstico ?:|diagnosti(?:qué|cad|ziert)"
            r"|gediagnost|tested positive|medic?k?ati\w{1,3}\\?\"? ?[:=]|traitement ?:|tratamiento ?:|treatment ?:"
            r"|(?:health|medical) conditions?\\?\"? ?[:=]|vorerkrank\w{1,6}:|medical history ?:|allerg\w{2,4} ?:"
        ).encode(),
    ),
)
