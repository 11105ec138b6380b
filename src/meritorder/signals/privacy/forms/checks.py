"""Check digits and other rules by which a number tells that it is what it looks like.

Every function takes a number as printed without its separators: digits, and capitals where the scheme has them, in
the length that the scheme has. None raises for those. The sources are the issuers' own rules, named at each.
"""

import re
from collections.abc import Sequence

_DIGITS = bytes(range(48, 58))


def values(number: str) -> list[int]:
    """Digits as their values, letters as 10 to 35."""
    return [int(char, 36) for char in number]


def weighted(number: str, weights: Sequence[int]) -> int:
    """The sum of the characters' values, each times its weight; what has no weight does not count."""
    return sum(value * weight for value, weight in zip(values(number), weights, strict=False))


def luhn(number: bytes) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B); separators do not count."""
    digits = [byte - 48 for byte in number if byte in _DIGITS]
    return 12 <= len(digits) <= 19 and _luhn(digits)


def _luhn(digits: Sequence[int]) -> bool:
    doubled = sum(2 * digit - 9 * (digit > 4) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + doubled) % 10 == 0


def iban(number: bytes) -> bool:
    """The check digits of a bank account number (ISO 13616: mod 97 is 1)."""
    compact = number.replace(b" ", b"").replace(b"-", b"").decode("ascii").upper()
    if not 15 <= len(compact) <= 34:
        return False
    return int("".join(map(str, values(compact[4:] + compact[:4])))) % 97 == 1


def dated(number: str) -> bool:
    """Whether six digits can be a date written as year, month and day."""
    return 1 <= int(number[2:4]) <= 12 and 1 <= int(number[4:6]) <= 31


def _day_first(number: str) -> bool:
    return 1 <= int(number[2:4]) <= 12 and 1 <= int(number[:2]) <= 31


_SSN = re.compile(r"(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}")
_ITIN = re.compile(r"9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}")
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]")
_PAN = re.compile(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]")
_ONE_DIGIT = re.compile(r"(\d)\1+")


def ssn(number: str) -> bool:
    """A US social security number; it has no check digit, but numbers that are never given out (SSA, RM 10201)."""
    return _SSN.fullmatch(number) is not None


def itin(number: str) -> bool:
    """A US taxpayer number in place of one for social security (IRS, publication 1915)."""
    return _ITIN.fullmatch(number) is not None


def nino(number: str) -> bool:
    """A British national insurance number (HMRC, NIM39110)."""
    return _NINO.fullmatch(number) is not None


def nhs(number: str) -> bool:
    """A number of the English health service, mod 11 (NHS data dictionary)."""
    check = -weighted(number[:9], range(10, 1, -1)) % 11
    return check == int(number[9]) and _ONE_DIGIT.fullmatch(number) is None


def idnr(number: str) -> bool:
    """A German tax number of a person, ISO 7064 mod 11,10 (BZSt); one of its digits comes more than once."""
    if len(set(number[:10])) < 2:
        return False
    product = 10
    for digit in values(number[:10]):
        product = 2 * ((digit + product) % 10 or 10) % 11
    counts = sorted(map(number[:10].count, set(number[:10])))
    return number[0] != "0" and counts[-1] in {2, 3} and counts[-2] == 1 and (11 - product) % 10 == int(number[10])


def pension(number: str) -> bool:
    """A German pension insurance number: area, date of birth, initial, serial and check digit (VKVV, section 4)."""
    letter = values(number[8])[0] - 9
    spelled = f"{number[:8]}{letter:02d}{number[9:11]}"
    products = (
        int(digit) * weight for digit, weight in zip(spelled, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)
    )
    return sum(sum(divmod(product, 10)) for product in products) % 10 == int(number[11])


def document(number: str) -> bool:
    """The serial number of a German identity card or passport; its check digit (ICAO 9303) is seldom told."""
    if not any(map(str.isdigit, number)) or number[0].isdigit():
        return False
    return len(number) == 9 or weighted(number[:9], (7, 3, 1) * 3) % 10 == int(number[9], 36)


def nir(number: str) -> bool:
    """A French number of social security, mod 97 (INSEE); Corsica counts as 19 and 18."""
    digits = number.replace("2A", "19", 1).replace("2B", "18", 1)
    if not digits.isdigit() or digits[0] not in "123478":
        return False
    return len(digits) == 13 or 97 - int(digits[:13]) % 97 == int(digits[13:])


def dni(number: str) -> bool:
    """A Spanish identity number: its letter is the rest by 23 (Real Decreto 1553/2005)."""
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number[:8]) % 23] == number[8]


def nie(number: str) -> bool:
    """A Spanish number of a foreigner, whose first letter stands for a digit."""
    return number[0] in "XYZ" and dni(f"{'XYZ'.index(number[0])}{number[1:]}")


_MONTHS = "ABCDEHLMPRST"
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def codice_fiscale(number: str) -> bool:
    """An Italian tax number (D.M. 23/12/1976): letters and digits count by a table in every other place."""
    places = [value - 10 * (value > 9) for value in values(number[:15])]
    total = sum(_ODD[value] for value in places[::2]) + sum(places[1::2])
    return number[8] in _MONTHS and total % 26 == values(number[15])[0] - 10


def bsn(number: str) -> bool:
    """A Dutch citizen's number: the test by eleven, the last digit weighing minus one (Besluit BSN)."""
    padded = number.zfill(9)
    return padded != "000000000" and (weighted(padded, range(9, 1, -1)) - int(padded[8])) % 11 == 0


