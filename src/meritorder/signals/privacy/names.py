"""Names of people: a known given name before a family name, or any name after words that announce one.

Three ways lead to a name. A given name of `GIVEN` counts with a family name after it, alone only after a greeting and
the like. A title, a label or "my name is" announces names of every origin. A name that was found whole is then found
again where the text repeats its first or last part. Only the first and the last `_MOST` places of each are read, so
that the cost of a text that is all names stays bounded; what lies between is not searched for names.
"""

import re
from collections.abc import Iterator

from meritorder.signals.anchors import CUT_SHORT, Anchors
from meritorder.signals.privacy.given import FAMOUS, GIVEN, WORDS
from meritorder.signals.privacy.surroundings import Found, phrases, regions, words

_MOST = 2_000

_UPPER = r"(?:[A-Z]|\xc3[\x80-\x9e]|\xc4[\x8c\x8e\x98\xb0]|\xc5[\x81\x9a\x9e\xa0\xb9\xbb\xbd]|\xc3\x96)"
_REST = r"(?:[a-z]|[\xc3-\xc5][\x80-\xbf])"
_WORD = rf"(?:(?:Mc|Mac|O'|D'|d'|De|Di|Le|La|Van)?{_UPPER}{_REST}{{1,20}}+(?:[-']{_UPPER}{_REST}{{1,20}}+)?)"
_PARTICLE = (
    r"(?:de la|de los|de las|de|da|do|dos|das|del|della|di|du|van der|van den|van de|van|von der|von|zu|vom"
    r"|ter|ten|el|al|bin|ibn|e|y|le|la|af|av)"
)
_AFTER_GIVEN = rf"(?:(?: {_UPPER}\.){{0,2}}(?: (?:{_PARTICLE} )?{_WORD}){{1,4}})"


def _bytes(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode("latin-1"))


