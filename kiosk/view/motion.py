"""How much may move on a screen, by who draws it and how it comes onto the glass."""

from dataclasses import dataclass
from typing import Final, Literal

Motion = Literal["auto", "full", "calm"]
Presenting = Literal["parts", "whole"]

FILM_FPS_WHOLE: Final = 12  # where the processor draws every frame whole, a film has so many frames a second
_BY_PROCESSOR: Final = ("llvmpipe", "softpipe", "swrast", "software rasterizer")


@dataclass(frozen=True)
class Drawing:
    """Found at the start. `renderer`: as OpenGL names it; `presenting`: only what changed, or the whole window."""

    renderer: str
    presenting: Presenting = "whole"
    motion: Motion = "auto"

    @property
    def by_processor(self) -> bool:
        return any(name in self.renderer.lower() for name in _BY_PROCESSOR)

    @property
    def moving(self) -> bool:
        """Fades and a sliding ticker; else cuts and pages."""
        return self.motion == "full" or (self.motion == "auto" and not self.by_processor)

    def film_fps(self, fps: int) -> int:
        """How many frames of a film are drawn in a second, of at most `fps`."""
        return min(fps, FILM_FPS_WHOLE) if self.by_processor and self.presenting == "whole" else fps
