"""What a pad shows, from its counter's standing and the prompt that is open there. Pure."""

from firmware_bridge.prompts import Asked
from firmware_bridge.sessions import Look, OpenPrompt, View
from firmware_bridge.settings import BridgeSettings
from firmware_bridge.standings import Standing


def view(standing: Standing, asked: Asked | None, settings: BridgeSettings) -> View:
    """Two lines of text: the state in words, and who serves."""
    words = settings.look_words.get(standing.look, "")
    teller = settings.teller_words.format(teller=standing.teller) if standing.teller else ""
    prompt = OpenPrompt(asked.number, asked.until) if asked is not None else None
    asking = prompt is not None and standing.look is Look.OPEN
    strip = settings.strip_asking if asking else settings.strip_words.get(standing.look, "")
    return View(standing.look, standing.level, (words, teller), prompt, strip)
