"""法律の語る人生 — lives in which one rule decides, each asked about the months around its edge."""

from datetime import date

from old_age import add, month_of


def worker(birth, sex, jobs, standard, spouse=None, moves=False, bonuses=()):
    """Jobs (acquired, lost) at one standard; the months of a job go to the one before that of its loss."""
    standards = [{"from": month_of(began), "to": add(month_of(lost), -1), "yen": standard} for began, lost in jobs]
    spells = [{"category": "cat2", "acquired_on": began, "lost_on": lost} for began, lost in jobs]
    return {"birth": birth, "sex": sex, "spells": spells, "national_pension": [], "standards": standards,
            "bonuses": [{"month": month, "yen": yen} for month, yen in bonuses], "complementary": [],
            "spouse": spouse and {"birth": spouse, "long_pension": False}, "children": [], "moves": moves}


def twice_a_year(first, last, yen):
    return [((year, month), yen) for year in range(first, last + 1) for month in (6, 12)]


def asked():
    # Deferred while at work before 2022-04: 平均支給率 by the thresholds of 65 and over.
    deferred = worker(date(1955, 5, 10), "male", [(date(1978, 4, 1), date(2023, 4, 1))], 470_000,
                      bonuses=twice_a_year(2019, 2022, 900_000))
    for month in ((2025, 6), (2025, 7)):
        yield "deferred-at-work", deferred, month, (2025, 6)
    # 低在老, and 65 reached before 2022-04.
    special = worker(date(1955, 5, 10), "male", [(date(1978, 4, 1), date(2022, 10, 1))], 380_000,
                     bonuses=twice_a_year(2016, 2022, 700_000))
    for month in ((2018, 6), (2020, 5), (2020, 6), (2022, 3), (2022, 4)):
        yield "at-work-around-65", special, month, None
    high = worker(date(1955, 5, 10), "male", [(date(1978, 4, 1), date(2022, 10, 1))], 590_000)
    yield "at-work-above-the-change", high, (2019, 6), None
    # Claimed early while at work: reduced on the months before; recounts at 64 and 65.
    early = worker(date(1960, 5, 10), "male", [(date(1983, 4, 1), date(2025, 5, 10))], 300_000)
    for month in ((2022, 6), (2024, 5), (2024, 6), (2025, 5), (2025, 6)):
        yield "early-at-work", early, month, (2022, 5)
    # The same with no special start age: one reduction of both parts.
    later = worker(date(1962, 1, 10), "male", [(date(1984, 4, 1), date(2025, 7, 1))], 300_000)
    for month in ((2023, 2), (2025, 6), (2025, 7), (2026, 3)):
        yield "early-at-work-1962", later, month, (2023, 1)
    # 長期加入者: at the right, after retirement, stopped by a new job.
    wife = date(1962, 8, 20)
    at_right = worker(date(1960, 5, 10), "male", [(date(1978, 4, 1), date(2023, 1, 1))], 300_000, wife)
    for month in ((2024, 5), (2024, 6), (2025, 5), (2025, 6)):
        yield "long-cover-at-the-right", at_right, month, None
    retired = worker(date(1960, 5, 10), "male", [(date(1978, 4, 1), date(2024, 10, 16))], 300_000, wife)
    for month in ((2024, 6), (2024, 10), (2024, 11)):
        yield "long-cover-after-retirement", retired, month, None
    again = worker(date(1960, 5, 10), "male",
                   [(date(1978, 4, 1), date(2023, 1, 1)), (date(2024, 9, 10), date(2025, 2, 10))], 300_000, wife)
    for month in ((2024, 9), (2024, 10), (2025, 2), (2025, 3)):
        yield "long-cover-and-a-new-job", again, month, None
    for months, lost in ((527, date(2022, 12, 1)), (528, date(2023, 1, 1))):
        edge = worker(date(1960, 5, 10), "male", [(date(1979, 1, 1), lost)], 300_000, wife)
        yield f"{months}-months", edge, (2024, 6), None
    # 振替加算 ends when 240 months are counted.
    moved = worker(date(1957, 6, 10), "female", [(date(2003, 4, 1), date(2024, 4, 1))], 200_000, moves=True)
    for month in ((2022, 7), (2023, 9), (2023, 10)):
        yield "furikae-to-240", moved, month, None
    # A pension reduced by an early claim is wholly stopped when its own base is.
    whole = worker(date(1958, 5, 10), "male", [(date(1981, 4, 1), date(2024, 4, 1))], 620_000, date(1963, 2, 3),
                   bonuses=twice_a_year(2018, 2023, 1_500_000))
    for month in ((2023, 8), (2024, 4)):
        yield "wholly-stopped-early", whole, month, (2018, 6)
    # The month of retirement: with an insured day, and without.
    for lost in (date(2025, 10, 16), date(2025, 11, 1)):
        leaving = worker(date(1959, 2, 10), "male", [(date(1983, 4, 1), lost)], 620_000)
        for month in ((2025, 10), (2025, 11), (2025, 12)):
            yield f"retired-{lost}", leaving, month, None


def named():
    """(case, life, month, claim) one after another."""
    for case, life, as_of, claim in asked():
        yield f"{case} {as_of[0]:04}-{as_of[1]:02}", {**life, "until": add(as_of, 1)}, as_of, claim
