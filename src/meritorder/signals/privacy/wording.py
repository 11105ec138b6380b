"""What a text says of itself: that it must not leave, or that it is somebody's property."""

import re
from collections.abc import Iterator

from meritorder.signals.privacy.surroundings import Found, Readers, utf8

_THIS = (
    "this|it|that|them|these|any of (?:this|it)|(?:the|these|this|its) (?:contents?|attached|documents?"
    "|information|file|details|numbers|figures|e-?mail|message|thread|draft)"
)
_OUT = (
    "further|outside|externally|anywhere|to anyone|with anyone|with others|with third parties|beyond|on\\b"
    "|around|without"
)
_WISHES = "|".join(
    (
        # English
        (
            r"(?:strictly|highly|top|absolutely|completely|very|business|company|medical|commercial"
            r"|commercially)[ -](?:private (?:and|&) )?confidential"
        ),
        (
            r"(?:strictly |private (?:and|&) |privileged (?:and|&) )?confidential(?:ity)? (?:and|&|/) (?:privileged"
            r"|proprietary|private)|private (?:and|&) confidential|privileged (?:and|&) confidential"
        ),
        (
            r"(?:please )?(?:treat|keep|handle|consider) (?:this|it|that|everything|all of this|the following"
            r"|what follows|these \w+)(?: \w+){0,3} (?:as )?(?:strictly |highly |private (?:and"
            r"|&) )?(?:confidential(?:ly)?|secret|private|in confidence|under wraps|to yourself|between us)"
        ),
        (
            r"(?:this|the following|everything|attached|below|it|that)(?: \w+){0,3} (?:is|are|remains?"
            r"|stays) (?:strictly |highly |still |to be kept )?(?:confidential|between (?:us|you and me)"
            r"|in (?:strict )?confidence|under (?:nda|embargo)|off the record|secret)"
        ),
        (
            rf"(?:please )?(?:do not|don't|dont|must not|may not|should not|not to|never|can't|cannot|shall not"
            rf"|not) (?:be )?(?:share|forward|distribute|circulate|disclose|repeat|leak|pass|copy|send|post|publish"
            rf"|show)(?:d|ed)? (?:(?:{_THIS})(?: on| (?:{_OUT}))?|{_OUT})(?: (?:of )?(?:the|this|our|my"
            rf"|your) (?:company|team|organi[sz]ation|group|firm|house|office|department|room|building"
            rf"|family))?(?: (?:or|and) \w+ (?:it|this))?"
        ),
        (
            r"(?:must|should|may|can|shall)(?: not|n't|not) (?:leave|go outside|get out of|go beyond|be seen outside"
            r"|be made public) (?:the |this |our )?(?:company|team|building|room|house|chat|group|organi[sz]ation"
            r"|office|outside)?"
        ),
        (
            r"(?:just |strictly |keep (?:this|it|that) )?between (?:you and me|the two of us|ourselves)|(?:this stays"
            r"|stays|strictly|just|remain) between us|for your eyes only|eyes only|off the record"
            r"|in strict(?:est)? confidence|told (?:me )?in confidence|in confidence"
        ),
        (
            r"not for (?:public |external |onward )?(?:distribution|release|circulation|publication|disclosure)"
            r"|under (?:an? |our |the |strict |mutual )?(?:nda|non-disclosure agreement|embargo)|covered by (?:an? "
            r"|our |the )?nda|need-to-know(?: basis)?(?: only)?|need to know (?:basis|only)|nobody else (?:may|should"
            r"|must|can) (?:know|see|read)|don't tell (?:anyone|anybody)|tell no ?(?:one|body)|keep (?:this"
            r"|it) (?:quiet|secret|private|confidential|to yourself)|(?:nothing|none) of this (?:may|must|can"
            r"|should) leave \w+(?: \w+)?"
        ),
        # German
        (
            r"(?:streng|höchst|absolut|bitte|strikt|sehr) vertraulich(?: (?:behandeln|zu behandeln))?|vertraulich(?:e"
            r"|en|er)? (?:behandeln|zu behandeln|behandelt|information\w*|unterlage\w*)|(?:das|dies|es|alles|inhalt"
            r"|das hier|dieses dokument)(?: \w+)? (?:ist|bleibt|sind|bleiben) (?:streng |bitte "
            r"|absolut )?(?:vertraulich|unter uns|geheim|zwischen uns|unter verschluss)|(?:bleibt|bitte|nur"
            r"|ganz) unter uns|unter uns(?: gesagt| bleiben)?|unter dem siegel der verschwiegenheit|unter vier augen"
            r"|nicht weiter(?:geben|leiten|sagen|erzählen|gegeben|verbreiten)|(?:nicht"
            r"|nichts)(?: davon)? (?:nach außen|an dritte)(?: (?:geben|weitergeben|dringen|tragen|gelangen))?"
            r"|darf (?:das haus|die firma|das unternehmen|den raum|das team) nicht verlassen"
            r"|niemandem (?:davon )?(?:erzählen|sagen|weitersagen|zeigen)|im vertrauen|behalt(?:e|en)? (?:das"
            r"|es)(?: bitte)?(?: sie)? für (?:dich|sich)|geheimhaltung\w*|verschlusssache"
        ),
        # French
        (
            r"(?:strictement|hautement|très|absolument|document|information|informations|à titre|reste|rester|c'est"
            r"|est) confidentiel(?:le|les|s)?|confidentiel(?:le)? (?:défense|entreprise)|ne (?:pas |le |la "
            r"|les )?(?:pas )?(?:diffuser|divulguer|transférer|partager|transmettre|communiquer"
            r"|faire suivre)(?: (?:à l'extérieur|en dehors|à des tiers|ce \w+|sans autorisation|hors))?|(?:ne"
            r"|n')(?:doit|doivent|en) ?(?:pas )?(?:sortir|quitter)(?: \S+){0,3}|ne doit pas (?:sortir|quitter"
            r"|être (?:diffusé|partagé|transmis|divulgué))(?: \S+){0,4}|(?:ça|cela|ceci"
            r"|que ça) (?:doit )?reste(?:r)? entre nous|entre nous|garde(?:z|r)? (?:ça|cela|ceci|le|la) (?:pour (?:toi"
            r"|vous)|secret|confidentiel)|sous le sceau du secret|n'en parle(?:z)? à personne"
        ),
        # Spanish and Portuguese
        (
            r"(?:estrictamente|altamente|muy|totalmente|es|carácter|información|documento|estritamente|confidencial y"
            r"|uso) confidencial(?:es)?|(?:no|não|nao) (?:lo |la |los |o |a |se |debe |deve )?(?:compart(?:as?|an|ir)"
            r"|(?:com)?partilh(?:es?|ar)|reenv(?:í|i)(?:es?|ar)|difund(?:as?|an|ir)|divulg(?:ues?|uen|ar)"
            r"|encaminh(?:es?|ar)|repass(?:es?|ar)|distribu(?:yas?|ir?|a))(?: (?:esto|este \w+"
            r"|fuera(?: de \w+(?: \w+)?)?|isto|isso|este|fora(?: d[ae] \w+)?|con nadie|com ninguém|com terceiros"
            r"|a terceros|con terceros))?|(?:que )?(?:esto |quede |fique |isto |isso |queda |fica )?(?:quede|queda"
            r"|fica|fique|solo|só|apenas) entre (?:nosotros|nós|tú y yo)|entre nosotros|aqui entre nós|no (?:debe"
            r"|puede) salir de(?:l| la| esta| nuestra)? \S+|não (?:deve|pode) sair d[aeo] \S+|no se lo (?:digas"
            r"|cuentes) a nadie|não (?:contes?|conte|diga) a ninguém|guarda(?:r)? (?:el secreto|segredo)|em (?:sigilo"
            r"|segredo)|sigiloso|en confianza"
        ),
        # Italian and Dutch
        (
            r"(?:strettamente|molto|altamente|assolutamente|è|documento) (?:confidenziale|riservato)|(?:strettamente"
            r"|altamente) riservat[aei]|riservat[oa] (?:e|ed) confidenziale|non (?:lo |la |li )?(?:divulg\w+"
            r"|condivid\w+|inoltr\w+|diffond\w+|girar\w+)(?: (?:questo|questa|all'esterno|a terzi|a nessuno"
            r"|fuori \S+(?: \S+)?))?|(?:che )?rest[ia] tra (?:noi|di noi)|deve restare tra (?:di )?noi"
            r"|non deve uscire da\S* \S+|in via confidenziale|(?:acqua in bocca)|(?:strikt|streng|zeer|hoogst"
            r"|graag) vertrouwelijk(?: behandelen)?|vertrouwelijk (?:behandelen|document|karakter)|(?:dit|het) (?:is"
            r"|blijft)(?: \w+)? (?:vertrouwelijk|onder ons|tussen ons|geheim)|onder ons|(?:blijft|even"
            r"|graag) tussen ons|niet (?:doorsturen|delen|verspreiden|verder vertellen|doorvertellen"
            r"|openbaar maken)(?: (?:met|buiten) \w+(?: \w+)?)?|mag (?:het (?:bedrijf|pand|team)|de (?:organisatie"
            r"|kamer)) niet (?:verlaten|uit)|in vertrouwen"
        ),
        # Chinese and Japanese
        r"机密|保密|不要外传|请勿外传|勿外传|切勿转发|极秘|極秘|社外秘|部外秘|マル秘|口外しないで|他言無用|内密に|秘密にして",
    )
)
_MARKS = (
    r"(?:\[|\(|\*{1,2}|={2,}\s?|-{2,}\s?|<)(?:STRICTLY |Strictly )?(?:CONFIDENTIAL|Confidential|confidential"
    r"|VERTRAULICH|vertraulich|CONFIDENTIEL|confidentiel|CONFIDENCIAL|confidencial|RISERVATO|CONFIDENZIALE"
    r"|VERTROUWELIJK|vertrouwelijk)(?:\]|\)|\*{1,2}|\s?={2,}|\s?-{2,}|>)"
    r"|(?<![A-Za-z'])(?:STRICTLY |COMPANY |HIGHLY )?(?:CONFIDENTIAL|VERTRAULICH|CONFIDENTIEL|CONFIDENCIAL"
    r"|RISERVATO|CONFIDENZIALE|VERTROUWELIJK)(?![A-Z])"
    r"|(?:^|\n\s{0,3}|\" ?|(?<= ))(?:Confidential|Vertraulich|Confidentiel|Confidencial|Riservato|Confidenziale"
    r"|Vertrouwelijk)(?=[:.,!\n]| (?:-|–|—))"
    r"|(?:Classification|Classified|Einstufung|Klassifizierung|Sensitivity|Sensitivité"
    r"|Clasificación): ?(?:Confidential|confidential|Vertraulich|vertraulich|Restricted|Secret|confidentiel"
    r"|confidencial)"
    r"|(?<![A-Za-z])(?:our|our mutual|signed|under|mutual) NDA(?![A-Za-z])(?! (?:template|is\b))"
)
_CONFIDENTIAL = utf8(rf"(?i:(?<![a-z])(?:{_WISHES})(?![a-z]))|{_MARKS}")
_GENERAL = re.compile(
    rb"(?i)(?:what (?:does|is|are)|meaning of|definition of|define|explain|difference between|was (?:ist"
    rb"|bedeutet|hei)|que signifie|qu'est-ce|qu\xc3\xa9 (?:es|significa)|cosa significa|o que (?:\xc3\xa9"
    rb"|significa)|wat (?:is|betekent)|template for|example of an?)[^.!?\n]{0,40}$"
)


