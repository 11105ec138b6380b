import pytest

from tests.unit.signals.privacy.reading import AROUND, found, of

KEYS = [
    "sk-proj-abcdefghijklmnopqrst",
    "sk-ant-api03-abcdefghijklmnopqrstuvwx",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_abcdefghijklmnopqrstuvwxyz_0123456789",
    "xoxb-123456789012-abcdefghijkl",
    "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
    "glpat-abcdefghij0123456789",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmVk",
    "sk_live_51Hq9ZkLm2Np4Rt6Vx8Bz0Da",
    "npm_8sKd72LqWm3nVxZp5Rt9Bc4Yh1Jf6GtE0uA",
    "pypi-AgEIcHlwaS5vcmcCJGFhYWFhYWFh",
    "5938201746:AAHk3Jd9sLqPw2Xm8VbN4cZt7RyEo1UiG5f",
    "SG.k8Jd72LsQpWm3nVx.Zp5Rt9Bc4Yh1Jf6GtE0uAk2Ls8Dq",
    "SK0123456789abcdef0123456789abcdef",
    "hf_kLmNoPqRsTuVwXyZaBcDeFgHiJkLm",
    "ya29.a0AfH6SMBx7kLmNoPqRsTuVw",
    "hooks.slack.com/services/T01ABCDEF/B02GHIJKL/mNoPqRsTuVwXyZ01",
    "hvs.CAESIJlWbmNoPqRsTuVwXyZ01",
    "dapi0123456789abcdef0123456789abcdef",
]
SAID = [
    ("password: ", "Tr0ub4dor&3"),
    ("Passwort: ", "Kirsch!Baum77"),
    ("mot de passe : ", "Tulipe_83!bleu"),
    ("la contraseña es ", "Girasol#2291"),
    ("la password del wifi è ", "Papavero_5513"),
    ("a senha é ", "Mar&Sol1987x"),
    ("Wachtwoord: ", "Molen!Wiek44"),
    ("the wifi password is ", "BlueHeron_7741"),
    ("the password for ops@db1 is ", "fj4-Kqp9w"),
    ("user ops and password ", "C0balt-Fjord88"),
    ("DB_PASSWORD=", "Ostrich42Lamp"),
    ("spring.datasource.password=", "Ostrich42Lamp"),
    ('"password": "', "nT7!kq0Zp4"),
    ('\\"password\\": \\"', "nT7!kq0Zp4"),
    ('api_key="', "9f8a7b6c5d4e3f2a1b0c"),
    ("client_secret: ", "9f8a7b6c5d4e3f2a1b0c"),
    ("ACCESS_TOKEN=", "9f8a7b6c5d4e3f2a1b0c"),
    ("Authorization: Bearer ", "abcdef0123456789abcdef"),
    ('-H "Authorization: Basic ', "YWRtaW46czNjcjN0UHc0NTY="),
    ("AccountKey=", "Zk8mQ2vL5nX1cB7yT4wR9pD3sF6gH0jK8lZ2xC5vB7nM1qW4=="),
    ("密码：", "Zx9kLm2p"),
]
LOGINS = [
    "postgres://admin:s3cr3tPw@db.acme.io:5432/prod",
    "mongodb+srv://svc_reports:Lp83nXq2@cluster1.x9k2.mongodb.net/prod",
    "redis://:uT5mK9pQ@cache-2.prod.local:6379",
    "https://deploy:ghA72kd9@git.acme.io/repo.git",
    "ftp://bob:w1nter.Sun@files.acme.io",
    "amqp://svc:Qp0-1xZz@mq.acme.io:5671/vhost",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_known_by_how_it_begins(key: str, around: str):
    assert found(around.format(key)) == [("credential", key)]


@pytest.mark.parametrize(("said", "secret"), SAID)
def test_a_secret_is_known_by_the_words_before_it(said: str, secret: str):
    assert found(f"ok, {said}{secret}") == [("credential", secret)]
    assert found(f'ok, {said}{secret}" and so on') == [("credential", secret)]


@pytest.mark.parametrize("around", ["{}", "see {} thanks", "({})", "\n{}\n", '{{"url": "{}"}}'])
@pytest.mark.parametrize("login", LOGINS)
def test_a_login_in_an_address_is_found(login: str, around: str):
    assert found(around.format(login)) == [("credential", login)]


@pytest.mark.parametrize(
    "text",
    [
        "an_identifier_that_is_longer_than_twenty_characters",
        "sk-short and AKIA and ghp_",
        "OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxx",
        'api_key = "YOUR_API_KEY"',
        "password: ${DB_PASSWORD}",
        "password: <password>",
        "password: ********",
        "password: changeme",
        "POSTGRES_PASSWORD=changeme",
        'password = os.environ["DB_PASSWORD"]',
        'password = getpass("Passwort: ")',
        "password: string",
        "the password is wrong",
        "my password is not accepted",
        "token: str | None = None",
        "const token = await getToken(user.id)",
        "max_tokens=256",
        "Authorization: Bearer <token>",
        "Authorization: Bearer YOUR_ACCESS_TOKEN",
        "postgresql://user:password@localhost:5432/test",
        "https://example.com:8080/path",
        "the secret is to stir slowly",
        "a key: value pair",
        "sha256: 9f86d081884c7d659a2feaa0c55ad015",
        "password reset instructions were sent",
        "password must contain 8 characters",
        "next_token={{ cursor }}",
    ],
)
def test_what_stands_for_a_secret_is_none(text: str):
    assert of("credential", text) == []


def test_the_secret_beside_the_name_of_an_aws_key_is_found():
    secret = "q8Zr1LmN5vTx2BcY7dKp0WsE4gHj9UaF3iRoP6Xt"
    assert of("credential", f"AKIAIOSFODNN7EXAMPLE\n{secret}") == ["AKIAIOSFODNN7EXAMPLE", secret]
    assert of("credential", secret) == []


BODY = "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"
HEADS = ["", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", "PGP ", "ED25519 "]


@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", "ANY OLD "])
@pytest.mark.parametrize("around", ["{}", "see\n{}\nthanks", '{{"key": "{}"}}'])
def test_a_private_key_is_found_from_its_first_line_to_its_last(kind: str, around: str):
    key = f"-----BEGIN {kind}PRIVATE KEY-----\n{BODY}\n-----END {kind}PRIVATE KEY-----"
    assert found(around.format(key)) == [("private_key", key)]


def test_of_a_private_key_without_an_end_the_first_line_is_found():
    assert found(f"-----BEGIN PRIVATE KEY-----\n{BODY}") == [("private_key", "-----BEGIN PRIVATE KEY-----")]
    assert found("-----BEGIN PGP PRIVATE KEY BLOCK-----") == [("private_key", "-----BEGIN PGP PRIVATE KEY BLOCK-----")]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE REQUEST-----",
        "-----BEGIN PGP MESSAGE-----",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----",
        "-----BEGIN SSH2 PUBLIC KEY-----",
        "-----BEGIN X509 CRL-----",
        "-----BEGIN DH PARAMETERS-----",
        "BEGIN PRIVATE KEY",
        "---- BEGIN PRIVATE KEY ----",
        "-----END PRIVATE KEY-----",
        "what is a private key?",
        "private key: keep it safe",
        "-----begin private key-----",
    ],
)
def test_what_may_be_published_is_no_private_key(text: str):
    assert of("private_key", text) == []
