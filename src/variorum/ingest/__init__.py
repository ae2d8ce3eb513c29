"""Bytes to articles: files, folders, streams, pages and archives, each text cut into blocks, dated and credited."""

from variorum.ingest.article import given_stamp
from variorum.ingest.reader import Ingest, IngestConfig

__all__ = ["Ingest", "IngestConfig", "given_stamp"]
