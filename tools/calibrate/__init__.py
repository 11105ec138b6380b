"""How sure the embedded model may be of its answers: asked, graded, fitted, and written for the product.

    python -m tools.calibrate questions     write questions.jsonl from families.txt and arithmetic.py
    python -m tools.calibrate ask           ask the real model all of them, write outcomes.jsonl (3 minutes)
    python -m tools.calibrate fit           write src/meritorder/config/smollm2-135m.json from the outcomes

What the figures mean is told in docs/explanation/calibration.md.
"""