_FAMILY = _bytes(rf"(?:-{_WORD})?{_AFTER_GIVEN}")
_PARTS = _bytes(_WORD)
_NO_FAMILY = words(
    """
The A An And Or But If In On At To For From With By Of Is Are Was Were Has Have Had Do Does Did Can Could Will Would
Should May Might Must Not No Yes I You He She We They It My Your His Her Our Their This That These Those What When
Where Why How Who Which Please Thanks Thank Hello Hi Dear Hey Best Regards Kind Sincerely Cheers Here There Now Then
Also Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
September October November December Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März
Mai Juni Juli Oktober Dezember Lunes Martes Enero Inc Ltd LLC Corp Company Co GmbH AG SA SL Srl BV Group Holding
Partners Consulting Solutions Systems Technologies Software Labs Foundation Institute University College School
Academy Hospital Clinic Church Cathedral Museum Library Theatre Theater Hotel Airport Station Street Road Avenue Lane
Drive Boulevard Park Square Place Bridge River Lake Mount Mountain Island Islands Beach Bay Falls Valley Hill City
Town County State Stadium Award Prize Medal Cup Trophy Theorem Equation Law Effect Syndrome Disease Method Algorithm
Model Test Scale Index Act Code Opus Sonnet Haiku Pro Max Mini Plus Ultra Turbo API SDK App Studio Cloud Desktop Day
Week Month Year Night Morning Texas Florida Virginia Carolina Georgia California Paris London Berlin Rome Vienna
Madrid Lisbon Germany France Spain Italy Europe America Africa Asia Australia Canada England Ireland Scotland Street
Team Project Department Office Manager Director Engineer Developer Assistant Agent Bot User Admin Customer Support
Service Services Sales Marketing Finance English German French Spanish Italian Dutch Portuguese American British
European Republic Kingdom Empire Revolution War Bank Energy Motors Airlines Records Press Magazine News Times Post
Journal Review Book Books Series Show Film Movie Song Album Game Games Opera House Hall Tower Castle Palace Garden
Gardens Wine Coffee Tea Restaurant Cafe Bar Shop Store Strasse Straße Platz Weg Und Oder Der Die Das Ein Eine Ist Sind
Hat Haben Wir Sie Ich Er Es Mit Von Zu Bei Nach Aus Le La Les Un Une Et Est El Los Las Una Y Il Lo Gli O E Os As Um
Uma De Het Een En Span String Int Float Bool Array List Map Dict Object Class Function Error Exception True False None
Null Json Sql Html Csv Key Value Name Number Date Time Email Phone Address Order Invoice Account Total Subject Note Ps
Fw Fwd Re Cc Bcc Tel Mobile Fax Dr Mr Mrs Ms Saint St Pooling Verstappen Executive Analyst Consultant Architect
Designer Officer Vice Hardware Logistics Motors Traders Stores Bakery Dx Rx Tx Hi Lead Senior Junior Associate
Professor Accountant Nurse Teacher Patient Client Employee Salary
"""
)
_PUBLIC_BEFORE = re.compile(
    rb"(?i)(?:who (?:is|was|were|invented)|when (?:was|did|were)|where (?:was|did|were)|wer (?:ist|war)"
    rb"|wann (?:ist|wurde|hat|starb)|qui (?:est|\xc3\xa9tait)|qui\xc3\xa9n (?:es|fue|era)|chi (?:\xc3\xa8|era"
    rb"|fu)|quem (?:\xc3\xa9|foi|era)|wie (?:is|was)"
    rb"|biograph(?:y|ie) (?:of|von|de)|biograf\S{1,4} (?:de|van|di)|life of|works? of|novels? (?:by|of)|book by"
    rb"|books by|poems? by|written by|painted by|painting by|directed by|composed by|played by|song by|songs by"
    rb"|album by|quote by|style of|philosophy of|theory of"
    rb"|president|minister|ministro|ministre|kanzler(?:in)?|queen|king|pope|saint|actor|actress|singer"
    rb"|philosopher|physicist|mathematician|painter|author|novelist|poet|composer|senator|filmmaker"
    rb"|schriftsteller(?:in)?|autor(?:in)?|escritor[a]?|dichter)"
    rb"(?: (?:the|el|la|le|der|die))?[ ,:]{1,2}$"
)
_BREAKS = re.compile(rb"[A-Za-z0-9\x80-\xff@._/'-]$")
_STARTS_SENTENCE = re.compile(rb"(?:^|[.!?:;\n\"'(*-]\s{0,2})$")

