import pytest

from meritorder.signals.privacy.find import privacy
from meritorder.types.workload import Privacy, PrivateSpan
from tests.unit.signals.privacy.finding import of


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("// For internal use only\nexport", "For internal use only"),
        (
            "# Copyright (c) 2025 Halvorsen AB. All rights reserved.\ndef",
            "Copyright (c) 2025 Halvorsen AB. All rights reserved.",
        ),
        ("/* This file is proprietary and may not be copied. */", "This file is proprietary and may not be copied."),
        ("// Nur für den internen Gebrauch", "Nur für den internen Gebrauch"),
        ("# Tous droits réservés\n", "Tous droits réservés"),
    ],
)
def test_the_marks_of_firms_are_found(text: str, mark: str):
    assert of("proprietary", text) == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "# Licensed under the Apache License, Version 2.0",
        "Copyright (c) 2019 The Widget Authors. All rights reserved. Use of this code is governed by a BSD license.",
        "Explain the difference between proprietary and open-source software.",
        "What does 'all rights reserved' mean?",
        "our internal wiki is slow",
    ],
)
def test_free_licences_and_talk_of_marks_are_left_alone(text: str):
    assert of("proprietary", text) == []


@pytest.mark.parametrize(
    "wish",
    [
        "Confidential.",
        "streng VERTRAULICH",
        "under NDA",
        "please do not forward this",
        "This is strictly confidential",
        "bitte nicht weiterleiten",
        "ne pas diffuser",
    ],
)
def test_a_wish_for_confidence_is_heard_anywhere(wish: str):
    text = f"{'text ' * 9_000}\n{wish}\n{'text ' * 9_000}"
    assert privacy(text.encode()) == Privacy("sensitive", (PrivateSpan("confidential", 1),))


@pytest.mark.parametrize(
    "text",
    [
        "the duty of confidentiality",
        "Confidential Information means all",
        "Confidential computing protects data in use",
        "unvertraulicher",
        'What does "strictly confidential" mean in a contract?',
    ],
)
def test_speaking_of_confidence_is_no_wish_for_it(text: str):
    assert of("confidential", text) == []