def _wishes(text: bytes, start: int, end: int) -> Iterator[Found]:
    """Stated wishes and markings, but not questions of what they mean."""
    for found in _CONFIDENTIAL.finditer(text, start, end):
        before = text[max(0, found.start() - 70) : found.start()]
        if not _GENERAL.search(before):
            yield "confidential", *_trimmed(found)


def _trimmed(found: re.Match[bytes]) -> tuple[int, int]:
    """Where the words are, without the line break that they begin on."""
    start = found.start() + len(found.group()) - len(found.group().lstrip(b' \n"'))
    return start, found.end()


_PROPRIETARY = utf8(
    r"(?i)(?<![a-z])(?:(?:this (?:file|code|document|software|source code|module|program|material"
    r"|repository) (?:is|contains|includes|remains) )?(?:the )?(?:company )?proprietary"
    r"(?: (?:and|&) (?:confidential|trade secret)| (?:source code|code|software|information|material"
    r"|property)(?: of [A-Z][\w.&-]{0,20}(?: [A-Z][\w.&-]{0,20}){0,3})?"
    r"| to [A-Z][\w.&-]{0,20}(?: [A-Z][\w.&-]{0,20}){0,2})"
    r"|(?:strictly |company |for )?(?:for )?internal (?:use|eyes|distribution|circulation)(?: only)?"
    r"|(?:strictly |company )?internal only|internal document|not for external (?:use|distribution)"
    r"|do not distribute outside [A-Z]\w{0,20}"
    r"|trade secrets?(?: of [A-Z]\w{0,20}(?: [A-Z]\w{0,20})?)|unpublished (?:source code"
    r"|work)(?: of [A-Z]\w{0,20}(?: [A-Z]\w{0,20})?)?|unauthori[sz]ed (?:copying|use|reproduction"
    r"|distribution)(?:,? (?:or )?\w+){0,3}(?: of this (?:file|code|document"
    r"|software)(?:, via any medium)?)?(?:,)?(?: is| are)? (?:strictly )?prohibited"
    r"|(?:copyright|©|\(c\))(?: (?:©|\(c\)))? (?:\d{4}(?: ?(?:-|–) ?\d{4})?,? )?(?:by )?[^\n]{2,50}?\.? ?(?:-"
    r"|–|—|,|\|)? ?all rights reserved|all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati"
    r"|alle rechten voorbehouden"
    r"|nur (?:für den|zum) (?:internen|dienst)\w*(?: ?gebrauch)?|(?:für den"
    r"|zum) internen gebrauch(?: bestimmt)?|nur intern|interne[sr]? dokument|firmeneigen\w*|betriebsgeheimnis"
    r"|geschäftsgeheimnis(?:se)?(?: der \w+(?: \w+)?)?"
    r"|(?:à )?usage (?:strictement )?interne(?: uniquement| exclusivement)?|document interne"
    r"|propriété (?:exclusive )?d(?:e|'|u) ?(?:la )?(?:société )?[A-Z]\w{0,20}(?: [A-Z]\w{0,20})?|(?:de "
    r"|para )?uso (?:exclusivamente |exclusivo |estrictamente |estritamente )?interno(?: exclusivo"
    r"| exclusivamente)?(?: d[ae] \w{1,20}(?: \w{1,20})?)?"
    r"|(?:sole |exclusive )?property of (?-i:[A-Z])[\w.&-]{0,20}(?: (?-i:[A-Z])[\w.&-]{0,20}){0,2}"
    r"|propiedad (?:exclusiva |intelectual )?de [A-Z]\w{0,20}(?: [A-Z]\w{0,20})?"
    r"|propriedade (?:exclusiva )?d[aeo] [A-Z]\w{0,20}(?: [A-Z]\w{0,20})?"
    r"|(?:per )?(?:solo )?uso (?:esclusivamente |esclusivo )?interno|proprietà (?:esclusiva )?d(?:i"
    r"|ella) [A-Z]\w{0,20}(?: [A-Z]\w{0,20})?"
    r"|(?:alleen |uitsluitend )?voor intern gebruik|bedrijfseigendom"
    r"|eigendom van [A-Z]\w{0,20}(?: [A-Z]\w{0,20})?|bedrijfsgeheim"
    r"|内部资料|仅供内部使用|版权所有|社内限り|社内用)(?![a-z])"
)
_OPEN = re.compile(
    rb"(?i)\bMIT\b|apache|\bBSD\b|\bGPL|redistribution and|permission is hereby|open[- ]source|creative commons"
    rb"|SPDX|lizenz|Mozilla Public"
)
_TERM = 300
"""Bytes after a copyright line in which a licence for everybody may follow."""


