import pytest

from tests.unit.signals.privacy.reading import AROUND, found, of

EMAILS = [
    "ada@example.com",
    "ada.lovelace+work@mail.example.co.uk",
    "jörg@example.org",
    "a@b.io",
    "first.last@sub.domain.example.museum",
    "x_y-z@example.de",
    "42@example.net",
    "ada@exämple.de",
    "ADA@EXAMPLE.COM",
    "ada+1@example.travel",
    "o.brien@example.ie",
    "a.b.c@d.e.fr",
    "user2026@web.post.at",
    "info@example.photography",
    "ada@xn--bcher-kva.example",
]
PHONES = [
    "+44 20 7946 0958",
    "+1 (415) 555-0132",
    "(415) 555-0132",
    "415-555-0132",
    "415.555.0132",
    "+49 171 1234567",
    "+49 (0)89 123456",
    "0171 1234567",
    "089/1234567",
    "030 12345678",
    "06 12 34 56 78",
    "01.55.01.43.27",
    "+33 6 12 34 56 78",
    "020 7946 0958",
    "07700 900123",
    "07700 900 123",
    "612 55 01 43",
    "(11) 91234-5678",
    "+91 98765 43210",
    "138-0013-8000",
    "03-1234-5678",
    "06-12345678",
    "+31 6 12345678",
    "0049 171 1234567",
]
CUED_PHONES = [
    ("tel. ", "23 45 67 89"),
    ("call me on ", "555 0132"),
    ("phone: ", "5550132"),
    ("Handy ", "01711234567"),
    ("móvil: ", "612345678"),
    ("teléfono ", "91 234 56 78"),
    ("Telefon: ", "1234567"),
    ("cell ", "4155550132"),
    ("WhatsApp ", "612 345 678"),
    ("llámame al ", "912 345 678"),
    ("mobile number: ", "7700900123"),
    ("il mio numero è ", "347 123 4567"),
    ("telemóvel ", "912 345 678"),
    ("bel me op ", "0612345678"),
    ("电话：", "13800138000"),
]
ADDRESSES = [
    "93.184.216.34",
    "81.174.23.209",
    "45.155.205.233",
    "185.220.101.47",
    "90.63.214.18",
    "200.147.35.149",
    "103.21.244.8",
    "2.16.5.200",
    "151.101.1.140",
    "2a00:1450:4001:82b::200e",
    "2606:4700:4700::1001",
    "2a02:8108:8ac0:1f:aa:bb:cc:dd",
    "2001:4860:4860:0:0:0:0:8844",
    "64.233.160.99",
    "212.58.244.70",
]
MACHINES = [
    "3c:22:fb:9a:11:0e",
    "A4-83-E7-5D-0C-91",
    "f0:18:98:3b:c2:77",
    "001b.6384.45e6",
    "00:1B:63:84:45:E6",
    "de:ad:be:ef:00:01",
    "5c-f9-38-aa-10-2f",
    "B8:27:EB:12:34:56",
    "b827.eb12.3456",
    "02:42:ac:11:00:02",
    "9C-B6-D0-FE-12-9A",
    "74:d4:35:1a:2b:3c",
    "ac:de:48:00:11:22",
    "dca6.3201.7f9e",
    "E4:5F:01:AB:CD:EF",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("address", EMAILS)
def test_an_email_address_is_found(address: str, around: str):
    assert found(around.format(address)) == [("email", address)]


@pytest.mark.parametrize(
    "text",
    [
        "an @ sign, a@b, @decorator, name@host",
        "user@localhost",
        "git@github.com:psf/requests.git",
        "logo@2x.png",
        "@property",
        "a @ b.com",
        "me at example dot com",
        "npm i lodash@4.17.21",
        "ada@",
        "@example.com",
        "ada@-",
        "ada@.com",
        "pip install x@main",
        "price @ 3.50",
        "icon@3x.webp",
    ],
)
def test_an_at_sign_alone_makes_no_email_address(text: str):
    assert of("email", text) == []


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("number", PHONES)
def test_a_phone_number_in_customary_groups_is_found(number: str, around: str):
    assert found(around.format(number)) == [("phone", number)]


@pytest.mark.parametrize(("cue", "number"), CUED_PHONES)
def test_a_phone_number_in_any_groups_is_found_after_a_cue(cue: str, number: str):
    assert of("phone", f"Well, {cue}{number}.") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3, 2026-09-21, 10:45:00, 3.14159, 1,000,000",
        "2026-04-11 08:12:55",
        "11.04.2026 10:30",
        "978-3-16-148410-0",
        "order 2026-558-1204",
        "47.3769, 8.5417",
        "invoice 100-200-3000",
        "1 234 567 890 people",
        "192.168.100.200 and 10.0.0.1",
        "$415-555-0132",
        "1-415-555-0132-99",
        "123456789 * 987654321",
        "part 4471-2209-33",
        "1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233",
        "12 000 000 000",
        "0.415 555 0132",
        "call 3 functions",
        "the phone costs 499.00",
        "12345678 bytes",
    ],
)
def test_other_numbers_are_no_phone_numbers(text: str):
    assert of("phone", text) == []


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_routed_is_found(address: str, around: str):
    assert found(around.format(address)) == [("ip_address", address)]


@pytest.mark.parametrize(
    "text",
    [
        "192.168.0.1",
        "10.0.3.7",
        "172.16.4.4",
        "127.0.0.1",
        "0.0.0.0",
        "203.0.113.9",
        "198.51.100.44",
        "192.0.2.1",
        "8.8.8.8",
        "version 120.0.6099.109",
        "v93.184.216.34",
        "Chrome/120.0.6099.109",
        "chapter 4.3.2.1",
        "1.2.3.4.5",
        "256.300.1.1",
        "2001:db8::1",
        "fe80::1ff:fe23:4567:890a",
        "10:45:00",
        "std::vector::iterator",
    ],
)
def test_other_addresses_name_nobody(text: str):
    assert of("ip_address", text) == []


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("address", MACHINES)
def test_the_address_of_a_machine_is_found(address: str, around: str):
    assert found(around.format(address)) == [("mac_address", address)]


@pytest.mark.parametrize(
    "text",
    [
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "10:45:00",
        "12-10-11-12-13-14",
        "3c:22:fb:9a:11",
        "3c:22:fb:9a:11:0e:77",
        "3c:22:fb:9a:11:0g",
        "1234.5678.9012",
        "aa:bb:cc:dd:ee:ff",
        "a:b:c:d:e:f",
        "3c22fb9a110e",
        "3c-22-fb",
        "2026-04-11-08-12-55",
        "001b.6384",
        "x3c:22:fb:9a:11:0e",
    ],
)
def test_other_pairs_of_digits_are_no_machine(text: str):
    assert of("mac_address", text) == []
