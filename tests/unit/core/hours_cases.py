"""Hours by hand: what a branch technician would read off the State Council's notices, the pact and the clock.

A row: instant on the branch's wall clock (or UTC with Z), service, state, until (wall clock; "-": no change in sight),
and where given what a customer reads. While closed, `until` is the next opening. The plans stand in `PLANS`.
"""

from typing import Final

# Plan CN: personal "Mo-Fr 09:00-17:00; Sa,Su 09:30-16:00; PH 09:30-16:00", corporate "Mo-Fr 09:00-17:00; PH off".
OFFICIAL: Final = """
# 2020: notice 2019 No. 16; Spring Festival prolonged to 2 February by the notice of 27 January 2020
2020-01-01T10:00 corporate closed 2020-01-02T09:00
2020-01-01T10:00 personal  open   2020-01-01T16:00
2020-01-19T10:00 corporate open   2020-01-19T17:00   # a Sunday worked
2020-01-23T17:00 corporate closed 2020-02-03T09:00
2020-01-24T10:00 personal  open   2020-01-24T16:00
2020-01-31T12:00 corporate closed 2020-02-03T09:00   # would have been a workday but for the prolonging
2020-02-02T09:29 personal  closed 2020-02-02T09:30
2020-04-06T12:00 corporate closed 2020-04-07T09:00
2020-04-26T16:59 corporate open   2020-04-26T17:00
2020-05-05T12:00 corporate closed 2020-05-06T09:00
2020-05-09T12:00 corporate open   2020-05-09T17:00
2020-06-25T12:00 corporate closed 2020-06-28T09:00   # Sunday the 28th is worked
2020-06-28T09:00 corporate open   2020-06-28T17:00
2020-09-27T12:00 corporate open   2020-09-27T17:00
2020-10-08T12:00 corporate closed 2020-10-09T09:00
2020-10-10T12:00 corporate open   2020-10-10T17:00
# 2021: notice 2020 No. 27
2021-01-01T12:00 corporate closed 2021-01-04T09:00
2021-02-07T12:00 corporate open   2021-02-07T17:00
2021-02-10T17:00 corporate closed 2021-02-18T09:00
2021-02-11T16:00 personal  closed 2021-02-12T09:30
2021-02-17T12:00 personal  open   2021-02-17T16:00
2021-02-20T12:00 corporate open   2021-02-20T17:00
2021-04-05T12:00 corporate closed 2021-04-06T09:00
2021-04-25T12:00 corporate open   2021-04-25T17:00
2021-05-03T12:00 corporate closed 2021-05-06T09:00
2021-05-08T12:00 corporate open   2021-05-08T17:00
2021-06-14T12:00 corporate closed 2021-06-15T09:00
2021-09-18T12:00 corporate open   2021-09-18T17:00
2021-09-21T12:00 corporate closed 2021-09-22T09:00
2021-09-26T12:00 corporate open   2021-09-26T17:00
2021-10-07T12:00 corporate closed 2021-10-08T09:00
2021-10-09T12:00 corporate open   2021-10-09T17:00
# 2022: notice 2021 No. 11; 31 December belongs to the New Year of 2023
2022-01-03T12:00 corporate closed 2022-01-04T09:00
2022-01-29T12:00 corporate open   2022-01-29T17:00
2022-01-30T12:00 corporate open   2022-01-30T17:00
2022-01-30T17:00 corporate closed 2022-02-07T09:00
2022-02-06T12:00 personal  open   2022-02-06T16:00
2022-04-02T12:00 corporate open   2022-04-02T17:00
2022-04-04T12:00 corporate closed 2022-04-06T09:00
2022-04-24T12:00 corporate open   2022-04-24T17:00
2022-05-04T12:00 corporate closed 2022-05-05T09:00
2022-05-07T12:00 corporate open   2022-05-07T17:00
2022-06-03T12:00 corporate closed 2022-06-06T09:00
2022-09-12T12:00 corporate closed 2022-09-13T09:00
2022-10-07T12:00 corporate closed 2022-10-08T09:00
2022-10-08T12:00 corporate open   2022-10-08T17:00
2022-10-09T12:00 corporate open   2022-10-09T17:00
2022-12-30T17:00 corporate closed 2023-01-03T09:00
# 2023: notice 2022 No. 16; 30 and 31 December belong to the New Year of 2024
2023-01-02T12:00 corporate closed 2023-01-03T09:00
2023-01-20T17:00 corporate closed 2023-01-28T09:00   # back on a worked Saturday
2023-01-27T12:00 personal  open   2023-01-27T16:00
2023-01-29T12:00 corporate open   2023-01-29T17:00
2023-04-05T12:00 corporate closed 2023-04-06T09:00   # one day alone
2023-04-23T12:00 corporate open   2023-04-23T17:00
2023-05-03T12:00 corporate closed 2023-05-04T09:00
2023-05-06T12:00 corporate open   2023-05-06T17:00
2023-06-22T12:00 corporate closed 2023-06-25T09:00
2023-06-25T12:00 corporate open   2023-06-25T17:00
2023-09-28T17:00 corporate closed 2023-10-07T09:00
2023-10-06T12:00 personal  open   2023-10-06T16:00
2023-10-08T12:00 corporate open   2023-10-08T17:00
2023-12-29T17:00 corporate closed 2024-01-02T09:00
# 2024: notice 2023 No. 7
2024-01-01T12:00 corporate closed 2024-01-02T09:00
2024-02-04T12:00 corporate open   2024-02-04T17:00
2024-02-09T12:00 corporate open   2024-02-09T17:00   # New Year's Eve was no day off
2024-02-09T17:00 corporate closed 2024-02-18T09:00
2024-02-18T12:00 corporate open   2024-02-18T17:00
2024-02-29T12:00 corporate open   2024-02-29T17:00   # the leap day
2024-04-07T12:00 corporate open   2024-04-07T17:00
2024-04-28T12:00 corporate open   2024-04-28T17:00
2024-05-01T12:00 corporate closed 2024-05-06T09:00
2024-05-11T12:00 corporate open   2024-05-11T17:00
2024-06-10T12:00 corporate closed 2024-06-11T09:00
2024-09-14T12:00 corporate open   2024-09-14T17:00
2024-09-15T12:00 corporate closed 2024-09-18T09:00
2024-09-29T12:00 corporate open   2024-09-29T17:00
2024-10-07T12:00 corporate closed 2024-10-08T09:00
2024-10-12T12:00 corporate open   2024-10-12T17:00
# 2025: notice 2024 No. 12
2025-01-01T12:00 corporate closed 2025-01-02T09:00
2025-01-26T12:00 corporate open   2025-01-26T17:00
2025-01-27T17:00 corporate closed 2025-02-05T09:00
2025-02-04T12:00 personal  open   2025-02-04T16:00
2025-02-08T12:00 corporate open   2025-02-08T17:00
2025-04-04T12:00 corporate closed 2025-04-07T09:00
2025-04-27T12:00 corporate open   2025-04-27T17:00
2025-05-05T12:00 corporate closed 2025-05-06T09:00
2025-06-02T12:00 corporate closed 2025-06-03T09:00
2025-09-28T12:00 corporate open   2025-09-28T17:00
2025-09-30T17:00 corporate closed 2025-10-09T09:00
2025-10-06T12:00 personal  open   2025-10-06T16:00   # Mid-Autumn within the week
2025-10-11T12:00 corporate open   2025-10-11T17:00
# 2026: notice 2025 No. 7
2026-01-02T12:00 corporate closed 2026-01-04T09:00
2026-01-04T12:00 corporate open   2026-01-04T17:00
2026-02-14T12:00 corporate open   2026-02-14T17:00
2026-02-14T17:00 corporate closed 2026-02-24T09:00
2026-02-23T12:00 personal  open   2026-02-23T16:00
2026-02-28T12:00 corporate open   2026-02-28T17:00
2026-04-06T12:00 corporate closed 2026-04-07T09:00
2026-05-05T12:00 corporate closed 2026-05-06T09:00
2026-05-09T12:00 corporate open   2026-05-09T17:00
2026-06-19T12:00 corporate closed 2026-06-22T09:00
2026-09-20T12:00 corporate open   2026-09-20T17:00
2026-09-25T12:00 corporate closed 2026-09-28T09:00
2026-10-07T12:00 corporate closed 2026-10-08T09:00 明日 09:00 开门
2026-10-10T12:00 corporate open   2026-10-10T17:00 营业至 17:00
2026-10-01T12:00 corporate closed 2026-10-08T09:00 国庆节放假至10月7日，10月8日 09:00 开门
2026-11-24T08:59:59.999 personal closed 2026-11-24T09:00 09:00 开门
2026-11-24T09:00 personal  open   2026-11-24T17:00 营业至 17:00
2026-11-24T17:00 personal  closed 2026-11-25T09:00 明日 09:00 开门
2026-11-27T17:00 corporate closed 2026-11-30T09:00 周一 09:00 开门
"""