_CALLS = words(
    """
hi hello hey dear hallo liebe lieber moin servus bonjour salut cher chère coucou hola querido querida estimado
estimada ciao caro cara gentile buongiorno salve olá oi prezado prezada beste dag hoi goedemorgen thanks danke merci
gracias grazie obrigado obrigada bedankt cheers regards wishes sincerely yours grüße gruß gruss grüßen lg vg mfg
cordialement bises bisous saludos besos saluti abbracci baci abraço abraços beijos cumprimentos groeten groetjes groet
liefs xoxo ask tell told email emailed ping cc remind attn it's c'est i'm soy heißt s'appelle heet frau herr herrn mme
mevrouw meneer morning
"""
)
"""Words right before a given name that is the name of somebody who is written to, who writes, or who is to be asked."""
_PHRASES = phrases(
    """
name is, i am, this is, thank you, guten tag, guten morgen, sehr geehrte, buenos días, bom dia, many thanks, ich bin,
je suis, ich heiße, m'appelle, me llamo, se llama, mi chiamo, si chiama, me chamo, ik ben, ik heet, met with, meet
with, meeting with, spoke to, spoke with, talked to, talked with, talk to, talk to, lunch with, message from, mail
from, email from, note from, reply to, un abrazo, un saluto, un saludo, assigned to, much love, kind regards, signed
by, ask for, hier ist
"""
)
_POSSESSIVES = words(
    """
my our his her mein meine meinen meinem meiner unser unsere unseren mon ma notre mi mio mia mein meu minha mijn onze
nuestro nuestra nossa nosso tu dein deine ton ta tua your
"""
)
_KIN = words(
    """
wife husband partner boss manager colleague coworker friend girlfriend boyfriend sister brother mother father mum mom
dad son daughter aunt uncle cousin neighbour neighbor landlord client patient student teacher therapist assistant ex
roommate flatmate frau mann chef chefin kollege kollegin kollegen freund freundin schwester bruder mutter vater sohn
tochter tante onkel nachbar nachbarin vermieter mari femme collègue ami amie sœur soeur frère mère père fils fille
voisin voisine patron patronne mujer marido esposa esposo jefe jefa compañero compañera amigo amiga hermana hermano
madre padre hijo hija vecino vecina moglie marito capo collega amico amica sorella fratello figlio figlia vicino
vicina mulher chefe colega irmã irmão mãe pai filho filha vizinho vizinha vrouw man baas vriend vriendin zus broer
moeder vader zoon dochter buurman buurvrouw
"""
)
_TITLED = _bytes(
    rf"(?<![A-Za-z\x80-\xff/0-9])(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Sra|Srta|Mme|Mlle|Fr|Hr|Sig|Dott|Dra|Ing|Dhr"
    rf"|Mevr)\.?|Herrn?|Frau|Madame|Monsieur|Mademoiselle|Se\xc3\xb1ora?|Signora?|Signor|Dottor|Dottoressa|Don"
    rf"|Do\xc3\xb1a|Senhora?|Meneer|Mevrouw|mevrouw|meneer|Miss|Sir|Familie|M\.)"
    rf" (?:(?:Dr|Prof|med)\.? ){{0,2}}((?:{_UPPER}\. )?{_WORD}(?: (?:{_UPPER}\. ?|{_PARTICLE} )?{_WORD}){{0,3}}"
    rf"|{_PARTICLE} {_WORD})"
)
_LABELS = words(
    """
name names fullname patient patientin customer client employee contact holder cardholder tenant landlord student
applicant sender recipient attn assignee reporter signed from to cc bcc passenger guest beneficiary insured candidate
interviewer interviewee attendees participants witness plaintiff defendant borrower caller guardian kin author
signature owner nachname vorname kunde kundin mitarbeiter mitarbeiterin ansprechpartner ansprechpartnerin kontoinhaber
kontoinhaberin empfänger absender antragsteller antragstellerin versicherte versicherter mieter mieterin teilnehmer
von an unterzeichnet nom prénom cliente salarié salariée titulaire destinataire expéditeur de à patiente locataire
nombre apellidos apellido paciente titular empleado empleada destinatario remitente cliente nome cognome paziente
intestatario dipendente mittente utente destinatário funcionário funcionária remetente para da naam klant patiënt
medewerker rekeninghouder contactpersoon huurder van aan by emergency
"""
)
_OF_THINGS = words(
    """
product file company project host domain brand street school event function class variable course team model service
field column table city country hotel recipe song book movie film game app package server city produkt firmen projekt
datei d'entreprise produit societe société empresa producto azienda prodotto bedrijfs
"""
)
_LABEL = re.compile(rb"[A-Za-z'\x80-\xff]+")
_LABELLED = _bytes(
    rf":\s?(?:\\?\"|\*\*)?\s?(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M|Sr|Sra)\.? )?({_WORD}(?: (?:{_UPPER}\. "
    rf"|{_PARTICLE} )?{_WORD}){{1,3}}|(?:{_WORD}|{_UPPER}[A-Z]{{1,15}}), ?{_WORD}(?!:)"
    rf"|{_UPPER}[A-Z]{{1,15}} {_WORD})(?![A-Za-z(\x80-\xff])"
)
_INTRODUCED = rf" (?:(?:Dr|Prof)\.? )?({_WORD}(?: (?:{_UPPER}\. |{_PARTICLE} )?{_WORD}){{1,3}})(?![A-Za-z\x80-\xff])"
_NAMED = _bytes(
    r"(?<![A-Za-z])(?i:my name is|my name's|ich hei\xc3\x9fe|mein name ist|je m'appelle|mon nom est|me llamo"
    r"|mi nombre es|mi chiamo"
    rf"|il mio nome \xc3\xa8|me chamo|chamo-me|meu nome \xc3\xa9|ik heet|mijn naam is){_INTRODUCED}"
)
_TOLD = _bytes(rf"(?<![A-Za-z])(?i:i am|i'm|this is|speaking with|ich bin|je suis|soy|sono|ik ben){_INTRODUCED}")
_CALLED = re.compile(
    rb"(?i)(?<![a-z])(?:my name is|my name's|ich hei\xc3\x9fe|mein name ist|je m'appelle|me llamo|mi chiamo"
    rb"|me chamo|ik heet|mijn naam is) ([A-Za-z][a-z\x80-\xff]{1,20}(?: (?!(?:and|und|et|en|but|from|the|is|aus"
    rb"|de|yo|io|eu|ich|ik|je)\b)[a-z]{2,20})?)(?![A-Za-z\x80-\xff])"
)
_SIGNED = _bytes(
    rf"(?i:regards|wishes|sincerely|truly|cheers|thanks(?: a lot| again| in advance)?|thank you|yours"
    rf"|gr\xc3\xbc\xc3\x9fen?|gr\xc3\xbcsse|gruss|gru\xc3\x9f|lg|vg|mfg|cordialement"
    rf"|salutations(?: distingu\xc3\xa9es)?|bien \xc3\xa0 (?:vous|toi)|saludos?(?: cordiales)?|un abrazo"
    rf"|atentamente|saluti|cordiali saluti|cumprimentos|atenciosamente|abra\xc3\xa7os?|groet(?:en)?|groetjes"
    rf"|hoogachtend)"
    rf"[,.!]?(?:\\n|\s){{1,4}}((?:(?:Dr|Prof)\.? )?{_WORD}(?: (?:{_UPPER}\. "
    rf"|{_PARTICLE} )?{_WORD}){{0,3}})(?=\s|$|[,.\"\\<])"
)
_CHINESE = re.compile(
    "(?:我叫|我是|姓名(?:：|:)|名字(?:是|叫)|客户(?:：|:)|患者(?:：|:)|联系人(?:：|:)|员工(?:：|:))\\s?".encode()
    + rb"((?:[\xe4-\xe9][\x80-\xbf]{2}){2,4})(?![\xe4-\xe9])"
)
_JAPANESE = re.compile(
    "(?:氏名(?:：|:)|名前は|私は|お名前(?:：|:))\\s?".encode()
    + rb"((?:[\xe3-\xe9][\x80-\xbf]{2}){2,5}(?:[ \xe3\x80\x80]{1,3}(?:[\xe4-\xe9][\x80-\xbf]{2}){1,3})?)"
    + "(?:です|と申します|$|[\\n,])".encode()
)
_REACH = 64

