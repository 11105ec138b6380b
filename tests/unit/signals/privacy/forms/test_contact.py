import pytest

from tests.unit.signals.privacy.finding import found, of


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.com",
        "ada.lovelace+work@mail.example.co.uk",
        "jörg@example.org",
        "jane.doe@example.com",
        "alice@example.net",
        "o'neill@harbour.ie",
        "x@" + "d" * 40 + ".engineering",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "see {}, thanks", "({})", "\n{}\n", "x: {}.", "<{}>", '"{}"', "mailto:{}?x=1"]
)
def test_an_email_address_is_found_in_ordinary_text(address: str, around: str):
    assert found(around.format(address)) == [("email", address)]


@pytest.mark.parametrize(
    "text",
    [
        "an @ sign, a@b, @decorator, name@host",
        "git clone git@github.com:psf/requests.git",
        "background: url(logo@2x.png)",
        "placeholder='name@example.com'",
        "user@example.com",
        "inflight@1.0.6: deprecated",
    ],
)
def test_what_only_looks_like_one_or_stands_for_one_is_left_alone(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    "address",
    [
        *("81.174.23.209", "45.155.205.233", "10.0.0.1", "192.168.1.1", "172.20.3.4"),
        *("2a02:8108:8ac0:1f::5b3e", "2001:4860:1:2:3:4:5:6", "2A02:8108::1", "2a02::5b3e", "fd12:3456:789a::1"),
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        *("{}", "from {} at 09:12", "[{}]", "ip={},", "client: {}, server", "[{}]:443", "{}/24", "{}%eth0", "v\n{}"),
        *('{{"ip":"{}","port":80}}', "http://[{}]:8080/", "addr:{} up", "{}: connection refused", "00V0 {}", "{}."),
    ],
)
def test_an_internet_address_is_found(address: str, around: str):
    assert of("ip_address", around.format(address)) == [address]


@pytest.mark.parametrize("text", ["81.174.23.209:22", "http://81.174.23.209/x", "root@81.174.23.209", "1.2.3.4:443"])
def test_one_is_found_with_a_port_and_in_a_url(text: str):
    assert len(of("ip_address", text)) == 1


def test_both_ends_of_a_range_are_found():
    assert of("ip_address", "81.174.23.20-81.174.23.90") == ["81.174.23.20", "81.174.23.90"]


@pytest.mark.parametrize("text", ["from 5.6.7.8", "client=5.6.7.8", "ssh 5.6.7.8"])
def test_small_numbers_need_a_word_for_a_machine(text: str):
    assert of("ip_address", text) == ["5.6.7.8"]
    assert of("ip_address", "and 5.6.7.8") == []


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1:8080 127.8.0.3 0.0.0.0 255.255.255.0 255.255.254.0 169.254.1.17 224.0.0.251 10.0.0.0/8",
        "192.0.2.17 198.51.100.1 203.0.113.9",
        "ping 8.8.8.8 and 1.1.1.1",
        "Chrome/120.0.6099.109, build 10.0.19045.3803, version 99.4.200.17, 1.2.3.4",
        "section 3.2.1.4, 1.2.3.4.5, 300.1.2.3, 4.6.0.221-rc1, release 8.30.40.50, lib==22.30.40.50, v33.44.55.66",
        "::1 fe80::1%eth0 fe80::21b:63ff:fe84:45e6 ff02::1 2001:db8::17 12:34:56 00:00:05:250 std::vector<a::b::c>",
    ],
)
def test_what_names_no_machine_of_anybody_is_left_alone(text: str):
    assert of("ip_address", text) == []


@pytest.mark.parametrize("address", ["3c:22:fb:9a:11:0e", "A4-83-E7-5D-0C-91", "0050.5640.4aba", "0:1b:21:b4:79:d4"])
def test_an_address_of_hardware_is_found(address: str):
    assert found(f"the NIC {address} is new") == [("mac_address", address)]
    assert found(address) == [("mac_address", address)]


def test_one_without_separators_is_found_after_its_name():
    assert found("my mac is E2BBA7E8B2A3") == [("mac_address", "E2BBA7E8B2A3")]
    assert found("commit E2BBA7E8B2A3") == []


@pytest.mark.parametrize(
    "text", ["ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "10-20-30-40-50-60", "1234.5678.9012", "aa:bb:cc:dd:ee:ff"]
)
def test_masks_and_examples_are_no_hardware(text: str):
    assert of("mac_address", text) == []
