"""What each statement tells, read once: its figures, names, doers, time, scope and doubts, each with its own reader and
the words it goes by. `fact` gathers them; nothing here sets two statements side by side."""
