"""Who says what: `cues` and the `tagger` find the words that attribute, `drafts` and `tagging` draw what they reach,
`attribute` names the sources, `statements` cuts what each says into what it asserts."""