# Plan FICTITIOUS: the rules of CN. The year 2031 is INVENTED: no government has announced it; it stands for a table that
# carries a year which no library knows. Holiday 22 to 29 January, worked on Sunday 19 January and Saturday 1 February.
FICTITIOUS: Final = """
2031-01-19T12:00 corporate open   2031-01-19T17:00
2031-01-21T17:00 corporate closed 2031-01-30T09:00
2031-01-22T12:00 corporate closed 2031-01-30T09:00 虚构春节放假至1月29日，1月30日 09:00 开门
2031-01-22T12:00 personal  open   2031-01-22T16:00
2031-01-29T16:00 personal  closed 2031-01-30T09:00
2031-01-30T12:00 corporate open   2031-01-30T17:00
2031-02-01T12:00 corporate open   2031-02-01T17:00
2031-02-02T12:00 corporate closed 2031-02-03T09:00
2031-10-01T12:00 corporate open   2031-10-01T17:00   # the table says nothing of it
"""

# Plan HEBEI, the pact of 2016 laid over 2026: workdays 9:00-17:00, rest days and most holidays 9:30-16:30, Spring Festival
# 10:00-15:00, closed from New Year's Eve (16 February) to the second day of the year (18 February).
HEBEI: Final = """
2026-02-13T16:59 personal open   2026-02-13T17:00
2026-02-14T12:00 personal open   2026-02-14T17:00   # worked
2026-02-15T09:59 personal closed 2026-02-15T10:00
2026-02-15T10:00 personal open   2026-02-15T15:00
2026-02-15T15:00 personal closed 2026-02-19T10:00 春节休业至2月18日，2月19日 10:00 开门
2026-02-16T12:00 personal closed 2026-02-19T10:00
2026-02-18T23:59 personal closed 2026-02-19T10:00
2026-02-19T10:00 personal open   2026-02-19T15:00
2026-02-23T14:59 personal open   2026-02-23T15:00
2026-02-23T15:00 personal closed 2026-02-24T09:00
2026-03-01T09:30 personal open   2026-03-01T16:30
2026-05-02T16:30 personal closed 2026-05-03T09:30
2026-05-05T16:29 personal open   2026-05-05T16:30
2026-10-08T09:00 personal open   2026-10-08T17:00
"""

