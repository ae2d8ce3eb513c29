"""Many reports, one story: what was copied, who said it, what agrees, what does not, and what changed since."""

__version__ = "0.1.0"
