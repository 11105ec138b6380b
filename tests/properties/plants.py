"""Private text of every kind, made up: numbers come with check digits that are right."""

import re
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from hypothesis import strategies as st

ACCOUNTS = {
    "AT": "9" * 16,
    "BE": "9" * 12,
    "CH": "9" * 17,
    "DE": "9" * 18,
    "ES": "9" * 20,
    "FR": "9" * 23,
    "GB": "AAAA" + "9" * 14,
    "MT": "AAAA" + "9" * 13 + "A" * 10,
    "NL": "AAAA" + "9" * 10,
    "NO": "9" * 11,
    "PL": "9" * 24,
}
"""Countries and the form of their account numbers: `9` is any digit, `A` any capital."""

ISSUERS = (
    *(("4", length) for length in (13, 16, 19)),
    *((begins, 16) for begins in ("2221", "2720", "51", "55", "6011", "65", "3528")),
    *(("62", length) for length in (16, 19)),
    *((begins, length) for begins in ("50", "56", "58", "63", "67") for length in range(13, 20)),
)
"""How cards of an issuer begin, and how long they are."""

words = ascii_letters + digits


def luhn_digit(number: str) -> str:
    """The digit to append, by the rule as it is told: double every second one from the right, cast out nines."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(number))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def account_number(country: str, account: str) -> str:
    """An IBAN: its check digits leave 1 when everything, letters as 10 to 35, is divided by 97."""
    letters = {letter: str(value) for value, letter in enumerate(ascii_uppercase, start=10)}
    spelled = "".join(letters.get(character, character) for character in f"{account}{country}00")
    return f"{country}{98 - int(spelled) % 97:02d}{account}"


def in_groups(number: str, separator: str) -> str:
    """Four characters at a time, as numbers are printed."""
    return separator.join(number[place : place + 4] for place in range(0, len(number), 4))


def text_of(alphabet: str, shortest: int, longest: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=shortest, max_size=longest)


@st.composite
def cards(draw: st.DrawFn) -> str:
    begins, length = draw(st.sampled_from(ISSUERS))
    rest = length - len(begins) - 1
    number = begins + draw(text_of(digits, rest, rest))
    return number + luhn_digit(number)


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from(sorted(ACCOUNTS)))
    alphabets = {"9": digits, "A": ascii_uppercase}
    account = "".join(draw(st.sampled_from(alphabets[each])) for each in ACCOUNTS[country])
    return account_number(country, account)


phones = st.builds("+44 20 7946 {:04d}".format, st.integers(1, 9_999))
passports = st.builds("passport C{:08d}".format, st.integers(30_000_000, 99_999_999))
addresses = st.builds("81.174.{}.{}".format, st.integers(1, 254), st.integers(20, 254))
machines = st.builds("a4:bb:6d:1e:{:02x}:{:02x}".format, st.integers(0, 255), st.integers(0, 255))
emails = st.builds(
    "{}@{}.{}".format,
    text_of(words + "._+-", 1, 40),
    text_of(words + "-", 1, 40),
    text_of(ascii_lowercase, 2, 12),
)
printed_cards = st.builds(in_groups, cards(), st.sampled_from(("", " ", "-")))
printed_ibans = st.builds(in_groups, ibans(), st.sampled_from(("", " ")))
security_numbers = st.builds(
    "{:03d}-{:02d}-{:04d}".format,
    st.integers(1, 899).filter(lambda area: area != 666),
    st.integers(1, 99),
    st.integers(1, 9_999),
)
_STANDS_FOR_ONE = re.compile(r"(?i)x{6}|your|dummy|redacted|placeholder|changeme|replace")
keys = st.one_of(
    st.builds("sk-{}{}".format, st.sampled_from(("", "ant-", "proj-", "or-")), text_of(words, 20, 60)),
    st.builds("AKIA{}".format, text_of(ascii_uppercase + digits, 16, 16)),
    st.builds("gh{}_{}".format, st.sampled_from("pousr"), text_of(words, 30, 40)),
    st.builds("github_pat_{}".format, text_of(words + "_", 30, 80)),
    st.builds("xox{}-{}".format, st.sampled_from("abprs"), text_of(words, 20, 60)),
    st.builds("AIza{}".format, text_of(words + "-_", 35, 35)),
    st.builds("glpat-{}".format, text_of(words + "-_", 20, 30)),
    st.builds("eyJ{}.eyJ{}.x".format, text_of(words, 20, 200), text_of(words + "-_", 20, 300)),
).filter(lambda key: not _STANDS_FOR_ONE.search(key))
private_keys = st.builds(
    "-----BEGIN {}PRIVATE KEY-----".format, st.sampled_from(("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "PGP "))
)
planted = st.one_of(
    st.tuples(st.just("email"), emails),
    st.tuples(st.just("payment_card"), printed_cards),
    st.tuples(st.just("iban"), printed_ibans),
    st.tuples(st.just("national_id"), security_numbers),
    st.tuples(st.just("credential"), keys),
    st.tuples(st.just("private_key"), private_keys),
    st.tuples(st.just("phone"), phones),
    st.tuples(st.just("passport"), passports),
    st.tuples(st.just("ip_address"), addresses),
    st.tuples(st.just("mac_address"), machines),
)
