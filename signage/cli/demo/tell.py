"""What the demo tells on the terminal: steps, measured times, the table at the end."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from signage.link.clock import monotonic

Tally = Counter[tuple[str, int]]  # (counter, stars) → how many


class Teller:
    """Lines with the time since the start before them."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._began = monotonic()

    @property
    def elapsed_s(self) -> float:
        return monotonic() - self._began

    def line(self, text: str) -> None:
        self._console.print(f"[dim]{self.elapsed_s:6.1f} s[/dim]  {text}")

    def step(self, number: int, title: str) -> None:
        self.line(f"[bold]{number:02d}  {title}[/bold]")

    def measured(self, what: str, seconds: float) -> None:
        self.line(f"    {what}: [bold green]{seconds * 1000:.0f} ms[/bold green]")

    def trouble(self, text: str) -> None:
        self.line(f"[bold red]{text}[/bold red]")

    def table(self, made: Tally, rows: Tally) -> None:
        """Presses made beside rows at head office."""
        table = Table("counter", "stars", "presses made", "rows at head office", title="Every press is exactly one row")
        for counter, stars in sorted(set(made) | set(rows)):
            pressed, stored = made[counter, stars], rows[counter, stars]
            style = "" if pressed == stored else "bold red"
            table.add_row(counter, "★" * stars, str(pressed), str(stored), style=style)
        table.add_section()
        table.add_row("all", "", str(made.total()), str(rows.total()), style="bold")
        self._console.print(table)
