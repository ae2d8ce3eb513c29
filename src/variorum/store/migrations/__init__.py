"""Steps from one schema of the library to the next; each is frozen once released."""
