"""Which statements cannot both be so, or tell a later state: `findings` calls one finder a question (a module each),
`plausible` keeps what only looks like a dispute out, `tell` says the rest in a sentence."""
