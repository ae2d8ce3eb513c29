"""Pure helpers on text: normalise, split, shingle, align. Nothing here knows what an article is for."""
