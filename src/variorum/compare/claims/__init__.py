"""Which statements tell one thing, and who stands behind it: `align` groups them by `likeness` unless they `clash`;
`support` counts newsrooms and roots; `twice` asks whether two of them tell the deed itself."""
