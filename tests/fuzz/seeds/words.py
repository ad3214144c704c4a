"""What several modules of seeds use."""

EMOJI = "\U0001F1FA\U0001F1E6\U0001F468\u200D\U0001F469\u200D\U0001F467"


def b(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")
