from variorum.model import Edition


def to_markdown(edition: Edition) -> str:
    return ""


def summary(edition: Edition) -> str:
    return ""