_DIHEDRAL = [
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
]
_TURNED = [
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
]


def aadhaar(number: str) -> bool:
    """An Indian identity number (UIDAI; Verhoeff, Error Detecting Decimal Codes, 1969)."""
    check = 0
    for place, digit in enumerate(values(number[::-1])):
        check = int(_DIHEDRAL[check][int(_TURNED[place % 8][digit])])
    return number[0] not in "01" and check == 0


def pan(number: str) -> bool:
    """An Indian taxpayer number; its fourth letter tells the kind of taxpayer."""
    return _PAN.fullmatch(number) is not None


def resident(number: str) -> bool:
    """A Chinese identity number, ISO 7064 mod 11-2 (GB 11643), its date of birth included."""
    check = (12 - weighted(number[:17], (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11) % 11
    last = 10 if number[17] in "Xx" else int(number[17], 36)
    return number[6:8] in {"18", "19", "20"} and dated(number[8:14]) and check == last


def cpf(number: str) -> bool:
    """A Brazilian taxpayer number, two digits by mod 11 (Receita Federal)."""
    first = -weighted(number[:9], range(10, 1, -1)) % 11 % 10
    second = -weighted(number[:10], range(11, 1, -1)) % 11 % 10
    return _ONE_DIGIT.fullmatch(number) is None and number[9:] == f"{first}{second}"


def pesel(number: str) -> bool:
    """A Polish number with the date of birth, whose month tells the century as well."""
    month, day = int(number[2:4]) % 20, int(number[4:6])
    return 1 <= month <= 12 and 1 <= day <= 31 and weighted(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def sin(number: str) -> bool:
    """A Canadian social insurance number (Luhn)."""
    return number[0] not in "08" and _luhn(values(number))


def tfn(number: str) -> bool:
    """An Australian tax file number (ATO)."""
    return weighted(number, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def nif(number: str) -> bool:
    """A Portuguese taxpayer number of a person, mod 11."""
    return number[0] in "1235689" and -weighted(number[:8], range(9, 1, -1)) % 11 % 10 == int(number[8])


def cartao(number: str) -> bool:
    """A Portuguese identity card: twice every second character from the right, letters counting from ten, mod 10."""
    doubled = [value * (1 + place % 2) for place, value in enumerate(reversed(values(number)))]
    return sum(value - 9 * (value > 9 and place % 2) for place, value in enumerate(doubled)) % 10 == 0


def belgian(number: str) -> bool:
    """A Belgian national register number: the rest by 97, a 2 before it for births since 2000."""
    check = int(number[9:])
    return check in {97 - int(number[:9]) % 97, 97 - int(f"2{number[:9]}") % 97}


def ahv(number: str) -> bool:
    """A Swiss social insurance number (EAN-13 with the country's 756)."""
    return number.startswith("756") and weighted(number, (1, 3) * 7) % 10 == 0


def austrian(number: str) -> bool:
    """An Austrian social insurance number: the fourth digit checks the others, mod 11."""
    return weighted(number, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 == int(number[3]) and _day_first(number[4:])


def personnummer(number: str) -> bool:
    """A Swedish personal number (Luhn over its last ten digits)."""
    return dated(number[-10:]) and _luhn(values(number[-10:]))


def cpr(number: str) -> bool:
    """A Danish personal number; since 2007 it has no check digit, only a date."""
    return _day_first(number)


def norwegian(number: str) -> bool:
    """A Norwegian birth number, two digits by mod 11."""
    first = weighted(number, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    return _day_first(number) and first == 0 and weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def hetu(number: str) -> bool:
    """A Finnish personal code: the rest by 31 (DVV)."""
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(number[:6] + number[-4:-1]) % 31]
    return _day_first(number) and check == number[-1]


def pps(number: str) -> bool:
    """An Irish public service number, mod 23; the second letter counts nine."""
    extra = 9 * (values(number[8])[0] - 9) if number[8:] and number[8] in "ABCDEFGHI" else 0
    return "WABCDEFGHIJKLMNOPQRSTUV"[(weighted(number[:7], range(8, 1, -1)) + extra) % 23] == number[7]


def cnp(number: str) -> bool:
    """A Romanian personal code, mod 11."""
    rest = weighted(number[:12], (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return dated(number[1:]) and (1 if rest == 10 else rest) == int(number[12])


def egn(number: str) -> bool:
    """A Bulgarian civil number, mod 11."""
    return (
        1 <= int(number[4:6]) <= 31
        and int(number[2:4]) % 20 <= 12
        and weighted(number, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == int(number[9])
    )


def amka(number: str) -> bool:
    """A Greek social security number (Luhn, after the date of birth)."""
    return _day_first(number) and _luhn(values(number))


def israeli(number: str) -> bool:
    """An Israeli identity number (Luhn)."""
    return _luhn(values(number))


def south_african(number: str) -> bool:
    """A South African identity number (Luhn, after the date of birth)."""
    return dated(number) and number[10] in "012" and _luhn(values(number))


def korean(number: str) -> bool:
    """A Korean resident number: date of birth, then a digit for sex and century. Since 2020 the last one is random."""
    return dated(number) and number[6] in "12345678"


_CURP = re.compile(r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d")


def curp(number: str) -> bool:
    """A Mexican population code: letters of the name, date of birth, state."""
    return _CURP.fullmatch(number) is not None and dated(number[4:])


def rut(number: str) -> bool:
    """A Chilean number, mod 11; the letter K is ten."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(number[:-1])))
    return "0123456789K"[-total % 11] == number[-1].upper()


def thai(number: str) -> bool:
    """A Thai identity number, mod 11."""
    return -weighted(number[:12], range(13, 1, -1)) % 11 % 10 == int(number[12])


def turkish(number: str) -> bool:
    """A Turkish identity number: the tenth digit by odd and even places, the last by the sum of all before."""
    digits = values(number)
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[0] != 0 and tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


def nric(number: str) -> bool:
    """A Singaporean identity number: its letter by mod 11, shifted for numbers since 2000."""
    rest = (weighted(number[1:8], (2, 7, 6, 5, 4, 3, 2)) + 4 * (number[0] in "TG")) % 11
    return ("JZIHGFEDCBA" if number[0] in "ST" else "XWUTRQPNMLK")[rest] == number[8] and number[0] in "STFG"


def hkid(number: str) -> bool:
    """A Hong Kong identity number, mod 11; a lone first letter has a blank before it, which counts 36."""
    total = sum(
        (36 if char == " " else int(char, 36)) * weight
        for char, weight in zip(number.rjust(9), range(9, 0, -1), strict=True)
    )
    return total % 11 == 0


def my_number(number: str) -> bool:
    """A Japanese individual number, mod 11."""
    rest = weighted(number[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if rest <= 1 else 11 - rest) == int(number[11])


def czech(number: str) -> bool:
    """A Czech or Slovak birth number: divisible by eleven; fifty is added to the month of women."""
    month = int(number[2:4]) % 50 % 20
    return 1 <= month <= 12 and int(number) % 11 == 0
