"""Somebody's pay: a word for pay with an amount beside it, and not an average or a range that is offered to all."""

import re
from collections.abc import Iterator

from meritorder.signals.privacy.surroundings import Found, Readers, utf8

_PAY = (
    r"(?:base |gross |net |annual |monthly |yearly |current |new |starting )*(?:salary|salaries|wages?"
    r"|paycheck|payslip|net pay|gross pay|take-home(?: pay)?|base pay|bonus|severance)"
    r"|(?:brutto|netto|jahres|monats|grund|fest|ziel)?-?(?:gehalt(?:sabrechnung)?|lohn(?:abrechnung)?"
    r"|bruttolohn|nettolohn|auszahlungsbetrag|vergütung|prämie|abfindung)|bruttogehalt|nettogehalt|verdiens\w*"
    r"|netto ?verdienst"
    r"|salaire(?: (?:brut|net|mensuel|annuel))*|rémunération|bulletin de paie|net à payer|prime"
    r"|indemnité de départ|salario(?: (?:bruto|neto|mensual|anual|base|lordo|netto))*|sueldo(?: (?:bruto|neto"
    r"|mensual|anual|base))*|nómina|líquido a percibir"
    r"|stipendio(?: (?:lordo|netto|mensile|annuo))*|busta paga|retribuzione|ral|salário(?: (?:bruto|líquido"
    r"|base|mensal))*|ordenado|vencimento|contracheque|holerite|(?:bruto|netto)?(?:maand)?(?:salaris|loon)"
    r"|loonstrook|jaarsalaris|nettoloon|brutosalaris"
)
_EARN = (
    r"(?:earns?|earned|earning|makes?|is paid|am paid|are paid|gets paid|got paid|paid (?:him|her|them|me)"
    r"|pay(?:s|ing)? (?:him|her|them|me)|raise to|verdien(?:t|e|st)|bekommt brutto|gagne[s]?|touche|cobra"
    r"|cobro|gana|gano|guadagna|guadagno|prende|ganha|ganho|recebe|recebo|verdien(?:t|de)?)"
)
_MONEY = (
    r"(?:(?:€|\$|£|¥|₹|R\$|CHF|EUR|USD|GBP|INR|BRL|Fr\.) ?\d[\d.,' ]{0,12}\d?(?: ?[kK](?![a-z]))?"
    r"|\d[\d.,']{1,12}(?: ?[kK](?![a-z]))?(?: ?\d{3})? ?(?:€|\$|£|¥|₹|CHF|EUR|Euro|euros?|USD|dollars|GBP"
    r"|pounds|BRL|reais|INR|k(?![a-z])))"
)
_PER = (
    r"(?:[ ]?(?:an?|per|/|im|pro|par|al|por|per|p\.?[am]\.?|brutto|netto|gross|net|bruts?|nets?|brutos?|netos?"
    r"|lordi|netti|bruto|before tax|after tax|in total)[ /]?(?:year|yr|month|annum|hour|week|jahr|monat|stunde"
    r"|an|mois|mes|año|mês|ano|anno|mese|maand|jaar|uur)?(?![a-z]))?"
)
_BESIDE = r"(?:(?:(?!\n\n)[^.!?\n$]|\.(?=\w)){0,44}?)"
_STATED = (
    utf8(rf"(?i)(?<![a-z])((?:{_PAY})(?![a-z]){_BESIDE}{_MONEY}{_PER})"),
    utf8(rf"(?i)(?<![a-z])({_EARN}(?![a-z])(?: [\w'-]+){{0,3}}? {_MONEY}{_PER})"),
    utf8(
        rf"(?i)((?<![\w.,]){_MONEY}{_PER} (?:(?:in|base|gross|net|annual|Jahres|Monats|de|di|\w*brutto|\w*netto|as"
        rf"|as a)\W?){{0,2}} ?(?:salary|salaire|salario|sueldo|stipendio|salário|gehalt|lohn|salaris|bonus"
        rf"|severance))(?![a-z])"
    ),
)
_OFFERED = re.compile(
    rb"(?i)average|median|typical|range|minimum|mean |between|durchschnitt|mindest|moyen|smic|medio|media"
    rb"|promedio|m[i\xc3]\xad?nimo|m\xc3\xa9dio|gemiddeld|market|benchmark|\bup to\b|estimate|competitive"
    rb"|expected|spanne|entre \W?\d|budget|total |per capita|industry|sector|profit|revenue|company (?:earned"
    rb"|made)|umsatz|company|firm |business|bruttoinland|cto in|salaries"
)
_REACH = 60


def _pay(text: bytes, start: int, end: int) -> Iterator[Found]:
    for pattern in _STATED:
        for found in pattern.finditer(text, start, end):
            begins, ends = found.span(1)
            sentence = max(text.rfind(mark, 0, begins) for mark in (b". ", b"? ", b"\n")) if begins else 0
            if not _OFFERED.search(text, max(sentence, begins - _REACH, 0), ends):
                yield "payroll", begins, begins + len(text[begins:ends].rstrip(b" ,."))


READERS: Readers = {"pay": _pay}
PATTERNS = (
    ("pay", rf"(?i)(?:^|[^a-z])(?:{_PAY})[^a-z][^\n]{{0,44}}[0-9]".replace(r"\w*", r"\w{0,8}").encode()),
    ("pay", rf"(?i)(?:^|[^a-z]){_EARN} [^\n]{{0,24}}[0-9]".replace("(?![a-z])", "").encode()),
    (
        "pay",
        (
            r"(?i)(?:[0-9k$]|€|£) [^\n]{0,16}(?:salary|salaire|salario|sueldo|stipendio|salário|gehalt|lohn|salaris"
            r"|bonus|severance)"
        ).encode(),
    ),
)
