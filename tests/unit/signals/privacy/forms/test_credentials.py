import pytest

from tests.unit.signals.privacy.finding import found, of

KEYS = [
    "sk-proj-abcdefghijklmnopqrst",
    "sk-ant-api03-abcdefghijklmnopqrstuvwx",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_abcdefghijklmnopqrstuvwxyz_0123456789",
    "xoxb-123456789012-abcdefghijkl",
    "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
    "glpat-abcdefghij0123456789",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2ln",
    "sk_live_51Hq9ZkLm2Np4Rt6Vx8Bz0Da",
    "npm_8sKd72LqWm3nVxZp5Rt9Bc4Yh1Jf6GtE0uA",
    "hf_kLmNoPqRsTuVwXyZaBcDeFgHiJkLm",
    "SG.k8Jd72LsQpWm3nVxAb.Zp5Rt9Bc4Yh1Jf6GtE0uAk2Ls8Dq",
    "5938201746:AAHk3Jd9sLqPw2Xm8VbN4cZt7RyEo1UiG5f",
]
TOLD = [
    ("new password: {} – tell her", "mAple!Trail29"),
    ("ok the wifi password is {} and the guest one", "BlueHeron_7741"),
    ('{{"user": "etl", "password": "{}"}}', "v9$Kd72!wQ"),
    ("spring.datasource.password={}", "Ostrich42Lamp"),
    ("sshpass -p '{}' ssh root@box", "Lemon#Tree92"),
    ("pass: {}\n", "Plum!Tugboat*394"),
    ("Das neue Passwort lautet {}, bitte", "Kirsch!Baum77"),
    ("Mot de passe : {} — à changer", "Tulipe_83!bleu"),
    ("La contraseña es {}, cámbiala", "Girasol#2291"),
    ("la password del wifi è {}", "Papavero_5513"),
    ("A senha é {}, não mude", "Mar&Sol1987x"),
    ("MQTT_WACHTWOORD={}", "stroopwafel!Duin83"),
    ("with user ops and password {} now", "C0balt-Fjord!88"),
    ("AccountKey={};", "pnnmAZEdESSmQ0z96CG1MyWm/L/y0ENdQVtlcS1oY3WKUIzrPNUSgnl8o8kLa71V"),
    ('"X-Api-Key": "{}"', "b7e41c0d9f2a48b6a3d5"),
    ("api_key = '{}'", "f7Gh29sKq0Zx81Lm"),
    ("Authorization: Bearer {}", "q8Zr1LmN5vTx2BcY7dKp0WsE4gHj"),
    ("admin pin {}", "83320417"),
    ("the door opens with PIN {} now", "4921"),
    ("voicemail pin: {}", "7718"),
    ("our login is tsmythe / {} there", "marmalade7Skies"),
    ("wi-fi key: {}", "9c2f7b41de"),
    ("jdbc:postgresql://db/x?user=app&password={}&ssl=true", "Tr33house"),
    ("https://acme.blob.core.windows.net/c?sv=2022&sig={}", "kQ9mPz7LwX2vB8nT4rY6uI1oE5aS0dFgHj3K%3D"),
    ("Authorization: Basic {}", "YWRtaW46aHVudDNyR3JlZW4h"),
    ("curl -u admin:{} https://api.acme.io", "hunt3rGreen!"),
    ('get(url, auth=("admin", "{}"))', "Qu1ckS1lver!"),
    ("PresharedKey = {}", "pZ7LwX2vB8nT4rY6uI1oE5aS0dFgHj3KkQ9mPz7LwX0="),
    ("AWS_SECRET_ACCESS_KEY={}", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("TOTP seed {}", "KRSXG5CTMVRXEZLU"),
    ("my backup code is {}", "4827 1936"),
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("around", ["{}", "see {}, thanks", "({})", "\n{}\n", 'x: "{}".', "TOKEN={}"])
def test_a_key_is_known_by_how_it_begins(key: str, around: str):
    assert found(around.format(key)) == [("credential", key)]


@pytest.mark.parametrize(("text", "secret"), TOLD)
def test_a_secret_is_found_after_the_word_for_it(text: str, secret: str):
    assert found(text.format(secret)) == [("credential", secret)]


def test_the_secret_beside_an_access_key_is_found():
    secret = "q8Zr1LmN5vTx2BcY7dKp0WsE4gHj9UaF3iRoP6Xt"
    assert of("credential", f"aws AKIA4QXWZ7RNB2LM5KTP {secret}") == ["AKIA4QXWZ7RNB2LM5KTP", secret]


@pytest.mark.parametrize(
    "url",
    [
        "postgres://billing:Zr8-kuLm41@db7.internal.acme.io:5432/ledger",
        "mongodb+srv://svc_reports:Lp83nXq2@cluster1.x9k2.mongodb.net/prod",
        "redis://:uT5mK9pQ@cache-2.prod.local:6379",
    ],
)
def test_a_login_in_a_url_is_found(url: str):
    assert [kind for kind, _ in found(f"we connect with {url}, always")] == ["credential"]


@pytest.mark.parametrize(
    "text",
    [
        'password = os.environ["DB_PASSWORD"]',
        'api_key = "YOUR_API_KEY"  # replace me',
        "const token = await getToken(user.id);",
        "export OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxx",
        "OPENAI_API_KEY=sk-your-key-here-and-nothing-else",
        'connect("postgresql://user:password@localhost:5432/test")',
        "password: ${DB_PASSWORD}",
        "Authorization: Bearer <token>",
        "def is_secret(key: str, token: str | None = None) -> bool: ...",
        'if (password.length < 12) throw new Error("password: too short");',
        "POSTGRES_PASSWORD=changeme",
        "TOKEN: ${{ secrets.GITHUB_TOKEN }}",
        "stripe.api_key = 'sk_test_XXXXXXXXXXXXXXXXXXXXXXXX'",
        'CLAVE_API = "<tu_clave_aquí>"',
        "max_tokens=256, next_token = tokens[index + 1], token_count: 1234567890123",
        "self.token = self.lexer.next_token()",
        "the password is too short and the secret is that nobody knows",
        "an_identifier_that_is_longer_than_twenty_characters",
        "sk-short and AKIA and ghp_",
        "https://example.org:8080/a@b",
        "PIN_LENGTH = 4, pin = int(input()), the PIN must have 6 digits, access code required",
        "password: !vault | and Authorization: Basic <base64>, curl -u $USER:$PASS",
        "risk-assessment-of-the-whole-enterprise",
        "sk-fading-circle-container and sk-...",
    ],
)
def test_what_stands_for_a_secret_or_speaks_of_one_is_left_alone(text: str):
    assert found(text) == []


BODY = "MIIEowIBAAKCAQEAx7Zk1m2n3b4v5c6x7z8l9k0jMIIEowIBAAKCAQEAx7Zk1m2n"


def test_codes_for_one_who_lost_a_password_are_all_found():
    assert of("credential", "recovery codes: 8f3k-29dm x7qp-41zn") == ["8f3k-29dm", "x7qp-41zn"]


@pytest.mark.parametrize("name", ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])
@pytest.mark.parametrize("end_of_line", ["\n", "\\n", "\n "])
def test_a_private_key_goes_from_its_first_line_to_its_last(name: str, end_of_line: str):
    key = end_of_line.join((f"-----BEGIN {name}PRIVATE KEY-----", BODY, f"-----END {name}PRIVATE KEY-----"))
    assert found(f'see "{key}" there') == [("private_key", key)]


def test_what_follows_the_first_line_is_not_another_key():
    assert len(of("private_key", "-----BEGIN PRIVATE KEY-----\n" + "0" * 64)) == 1


def test_one_that_is_cut_off_is_found_by_its_first_line():
    assert of("private_key", f"-----BEGIN PRIVATE KEY-----\n{BODY}") == ["-----BEGIN PRIVATE KEY-----"]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMFww\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\n<paste your key here>\n-----END PRIVATE KEY-----",
        'if "-----BEGIN PRIVATE KEY-----" in text:',
        "Explain what a private key is",
        "private_key = load_key(path)",
    ],
)
def test_other_blocks_and_places_for_keys_are_left_alone(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("PrivateKey = {}", "AIXneEELHfF1cO89g4jK5h7wDXTYquldEY4ow1ve36U="),
        ("AGE_KEY={}", "AGE-SECRET-KEY-1HSPVN5EVTCENA9NVRQDCJYK6CKHX2TSHKE20AJ2W7PLZSW6URMLSFUH703"),
        ('new Wallet("{}", provider)', "0x4f692aba6505d83a81e060807c6217460434dc81444796bc923d9d154cd64e0d"),
        ("importprivkey {}", "L24N4jpFbW9V5khepfsH4vibvWDgN2VkdjiYVNCzueRJJcNqGysZ"),
        ('"kty":"OKP","d":"{}"', "z4zXDQx9ZgtD9RzdLw9wV248dvg9zV8iLbZIc_dvv75"),
    ],
)
def test_keys_of_one_word_are_found(text: str, key: str):
    assert of("private_key", text.format(key)) == [key]
