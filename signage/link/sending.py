"""What an outbox sends when: at most 8 batches in flight, again after 10 s, doubling to 5 min. Pure."""


class Sender:
    """Go-back-N over the outbox's numbers. Opens with a probe, so that an outbox from an old copy is found out first."""

    def __init__(self, last: int) -> None:
        raise NotImplementedError