_GIVEN = Anchors([(name, name.encode()) for name in sorted(GIVEN)])
_CUES = Anchors(
    (
        (
            "titled",
            (
                r"(?:^|[^A-Za-z])(?:(?:Mr|Mrs|Ms|Dr|Prof|Sra?|Srta|Mme|Mlle|Hr|Sig|Dott|Dra|Dhr|Mevr|M)\.?|Herrn?|Frau"
                r"|Madame|Monsieur|Mademoiselle|Señora?|Signora?|Dottor|Dottoressa|Don|Doña|Senhora?|[Mm]eneer|[Mm]evrouw"
                r"|Miss|Familie) [A-Zdv\xc3]"
            )
            .encode("latin-1")
            .replace(b"\xf1", "ñ".encode()),
        ),
        (
            "labelled",
            rb":[ \\\"]{0,3}[A-Z\xc3-\xc5][A-Za-z\x80-\xff'-]{1,24}(?:,? [A-Z\xc3-\xc5]|,? (?:de|da|van|von|del|di) )",
        ),
        ("told", rb"(?:^|[^a-z])(?i:i am|i'm|this is|speaking with|ich bin|je suis|soy|sono|ik ben) [A-Z]"),
        (
            "named",
            (
                r"(?i)my name(?:'s| is)|ich heiße|name ist|m'appelle|nom est|me llamo|mi nombre es|mi chiamo|mio nome"
                r"|me chamo|chamo-me"
                r"|nome é|ik heet|mijn naam is"
            ).encode(),
        ),
        (
            "signed",
            (
                r"(?i)(?:regards|wishes|sincerely|truly|cheers|thanks(?: again| a lot| in advance)?|thank you|yours"
                r"|grüßen?|grüsse|gruss|gruß|lg|vg|mfg|cordialement|salutations(?: distinguées)?"
                r"|saludos?(?: cordiales)?"
                r"|abrazo|atentamente|saluti|cumprimentos|atenciosamente|abraços?|groet(?:en|jes)?|hoogachtend|à vous"
                r"|à toi)[,.!]?(?:\\n|\s){0,3}(?:\n|\\n)"
            ).encode(),
        ),
        (
            "cjk",
            "我叫|我是|姓名(?:：|:)|名字是|名字叫|客户(?:：|:)|患者(?:：|:)|联系人(?:：|:)|员工(?:：|:)|氏名(?:：|:)|名前は|私は".encode(),
        ),
    )
)
_ANNOUNCED = {
    "titled": (_TITLED,),
    "labelled": (_LABELLED,),
    "told": (_TOLD,),
    "named": (_NAMED, _CALLED),
    "signed": (_SIGNED,),
    "cjk": (_CHINESE, _JAPANESE),
}