def _property(text: bytes, start: int, end: int) -> Iterator[Found]:
    for found in _PROPRIETARY.finditer(text, start, end):
        before = text[max(0, found.start() - 70) : found.start()]
        if not _GENERAL.search(before) and not _OPEN.search(text, found.start(), found.end() + _TERM):
            yield "proprietary", *_trimmed(found)


READERS: Readers = {"wish": _wishes, "property": _property}
PATTERNS = (
    (
        "wish",
        (
            r"(?i)confiden[tc]i|vertraulich|vertrouwelijk|confidenz|riservat|between (?:us|you and me|the two of us"
            r"|ourselves)|eyes only|off the record|in (?:strict )?confidence|(?:under|by|our|an|mutual|signed) nda"
            r"|embargo|non-disclosure agr"
            r"|not for (?:\w{1,10} )?(?:distribution|release|circulation|publication|disclosure)|need-to-know"
            r"|need to know [bo]|(?:keep|treat) (?:this|it|that) \w|tell (?:anyone|anybody|no ?one|no ?body)"
            r"|nobody else (?:may|sho|mus|can)"
            r"|(?:not|n't|dont|never) (?:be )?(?:share|forward|distribute|circulate|disclose|repeat|leak|pass|copy"
            r"|send|post|publish|show)(?:d|ed)? (?:this|it|that|them|these|any|the |further|outs|ext|to any|with|bey"
            r"|on|aro)"
            r"|(?:not|n't|not to|this may|this must|this should) (?:leave|go outside|get out of|go beyond|be seen"
            r"|be made public)"
            r"|unter uns|siegel der versch|vier augen|nicht weiter(?:g|l|s|e|v)|nach außen|an dritte|nicht verlassen"
            r"|niemandem|im vertrauen|(?:das|es)(?: bitte)?(?: sie)? für (?:dich|sich)|geheimhaltung|verschlusssache"
            r"|(?:ist|bleibt|sind) (?:geheim|unter)"
            r"|(?:^|[^a-z])ne (?:\w{2,3} )?(?:pas )?(?:le |la |les )?(?:diffuser|divulguer|transf|partager|transmettre"
            r"|communiquer|faire suivre|doit pas|doivent pas)|entre (?:nous|nosotros|nós|tú)|pour (?:toi|vous)[.,!]"
            r"|sceau du|à personne"
            r"|(?:no|não|nao) (?:lo |la |los |o |a |se |debe |deve )?(?:compart|reenv|difund|divulg|encaminh|repass"
            r"|partilh|distribu)|no (?:debe|puede) salir|não (?:deve|pode) sair|a nadie|a ninguém|el secreto|segredo"
            r"|sigilo|en confianza"
            r"|non (?:lo |la |li )?(?:divulg|condivid|inoltr|diffond|girar)|tra (?:di )?noi|deve uscire|acqua in bocca"
            r"|onder ons|tussen ons|niet (?:doorsturen|delen|verspreiden|verder|doorvertellen|openbaar)"
            r"|niet (?:verlaten|uit)|in vertrouwen"
            r"|机密|保密|不要外传|勿外传|切勿转发|极秘|極秘|社外秘|部外秘|マル秘|口外しない"
            r"|他言無用|内密に|秘密にして|classif(?:ied|ication): ?[a-z]"
            r"|einstufung: ?[a-z]"
        ).encode(),
    ),
    (
        "property",
        (
            r"(?i)proprietary|(?-i:[Pp]roperty of [A-Z])|internal (?:use|eyes|only|distribution|circulation|document)"
            r"|external (?:use|distribution)|distribute outside|trade secrets? of|unpublished (?:source|work)"
            r"|unauthori[sz]ed (?:copy|use|repro|distr)|rights reserved|vorbehalten|droits réserv|derechos reserv"
            r"|direitos reserv|diritti riserv|voorbehouden"
            r"|internen (?:gebrauch|dienst)|nur (?:intern|zum dienst)|interne[sr]? dokument|firmeneigen"
            r"|betriebsgeheimnis|geschäftsgeheimnis|usage (?:strictement )?interne|document interne|propriété"
            r"|uso (?:\w{1,15} )?interno|propiedad (?:\w{1,12} )?de [A-Z]|propriedade|proprietà"
            r"|intern gebruik|bedrijfseigendom|eigendom van|bedrijfsgeheim"
            r"|内部资料|仅供内部使用|版权所有|社内限り|社内用"
        ).encode(),
    ),
)
