"""What the demo's head office signs for the touch kiosk's pages: rates, a pledge, and a demonstration in four steps."""

from typing import Final

STEPS: Final = (
    ("ebank-1.png", "打开手机银行，点“转账”", "Open the mobile bank and press Transfers"),
    ("ebank-2.png", "填写收款人和账号", "Enter the payee and the account"),
    ("ebank-3.png", "核对金额，点“确认”", "Check the amount and confirm"),
    ("ebank-4.png", "转账完成", "The transfer is done"),
)
_TABLES: Final = """
[[item]]
page = "rates"
from = 2026-05-20
title = { zh = "人民币存款年利率", en = "RMB deposit rates" }
risk = { zh = "示例数据，实际执行利率以柜面公示为准。", en = "Sample figures; the rates displayed at the counter prevail." }
rates = [
  { name = { zh = "活期存款", en = "Demand" }, value = "0.05%" },
  { name = { zh = "定期三个月", en = "3 months" }, value = "0.65%" },
  { name = { zh = "定期半年", en = "6 months" }, value = "0.85%" },
  { name = { zh = "定期一年", en = "1 year" }, value = "0.95%" },
  { name = { zh = "定期二年", en = "2 years" }, value = "1.05%" },
  { name = { zh = "定期三年", en = "3 years" }, value = "1.25%" },
  { name = { zh = "定期五年", en = "5 years" }, value = "1.30%" },
]

[[item]]
page = "pledge"

[item.text]
zh = '''
来有迎声，问有答声，走有送声
办理业务一次告知，不让您多跑一趟
等候较久时，大堂经理主动说明
年长客户和行动不便客户优先办理
收费标准公开，不收清单以外的费用
意见必有回复，一般不超过十五日'''
en = '''
We greet you, answer you and see you out
We tell you at once all that is needed
If you wait for long, we explain why
Elderly and disabled customers come first
Our charges are public; there are no others
Every opinion is answered, as a rule within fifteen days'''
"""
PAGES: Final = "".join(f'\n[[item]]\nasset = "{ref}"\npage = "demonstration"\n' for ref, _, _ in STEPS) + _TABLES