def names(text: bytes) -> Iterator[Found]:
    """Every name in `text`, as far as it is read; the same place may be told twice."""
    parts: set[bytes] = set()
    alone: list[tuple[int, int]] = []
    for start, end in _given(text):
        finish = _family(text, end)
        if finish > end:
            if _private(text, start, finish):
                parts.update(text[start:finish].split(b" "))
                yield "name", start, finish
        elif _NUMERAL.match(text, end):
            continue
        elif _addressed(text, start) or _set_apart(text, start, end):
            yield "name", start, end
        else:
            alone.append((start, end))
    for start, end in _announced(text):
        parts.update(text[start:end].split(b" "))
        yield "name", start, end
    yield from (("name", start, end) for start, end in alone if text[start:end] in parts)


_NUMERAL = re.compile(rb" [IVX]{1,4}(?![A-Za-z])")


def _given(text: bytes) -> Iterator[tuple[int, int]]:
    """Where whole given names stand, with nothing that would make them a piece of another word."""
    hits = _GIVEN.places(text)
    hits.pop(CUT_SHORT, None)
    if not hits:
        return
    places = sorted((end - len(name.encode()), end) for name, ends in hits.items() for end in ends)
    if len(places) > 2 * _MOST:
        places = places[:_MOST] + places[-_MOST:]
    for start, end in places:
        if not _LETTER.match(text, end) and not _BREAKS.search(text, max(0, start - 1), start):
            yield start, end


_LETTER = re.compile(rb"[A-Za-z0-9\x80-\xff_@]")


def _family(text: bytes, end: int) -> int:
    """Where the family name after a given name ends; `end` if there is none."""
    found = _FAMILY.match(text, end)
    if found is None:
        return end
    finish = end
    for part in _PARTS.finditer(text, end, found.end()):
        if part.group() in _NO_FAMILY:
            break
        finish = part.end()
    return finish


def _private(text: bytes, start: int, end: int) -> bool:
    """Whether a whole name is that of a private person, as far as its surroundings tell."""
    name = text[start:end].decode("utf-8", "replace")
    said = name.split(" ")
    before = text[max(0, start - _REACH) : start]
    if not FAMOUS.isdisjoint((name, " ".join(said[:2]), " ".join(said[-2:]))) or _PUBLIC_BEFORE.search(before):
        return False
    following = _PARTS.match(text, end + 1)
    if following is not None and following.group() in _THINGS:
        return False
    goes_on = text[end : end + 1] == b" "
    return said[0] not in WORDS or not goes_on or not _STARTS_SENTENCE.search(before)