# Zones whose clocks jump, by summer time or by law. Times with Z are UTC: a wall clock shows some of them twice.
BERLIN: Final = """
# 02:30-04:00 every day
2026-03-29T00:59:59.999Z personal closed 2026-03-29T01:00Z
2026-03-29T01:00Z personal open   2026-03-29T02:00Z   # 02:30 never was: open when the clock has passed it
2026-10-25T00:29:59.999Z personal closed 2026-10-25T00:30Z
2026-10-25T00:30Z personal open   2026-10-25T03:00Z   # the first 02:30
2026-10-25T01:15Z personal open   2026-10-25T03:00Z   # the second 02:15 closes nothing
2026-10-25T03:00Z personal closed 2026-10-26T01:30Z
"""
NEW_YORK: Final = """
# Mo-Su 22:00-03:00
2026-03-08T02:30Z personal closed 2026-03-08T03:00Z
2026-03-08T06:59Z personal open   2026-03-08T07:00Z   # 03:00 follows 01:59
2026-03-08T07:00Z personal closed 2026-03-09T02:00Z
2026-11-01T05:30Z personal open   2026-11-01T08:00Z
2026-11-01T06:30Z personal open   2026-11-01T08:00Z   # 01:30 for the second time
"""
LORD_HOWE: Final = """
# 01:45-09:00; clocks go half an hour
2026-04-04T14:45Z personal open   2026-04-04T22:30Z
2026-04-04T15:00Z personal open   2026-04-04T22:30Z   # 02:00 became 01:30
2026-10-03T15:14Z personal closed 2026-10-03T15:15Z
2026-10-03T15:15Z personal open   2026-10-03T22:00Z
"""
PYONGYANG: Final = """
# 09:00-17:00; half an hour back on 15 August 2015, forth again on 5 May 2018
2015-08-14T07:59Z personal open   2015-08-14T08:00Z
2015-08-14T08:00Z personal closed 2015-08-15T00:30Z
2015-08-15T00:30Z personal open   2015-08-15T08:30Z
2018-05-04T08:30Z personal closed 2018-05-05T00:00Z
"""
APIA: Final = """
# 09:00-17:00; 30 December 2011 never was
2011-12-30T03:00Z personal closed 2011-12-30T19:00Z
2011-12-30T19:00Z personal open   2011-12-31T03:00Z
"""

# Plan NIGHT: "Mo-Th 22:00-02:00; Fr 22:00-04:00; Sa 00:00-24:00; Su off; PH off"; 7 October 2026 is a holiday.
NIGHT: Final = """
2026-11-23T22:00 personal open   2026-11-24T02:00 营业至 明日 02:00
2026-11-24T01:59:59.999 personal open 2026-11-24T02:00 营业至 02:00
2026-11-24T02:00 personal closed 2026-11-24T22:00
2026-11-27T23:00 personal open   2026-11-29T00:00   # Friday's night runs into Saturday
2026-11-28T12:00 personal open   2026-11-29T00:00 营业至 24:00
2026-11-29T00:00 personal closed 2026-11-30T22:00
2026-10-07T01:00 personal open   2026-10-07T02:00   # the night before the holiday
2026-10-07T22:00 personal closed 2026-10-08T22:00
"""

# Plan LEAP: "Feb 29 10:00-12:00".
LEAP: Final = """
2028-02-28T12:00 personal closed 2028-02-29T10:00
2028-02-29T11:59 personal open   2028-02-29T12:00
2028-02-29T12:00 personal closed -
2027-02-28T12:00 personal closed 2028-02-29T10:00   # 366 days on
"""
