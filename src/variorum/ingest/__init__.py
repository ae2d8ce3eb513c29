"""Bytes to articles: files, folders, addresses, pages and archives, each text cut into blocks, dated, credited."""

from variorum.ingest.article import given_stamp
from variorum.ingest.profiles import Profile, read_profiles
from variorum.ingest.reader import Ingest, IngestConfig
from variorum.ingest.repetition import repeats_marked

__all__ = ["Ingest", "IngestConfig", "Profile", "given_stamp", "read_profiles", "repeats_marked"]