_THINGS = words(
    """
Inc Ltd LLC Corp GmbH AG Foundation Institute University College School Hospital Airport Station Street Road Avenue
Park Square Place Bridge Award Prize Theorem Equation Law Stadium Museum Library Bank Platz Center Centre
"""
)


def _addressed(text: bytes, start: int) -> bool:
    """Whether the words before a given name greet, sign, introduce or own somebody."""
    if text[max(0, start - 1) : start] not in _GAPS:
        return False
    said = [word.strip(b",.:;!?-\"'(") for word in text[max(0, start - 40) : start].lower().split()[-3:]]
    if not said:
        return False
    last, pair = said[-1], b" ".join(said[-2:])
    return last in _CALLS or pair in _PHRASES or (last in _KIN and not _POSSESSIVES.isdisjoint(said[:-1]))


_GAPS = frozenset((b" ", b"\n"))
_OPENS = re.compile(rb"(?:^|[\n\"\x9e\xab]) ?$")
_CLOSES = re.compile(rb"\s*(?:$|\"?\}\]?$)")
_ENDED = re.compile(rb"[.!?,\n]\s{0,2}$")


def _set_apart(text: bytes, start: int, end: int) -> bool:
    """Whether a given name opens a line with a comma after it, or is all that follows the last sentence."""
    before = text[max(0, start - 3) : start]
    if text[end : end + 2] == b", " and _OPENS.search(before):
        return text[end + 2 : end + 3].islower()
    return (
        start > 0
        and len(text) - end < len(b'"}]  ')
        and _CLOSES.match(text, end) is not None
        and _ENDED.search(before) is not None
    )


def _announced(text: bytes) -> Iterator[tuple[int, int]]:
    """Names after a title, a label, an introduction or a closing."""
    for cue, near in _CUES.places(text).items():
        places = near if len(near) <= 2 * _MOST else near[:_MOST] + near[-_MOST:]
        for pattern in _ANNOUNCED.get(cue, ()):
            for start, end in regions(places, _REACH, _REACH):
                yield from _claimed(pattern, cue, text, start, end)


def _claimed(pattern: re.Pattern[bytes], cue: str, text: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text, start, end):
        if cue != "labelled" or _labels(text, found.start()):
            yield from _checked(text, cue, *found.span(1))


def _labels(text: bytes, colon: int) -> bool:
    """Whether the words before a colon ask for the name of a person."""
    said = _LABEL.findall(text[max(0, colon - 32) : colon].lower())[-2:]
    return bool(said) and said[-1] in _LABELS and (len(said) == 1 or said[0] not in _OF_THINGS)


def _checked(text: bytes, cue: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The announced words up to the first that is no name; a lone one has to be known, except after a title."""
    if cue == "cjk":
        if _CHINESE_WORDS.search(text[start:end]) is None:
            yield start, end
        return
    said = text[start:end].replace(b",", b" ").split()
    if b"," in text[start:end] and said[-1].decode("utf-8", "replace").title() not in GIVEN:
        return
    if said[0] in _NO_FAMILY or (len(said) > 1 and said[1] in _NO_FAMILY and cue != "titled"):
        return
    known = said[0].decode("utf-8", "replace").title() in GIVEN
    last = start
    for part in _ANY_PART.finditer(text, start, end):
        if part.group() in _NO_FAMILY:
            break
        last = part.end()
    whole = text[start:last].decode("utf-8", "replace")
    if (
        last > start
        and whole not in FAMOUS
        and (cue == "titled" or known or (b" " in text[start:last] and cue != "told"))
    ):
        yield start, last


_ANY_PART = re.compile(rb"[A-Za-z\x80-\xff'.-]+")
_CHINESE_WORDS = re.compile("学生|老师|工程|程序|医生|一个|什么|公司|经理|中国|开发|产品|谁|名".encode())
