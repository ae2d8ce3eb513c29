from variorum.model import Edition


def to_html(edition: Edition) -> str:
    return ""
