"""Which statements tell one thing, and who stands behind it.

`align` groups them by `likeness` unless they clash (`clashes`, `slots`). `support` counts: whose report each is
(`newsrooms`) and who says it at first (`voices`), by what they may rest on (`kindred`, `media`, `phrases`, `issuers`),
as ranges (`ranges`) with `reasons`. `twice` asks whether two tell the deed itself, `shown` which text says no more.
"""
