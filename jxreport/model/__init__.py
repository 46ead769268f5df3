"""The model: what a submission, a score and a document are.

Frozen dataclasses, tuples, Decimal and enums; no library type and no behaviour beyond simple
look-ups. `values` are values that know their cell, `submission` is what a department handed in,
`profile` is the set of norms (口径), `result` is what the scoring stage says about a submission,
`document` is the report before any writer has touched it.
"""
