"""Bytes to articles: files, folders, streams, pages and archives, each text cut into blocks, dated and credited."""

from variorum.ingest.anchors import raw_span
from variorum.ingest.article import given_stamp
from variorum.ingest.rawstore import RawStore
from variorum.ingest.reader import Ingest
from variorum.ingest.records import IngestConfig
from variorum.ingest.shelf import Shelf

__all__ = ["Ingest", "IngestConfig", "RawStore", "Shelf", "given_stamp", "raw_span"]
