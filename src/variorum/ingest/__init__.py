"""Bytes to articles: files, folders, addresses, pages and archives, each text cut into blocks, dated, credited."""

from variorum.ingest.anchors import raw_span
from variorum.ingest.article import given_stamp
from variorum.ingest.profiles import Profile, read_profiles
from variorum.ingest.rawstore import RawStore
from variorum.ingest.reader import Ingest
from variorum.ingest.records import IngestConfig
from variorum.ingest.repetition import repeats_marked
from variorum.ingest.shelf import Shelf

__all__ = [
    "Ingest",
    "IngestConfig",
    "Profile",
    "RawStore",
    "Shelf",
    "given_stamp",
    "raw_span",
    "read_profiles",
    "repeats_marked",
]
