"""Words that a bank's advertisement may not use, and words that some must. Data, for the compliance officer to extend."""

from collections.abc import Collection, Iterable
from typing import Final

from signage.core.exits import Exit, Refusal
from signage.core.model import Text

WEALTH_RISK: Final = "理财非存款,产品有风险,投资须谨慎"
FORBIDDEN: Final = (
    "保证收益", "保本", "保收益", "无风险", "零风险", "稳赚", "最好", "最佳", "最高收益", "唯一", "第一品牌", "国家级",
    "保证", "绝对", "guaranteed", "risk-free", "no risk", "best", "no.1",
)  # fmt: skip


def forbidden_in(texts: Iterable[Text]) -> tuple[str, ...]:
    """The forbidden words that stand in any of these texts."""
    whole = "\n".join(words for text in texts for words in text.values()).casefold()
    return tuple(word for word in FORBIDDEN if word in whole)


def let_through(place: str, name: str, texts: Iterable[Text], allowed: Collection[str], by: str) -> tuple[str, ...]:
    """A flag for the approver for each forbidden word that `by` has allowed. Raises Refusal (65) for one that nobody has."""
    spoken = forbidden_in(texts)
    refused = [word for word in spoken if word not in allowed]
    if refused:
        words = " ".join(f"--allow-word {word}" for word in refused)
        raise Refusal(
            Exit.BAD_DATA,
            f"{place}: forbidden words {', '.join(refused)}; reword it, or {words} and the approver sees it",
        )
    return tuple(f"{name}: 含敏感词“{word}”, {by} let it through" for word in spoken)


def has_wealth_risk(risk: Text) -> bool:
    """Whether the risk text of wealth products stands there, whichever comma it is written with."""
    return WEALTH_RISK.replace("\uff0c", ",") in risk.get("zh", "").replace("\uff0c", ",")
