"""Questions about numbers, made by small generators: the same ones on every machine and in every run."""

import random
from collections.abc import Callable, Iterator

PER_FAMILY = 5

Asked = tuple[str, int | str]
"""A prompt and its answer."""


def _add_small(draw: random.Random) -> Asked:
    a, b = draw.randint(2, 9), draw.randint(2, 9)
    return f"What is {a} + {b}?", a + b


def _add_tens(draw: random.Random) -> Asked:
    a, b = draw.randint(11, 89), draw.randint(11, 89)
    return f"{a} + {b} =", a + b


def _add_hundreds(draw: random.Random) -> Asked:
    a, b = draw.randint(210, 890), draw.randint(110, 980)
    return f"Calculate {a} + {b}. Reply with the number only.", a + b


def _subtract(draw: random.Random) -> Asked:
    a, b = draw.randint(10, 30), draw.randint(2, 9)
    return f"What is {a} minus {b}?", a - b


def _multiply_small(draw: random.Random) -> Asked:
    a, b = draw.randint(2, 10), draw.randint(2, 10)
    return f"What is {a} times {b}?", a * b


def _multiply_large(draw: random.Random) -> Asked:
    a, b = draw.randint(12, 49), draw.randint(12, 49)
    return f"Multiply {a} by {b}. Give only the result.", a * b


def _divide(draw: random.Random) -> Asked:
    a, b = draw.randint(2, 9), draw.randint(3, 12)
    return f"What is {a * b} divided by {b}?", a


def _percent(draw: random.Random) -> Asked:
    part, whole = draw.choice((10, 20, 25, 50)), draw.randint(2, 9) * 100
    return f"What is {part}% of {whole}?", part * whole // 100


def _double(draw: random.Random) -> Asked:
    a = draw.randint(6, 45)
    return f"What is the double of {a}? Answer with a number.", 2 * a


def _square(draw: random.Random) -> Asked:
    a = draw.randint(3, 15)
    return f"What is the square of {a}?", a * a


def _sequence(draw: random.Random) -> Asked:
    start, step = draw.randint(1, 9), draw.randint(2, 6)
    shown = ", ".join(str(start + step * place) for place in range(4))
    return f"What is the next number in the sequence {shown}?", start + 4 * step


def _shopping(draw: random.Random) -> Asked:
    count, price = draw.randint(2, 6), draw.randint(2, 9)
    thing = draw.choice(("pens", "apples", "cups", "tickets", "notebooks"))
    return f"One of the {thing} costs {price} dollars. How many dollars do {count} {thing} cost?", count * price


def _left_over(draw: random.Random) -> Asked:
    had, gave = draw.randint(9, 20), draw.randint(2, 8)
    thing = draw.choice(("marbles", "cookies", "stickers", "coins", "shells"))
    who = draw.choice(("Lena", "Omar", "Sara", "Ivan"))
    return f"{who} had {had} {thing} and gave {gave} of them away. How many {thing} are left?", had - gave


def _travel(draw: random.Random) -> Asked:
    speed, hours = draw.randint(4, 12) * 10, draw.randint(2, 5)
    return f"A train travels at {speed} km per hour for {hours} hours. How far does it go, in km?", speed * hours


def _taller(draw: random.Random) -> Asked:
    first, second, third = draw.sample(("Anna", "Ben", "Carl", "Dora", "Emil", "Fay"), 3)
    return f"{first} is taller than {second}. {second} is taller than {third}. Who is the tallest?", first


def _youngest(draw: random.Random) -> Asked:
    names = draw.sample(("Ruth", "Sam", "Tina", "Umar", "Vera", "Will"), 3)
    ages = draw.sample(range(20, 80), 3)
    said = ", ".join(f"{name} is {age}" for name, age in zip(names, ages, strict=True))
    return f"{said}. Who is the youngest? Reply with the name.", names[ages.index(min(ages))]


def _larger(draw: random.Random) -> Asked:
    a, b = draw.sample(range(12, 99), 2)
    return f"Which number is larger, {a} or {b}?", max(a, b)


def _alphabet(draw: random.Random) -> Asked:
    first, second = draw.sample(("apple", "grape", "lemon", "melon", "olive", "peach", "quince"), 2)
    return f'Which word comes first in the dictionary, "{first}" or "{second}"?', min(first, second)


FAMILIES: dict[str, Callable[[random.Random], Asked]] = {
    "maths/add-small": _add_small,
    "maths/add-tens": _add_tens,
    "maths/add-hundreds": _add_hundreds,
    "maths/subtract": _subtract,
    "maths/multiply-small": _multiply_small,
    "maths/multiply-large": _multiply_large,
    "maths/divide": _divide,
    "maths/percent": _percent,
    "maths/double": _double,
    "maths/square": _square,
    "maths/sequence": _sequence,
    "maths/shopping": _shopping,
    "maths/left-over": _left_over,
    "maths/travel": _travel,
    "reason/tallest": _taller,
    "reason/youngest": _youngest,
    "reason/larger-number": _larger,
    "reason/dictionary": _alphabet,
}

# What else the answer could have been: the first of these that an answer names is taken as its choice.
_COMPETITORS: dict[str, tuple[str, ...]] = {
    "reason/tallest": ("Anna", "Ben", "Carl", "Dora", "Emil", "Fay"),
    "reason/youngest": ("Ruth", "Sam", "Tina", "Umar", "Vera", "Will"),
    "reason/larger-number": tuple(map(str, range(12, 99))),
    "reason/dictionary": ("apple", "grape", "lemon", "melon", "olive", "peach", "quince"),
}


def families() -> Iterator[tuple[str, tuple[str, ...], list[Asked]]]:
    """Name, competing answers and different questions of each family."""
    for name, make in FAMILIES.items():
        draw = random.Random(name)
        asked: dict[str, int | str] = {}
        while len(asked) < PER_FAMILY:
            prompt, answer = make(draw)
            asked.setdefault(prompt, answer)
        yield name, _COMPETITORS.get(name, ()), list(asked.items())
