import pytest

from tests.unit.signals.privacy.reading import of

WISHES = [
    "strictly confidential",
    "Private and Confidential",
    "CONFIDENTIAL",
    "[confidential]",
    "please keep this between us",
    "do not forward this to anyone",
    "please don't share this outside the company",
    "must not leave the company",
    "not for external distribution",
    "off the record",
    "for your eyes only",
    "told me in confidence",
    "under our NDA",
    "treat this as confidential",
    "streng vertraulich",
    "bitte nicht weiterleiten",
    "das bleibt unter uns",
    "darf das Haus nicht verlassen",
    "strictement confidentiel",
    "merci de ne pas diffuser",
    "ça reste entre nous",
    "estrictamente confidencial",
    "no lo compartas con nadie",
    "não encaminhar",
    "fica entre nós",
    "strettamente riservato",
    "non divulgare",
    "strikt vertrouwelijk",
    "niet doorsturen",
    "blijft onder ons",
    "请勿外传",
    "社外秘",
]
MARKS = [
    "proprietary and confidential",
    "for internal use only",
    "Internal use only",
    "INTERNAL DOCUMENT",
    "not for external use",
    "Copyright (c) 2024 Acme GmbH. All rights reserved.",
    "© 2025 Halvorsen AB, all rights reserved",
    "Unauthorized copying of this file is strictly prohibited",
    "trade secret of Norvik Labs",
    "unpublished source code of Acme",
    "proprietary to Acme",
    "Nur für den internen Gebrauch",
    "nur zum Dienstgebrauch",
    "Alle Rechte vorbehalten",
    "Betriebsgeheimnis",
    "usage interne",
    "Tous droits réservés",
    "de uso interno",
    "Todos los derechos reservados",
    "uso esclusivamente interno",
    "alleen voor intern gebruik",
    "仅供内部使用",
    "社内限り",
]


@pytest.mark.parametrize("around", ["{}", "Well: {}.", "\n{}\n", "x. {} - thanks"])
@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_for_confidence_is_heard(wish: str, around: str):
    assert len(of("confidential", around.format(wish))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "What does strictly confidential mean?",
        "Was bedeutet streng vertraulich?",
        "How should a company classify documents as internal or confidential?",
        "do not share your password with anyone",
        "please share this widely",
        "the difference between the two and us",
        "I have confidence in you",
        "confidence interval",
        "keep this in mind",
        "she has not forwarded her mail",
        "please do not post when it rains",
        "what is an NDA?",
        "a confidentiality agreement template",
        "the secret of good bread",
        "between you and the door",
        "not for sale in this country",
        "ne pas fumer",
        "no compartimos gustos",
        "Vertrauen ist gut",
    ],
)
def test_other_words_are_no_wish(text: str):
    assert of("confidential", text) == []


@pytest.mark.parametrize("around", ["{}", "# {}\nx = 1", "Note: {}", "/* {} */"])
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_property_is_found(mark: str, around: str):
    assert len(of("proprietary", around.format(mark))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "the difference between proprietary and open-source software",
        "Copyright (c) 2019 The Widget Authors. All rights reserved. Redistribution and use in source and binary",
        "Copyright (c) 2020 Foo. All rights reserved.\nLicensed under the Apache License, Version 2.0",
        "Copyright (c) 2021 Foo\nPermission is hereby granted, free of charge",
        "SPDX-License-Identifier: MIT",
        "our internal wiki is slow",
        "internal combustion engine",
        "the user interface",
        "What does all rights reserved mean?",
        "the rights of the reserve",
        "external users",
        "a trade secret is protected by law",
        "copyright law",
        "(c) the third option",
        "property of water",
        "de internet is traag",
    ],
)
def test_what_is_for_everybody_is_no_property(text: str):
    assert of("proprietary", text) == []
