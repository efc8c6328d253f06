"""What the demo's branch tells its customers: machines, business guide, amenities, as tables of its file."""

from typing import Final

CUSTOMERS: Final = """\
[[self_service]]
name = "atm-1"
business = { zh = "个人业务", en = "Personal banking" }
place = { zh = "大厅自助区", en = "the self-service area" }

[[self_service]]
name = "stm-1"
business = { zh = "开卡、换卡与打印", en = "Cards and statements" }
place = { zh = "智能柜台", en = "the smart counter" }

[guide]
domains = ["bank.example"]

[[guide.entry]]
name = "new-card"
topic = "cards"
title = { zh = "开卡与换卡", en = "New or replacement card" }
counters = ["1", "2"]
self_service = ["stm-1"]
bring = { zh = "本人身份证；换卡请带原卡", en = "ID card; the old card if it is replaced" }

[[guide.entry]]
name = "lost-card"
topic = "cards"
title = { zh = "银行卡挂失", en = "Lost card" }
phone = { zh = "手机银行，卡片管理，挂失", en = "Mobile bank, Cards, Report loss" }
url = "https://m.bank.example/cards/lost"
counters = ["1", "2"]
bring = { zh = "本人身份证", en = "ID card" }

[[guide.entry]]
name = "cash"
topic = "cash"
title = { zh = "存取现金", en = "Cash in and out" }
self_service = ["atm-1"]
counters = ["1", "2"]
bring = { zh = "银行卡；5 万元以上请带身份证", en = "Bank card; ID card for 50,000 yuan and more" }

[[guide.entry]]
name = "transfer"
topic = "transfers"
title = { zh = "转账汇款", en = "Transfers" }
phone = { zh = "手机银行，转账", en = "Mobile bank, Transfers" }
url = "https://m.bank.example/transfer"
self_service = ["atm-1"]
counters = ["1", "2"]
bring = { zh = "银行卡、本人身份证、收款账号", en = "Bank card, ID card, the payee's account number" }

[[guide.entry]]
name = "statement"
topic = "certificates"
title = { zh = "打印账户明细", en = "Account statement" }
phone = { zh = "手机银行，账户，明细下载", en = "Mobile bank, Accounts, Download" }
url = "https://m.bank.example/statement"
self_service = ["stm-1"]
bring = { zh = "银行卡、本人身份证", en = "Bank card and ID card" }

[[guide.entry]]
name = "deposit"
topic = "savings"
title = { zh = "定期存款", en = "Time deposit" }
phone = { zh = "手机银行，存款", en = "Mobile bank, Deposits" }
url = "https://m.bank.example/deposit"
counters = ["1", "2"]
bring = { zh = "银行卡、本人身份证", en = "Bank card and ID card" }

[[guide.entry]]
name = "bills"
topic = "bills"
title = { zh = "生活缴费", en = "Household bills" }
phone = { zh = "手机银行，生活，缴费", en = "Mobile bank, Living, Bills" }
url = "https://m.bank.example/bills"

[[guide.entry]]
name = "corporate-account"
topic = "corporate"
title = { zh = "单位开户", en = "Company account" }
counters = ["3"]
bring = { zh = "营业执照、公章、法定代表人身份证", en = "Business licence, seal, ID card of the legal representative" }

[[amenity]]
name = "glasses"
title = { zh = "老花镜", en = "Reading glasses" }
place = { zh = "填单台", en = "Writing desk" }
icon = "glasses"

[[amenity]]
name = "wheelchair"
title = { zh = "轮椅", en = "Wheelchair" }
place = { zh = "大门右侧", en = "Right of the entrance" }
icon = "wheelchair"

[[amenity]]
name = "umbrella"
title = { zh = "雨伞", en = "Umbrellas" }
place = { zh = "咨询台", en = "Consulting desk" }
icon = "umbrella"

[[amenity]]
name = "water"
title = { zh = "饮用水", en = "Drinking water" }
place = { zh = "等候区", en = "Waiting area" }
icon = "water"

[[amenity]]
name = "wifi"
title = { zh = "免费无线网络", en = "Free Wi-Fi" }
place = { zh = "全厅", en = "Everywhere" }
icon = "wifi"

[[amenity]]
name = "charger"
title = { zh = "手机充电", en = "Phone charging" }
place = { zh = "等候区座椅旁", en = "Beside the seats" }
icon = "charger"

[[amenity]]
name = "notes"
title = { zh = "点钞机", en = "Note counter" }
place = { zh = "自助区", en = "Self-service area" }
icon = "notes"

[[amenity]]
name = "first-aid"
title = { zh = "急救箱", en = "First-aid kit" }
place = { zh = "请向大堂经理借用", en = "Ask the lobby manager" }
icon = "first-aid"
"""
