"""How many: `quantity` reads numbers with their bounds and units; what happened to what they count is their role
(`roles`, `rolephrases`), and `wholes`, `votes` and `scraped` say which numbers are something else."""
