"""老齢年金のもう一つの計算 — a second, deliberately simple model of the old-age pension.

Written from the statutes' description alone, month by month and with exact fractions; it shares no code with the
engine and is slow on purpose. It reads the same published figures. What it leaves out, its lives do not contain.
"""

from datetime import date, timedelta
from fractions import Fraction as F

BASIC_BEGAN = (1961, 4)


def month_of(day):
    return (day.year, day.month)


def add(month, count):
    number = month[0] * 12 + month[1] - 1 + count
    return (number // 12, number % 12 + 1)


def between(first, last):
    """Months from the first to the last, both included; 0 when there is none."""
    return max(0, (last[0] - first[0]) * 12 + last[1] - first[1] + 1)


def attained(birth, age):
    """年齢計算ニ関スル法律: the day before the birthday; for 29 February always 28 February."""
    if (birth.month, birth.day) == (2, 29):
        return date(birth.year + age, 2, 28)
    return date(birth.year + age, birth.month, birth.day) - timedelta(days=1)


def one_month_after(day):
    """民法143条: the corresponding day; a month without one ends with its last day."""
    year, month = add(month_of(day), 1)
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(*add((year, month), 1), 1)


def fiscal_year(month):
    return month[0] if month[1] >= 4 else month[0] - 1


def half_up(value, unit=1):
    return int((F(value) / unit + F(1, 2)).__floor__()) * unit


def owners(life):
    """Who owns each month: the status acquired last among those that cover it (国年法11条・11条の2, 厚年法19条)."""
    known = (len(life["spells"]), life["until"])
    if life.get("owners", (None,))[0] == known:
        return life["owners"][1]
    owner = {}
    for spell in sorted(life["spells"], key=lambda one: one["acquired_on"]):
        first, lost = month_of(spell["acquired_on"]), spell["lost_on"]
        last = add(month_of(lost), -1) if lost else life["until"]
        if lost and month_of(lost) == first:
            last = first
        month = first
        while month <= last:
            owner[month] = spell
            month = add(month, 1)
    life["owners"] = (known, owner)
    return owner


def marks(life):
    """The state of each month that counts for something: (kind, additional)."""
    twenty, sixty = month_of(attained(life["birth"], 20)), month_of(attained(life["birth"], 60))
    paid = {}
    for run in life["national_pension"]:
        month = run["from"]
        while month <= run["to"]:
            paid[month] = (run["state"], run["additional"])
            month = add(month, 1)
    out = {}
    for month, spell in owners(life).items():
        if month < BASIC_BEGAN:
            continue
        category = spell["category"]
        if category == "cat2":
            out[month] = ("paid" if twenty <= month < sixty else "complementary", False)
        elif category == "cat3":
            out[month] = ("paid", False)
        else:
            out[month] = paid.get(month, ("unpaid", False))
    for run in life["complementary"]:
        month = run["from"]
        while month <= run["to"]:
            if out.get(month, ("unpaid",))[0] == "unpaid":
                out[month] = ("complementary", False)
            month = add(month, 1)
    return out


PAID = ("paid", "maternity", "childcare")
EXEMPT = ("quarter", "half", "three_quarters", "full")
WEIGHTS = {  # (from 2009-04 main, excess), (to 2009-03 main, excess)
    "quarter": ((F(7, 8), F(3, 8)), (F(5, 6), F(1, 2))),
    "half": ((F(3, 4), F(1, 4)), (F(2, 3), F(1, 3))),
    "three_quarters": ((F(5, 8), F(1, 8)), (F(1, 2), F(1, 6))),
    "full": ((F(1, 2), F(0)), (F(1, 3), F(0))),
}


def counts(states, before):
    """How many months of each state before a month; exempt ones apart by 2009-04."""
    out = {}
    for month, (state, _) in states.items():
        if month < before:
            key = (state, month >= (2009, 4)) if state in EXEMPT else state
            out[key] = out.get(key, 0) + 1
    return out


def qualifying(count):
    exempt = sum(count.get((state, late), 0) for state in EXEMPT for late in (True, False))
    own = sum(count.get(state, 0) for state in PAID) + exempt
    waiting = count.get("student", 0) + count.get("deferral", 0)
    return own, own + waiting + count.get("complementary", 0)


SHORTENED = date(2017, 8, 1)
SHORTCUTS = ((date(1952, 4, 1), 240), (date(1953, 4, 1), 252), (date(1954, 4, 1), 264), (date(1955, 4, 1), 276),
             (date(1956, 4, 1), 288))


def right_day(life, states, day, until, as_of):
    """The day itself when enough months came before its month; else the first day of the month by which they have come, or
    that of the shortened period (国年法26条, 厚年法42条: 「該当するに至つたとき」); else none, with the months of now."""
    month, later = add(month_of(day), 1), []
    while month <= max(as_of, month_of(SHORTENED)):
        later.append(date(*month, 1))
        month = add(month, 1)
    for on in [day] + [on for on in later if on < until and (month_of(on) <= as_of or on == SHORTENED)]:
        own, total = qualifying(counts(states, month_of(on)))
        needed = 120 if on >= SHORTENED else 300
        employed = len(employee_months(life, add(month_of(on), -1)))
        short = on < SHORTENED and any(life["birth"] <= born and employed >= least for born, least in SHORTCUTS)
        if own > 0 and (total >= needed or short):
            return on, total
    return None, qualifying(counts(states, month_of(day) if until <= day else max(as_of, month_of(day))))[1]


def weighted(count):
    total = F(min(480, sum(count.get(state, 0) for state in PAID)))
    room = 480 - sum(count.get(state, 0) for state in PAID)
    for state in EXEMPT:
        for late in (True, False):
            months, (main, excess) = count.get((state, late), 0), WEIGHTS[state][0 if late else 1]
            inside = max(0, min(months, room))
            total += inside * main + (months - inside) * excess
            room -= months
    return min(total, F(480))


def full_basic(figures, fiscal, birth):
    return figures.basic_full(fiscal, birth)


def employee_months(life, counted_to):
    """Months of 厚生年金, to the last one counted: those it owns, and before 2015-10 also one that was acquired and lost
    in the month while 国民年金 followed in it (厚年法19条2項)."""
    months = {m for m, spell in owners(life).items() if spell["category"] == "cat2"}
    for spell in life["spells"]:
        month = month_of(spell["acquired_on"])
        if spell["category"] == "cat2" and spell["lost_on"] and month_of(spell["lost_on"]) == month < (2015, 10):
            months.add(month)
    return sorted(m for m in months if m <= counted_to)


def proportional(figures, life, fiscal, months):
    """報酬比例部分: 本来水準と従前額保障の高い方."""
    birth = life["birth"]
    early = [month for month in months if month < (2003, 4)]
    late = [month for month in months if month >= (2003, 4)]
    standard = {}
    for run in life["standards"]:
        month = run["from"]
        while month <= run["to"]:
            standard[month] = run["yen"]
            month = add(month, 1)
    bonus, owned = {}, set(late)
    for one in life["bonuses"]:
        if one["month"] in owned:
            bonus[one["month"]] = bonus.get(one["month"], 0) + one["yen"]

    def average(some, rate):
        if not some:
            return 0
        total = sum((standard[month] + (bonus.get(month, 0) if month >= (2003, 4) else 0)) * rate(month) for month in some)
        return half_up(F(total) / len(some))

    m = figures.multipliers(birth)
    now = lambda month: figures.revaluation(fiscal, birth, month)
    then = lambda month: figures.guarantee_rate(month)
    new = half_up(average(early, now) * m["pre_new"] / 1000 * len(early) + average(late, now) * m["post_new"] / 1000 * len(late))
    old = average(early, then) * m["pre_old"] / 1000 * len(early) + average(late, then) * m["post_old"] / 1000 * len(late)
    old = half_up(old * figures.guarantee_revision(fiscal, birth))
    return new, old


def transitional(figures, life, fiscal, months):
    birth = life["birth"]
    twenty, sixty = month_of(attained(birth, 20)), month_of(attained(birth, 60))
    m = figures.multipliers(birth)
    young = sum(1 for month in months if twenty <= month < sixty and month >= BASIC_BEGAN)
    # Nobody has more than the full basic pension, though the early born can have more months than are asked for.
    basic = half_up(F(full_basic(figures, fiscal, birth) * min(young, m["possible"]), m["possible"]))
    return max(0, figures.fixed_unit(fiscal, birth) * min(len(months), m["cap"]) - basic)


def insured_on(life, day):
    return any(one["category"] == "cat2" and one["acquired_on"] <= day and (one["lost_on"] is None or one["lost_on"] > day)
               for one in life["spells"])


def works_in(life, month):
    """A day of the month on which somebody is insured and has been since the month before (厚年法46条1項)."""
    first = date(*month, 1)
    return insured_on(life, first - timedelta(days=1)) and insured_on(life, first)


def retirements(life, right_on, seventy):
    """退職改定 after the right: (the last month that is added, the month from which it is paid)."""
    own = sorted((s for s in life["spells"] if s["category"] == "cat2"), key=lambda one: one["acquired_on"])
    for spell in own:
        lost = spell["lost_on"]
        if lost is None or lost <= right_on:
            continue
        again = any(lost <= other["acquired_on"] < one_month_after(lost) for other in own if other is not spell)
        if not again:
            begins = add(month_of(lost if lost == seventy else lost - timedelta(days=1)), 1)
            yield add(month_of(lost), -1), begins


def counted_to(life, right_on, as_of, seventy, reached=()):
    """The last month that is in the amount of a month: at the right, in service, at retirement (厚年法43条2項・3項), and of an
    early claim when an age is reached (附則7条の3第5項)."""
    last = add(month_of(right_on), -1)
    for on in reached:
        if as_of > month_of(on):
            last = max(last, add(month_of(on), -1))
    own = sorted((s for s in life["spells"] if s["category"] == "cat2"), key=lambda one: one["acquired_on"])
    for year in range(2022, as_of[0] + 1):
        base = date(year, 9, 1)
        insured = any(s["acquired_on"] < base and (s["lost_on"] is None or s["lost_on"] > base) for s in own)
        if not any(s["acquired_on"] <= base and (s["lost_on"] is None or s["lost_on"] > base) for s in own):
            lost = max((s["lost_on"] for s in own if s["lost_on"] and s["lost_on"] <= base), default=None)
            again = min((s["acquired_on"] for s in own if s["acquired_on"] > base), default=None)
            insured = lost and again and again < one_month_after(lost)
        pensioner = max(right_on, attained(life["birth"], 65)) <= base < seventy
        if insured and pensioner and as_of >= (year, 10):
            last = max(last, (year, 8))
    for to, begins in retirements(life, right_on, seventy):
        if as_of >= begins:
            last = max(last, to)
    return last


FORTY_FOUR_YEARS = 528


def long_cover_from(life, right_on, seventy):
    """長期加入者の特例 (附則9条の3): the first month with the 定額部分, before what a job stops; none."""
    if not insured_on(life, right_on) and len(employee_months(life, add(month_of(right_on), -1))) >= FORTY_FOUR_YEARS:
        return add(month_of(right_on), 1)
    some = [begins for to, begins in retirements(life, right_on, seventy)
            if len(employee_months(life, to)) >= FORTY_FOUR_YEARS]
    return min(some, default=None)


def dependants(figures, life, as_of):
    """加給年金額 of the month, before what stops it."""
    amounts, yen = figures.kakyu(fiscal_year(as_of), life["birth"]), 0
    spouse = life["spouse"]
    if spouse and not spouse["long_pension"] and as_of <= month_of(attained(spouse["birth"], 65)):
        yen += amounts["spouse"]
    places = 0
    for birth in sorted(life["children"]):
        eighteen = attained(birth, 18)
        school = eighteen.year if (eighteen.month, eighteen.day) <= (3, 31) else eighteen.year + 1
        if as_of <= (school, 3):
            places += 1
            yen += amounts["child"] if places <= 2 else amounts["third_child"]
    return yen


def working_stop(figures, life, as_of, annual):
    """在職支給停止 of a month, as a yearly amount (厚年法46条; to 2022-03 under 65 the former 附則11条)."""
    if not works_in(life, as_of):
        return 0
    standards = {month: run["yen"] for run in life["standards"] for month in (add(as_of, -1), as_of)
                 if run["from"] <= month <= run["to"]}
    standard = standards.get(as_of) or standards[add(as_of, -1)]
    first = add(as_of, -11)
    bonuses = sum(one["yen"] for one in life["bonuses"] if first <= one["month"] <= as_of)
    pay, base = standard + F(bonuses, 12), F(annual, 12)
    if as_of >= (2022, 4):
        stop = (base + pay - figures.threshold(as_of, "ALL_AGES")) / 2
    elif as_of > month_of(attained(life["birth"], 65)):
        stop = (base + pay - figures.threshold(as_of, "AGE65_PLUS")) / 2
    else:
        start, change = figures.threshold(as_of, "AGE60_64_START"), figures.threshold(as_of, "AGE60_64_CHANGE")
        if base + pay <= start:
            stop = 0
        elif base <= start and pay <= change:
            stop = (pay + base - start) / 2
        elif base <= start:
            stop = (change + base - start) / 2 + (pay - change)
        elif pay <= change:
            stop = pay / 2
        else:
            stop = F(change, 2) + (pay - change)
    return min(annual, half_up(max(F(0), stop) * 12))


def payment_rate(figures, life, right_on, until, seventy):
    """平均支給率 of the months that were waited, from the month after the right: what work stops of the pension as it is then, by
    the pension of the months before the right (厚年法44条の3第4項, 厚年令3条の5の2)."""
    rates, month = [], add(month_of(right_on), 1)
    before = employee_months(life, add(month_of(right_on), -1))
    while month <= until:
        months = employee_months(life, counted_to(life, right_on, month, seventy)) if works_in(life, month) else []
        annual = max(proportional(figures, life, fiscal_year(month), months)) if months else 0
        whole = max(proportional(figures, life, fiscal_year(month), before)) if before else 0
        stop = working_stop(figures, life, month, annual) if annual else 0
        rates.append(1 - F(min(stop, whole), whole) if whole else F(1))
        month = add(month, 1)
    return sum(rates) / len(rates)


def special(figures, life, as_of, states, start_age):
    """特別支給の老齢厚生年金 of a month to that of 65."""
    birth, fiscal = life["birth"], fiscal_year(as_of)
    sixty_five, seventy = attained(birth, 65), attained(birth, 70)
    waiting = {"standing": "not_yet", "total_yen": 0}
    begins = attained(birth, start_age)
    # 附則8条: the twelfth month may come after the age.
    while begins < sixty_five and len(employee_months(life, add(month_of(begins), -1))) < 12:
        begins = date(*add(month_of(begins), 1), 1)
    if start_age >= 65 or begins >= sixty_five or month_of(begins) >= as_of:
        return waiting
    right_on, total = right_day(life, states, begins, sixty_five, as_of)
    if right_on is None:
        return {"standing": "no_right", "total_yen": 0, "qualifying_months": total}
    if month_of(right_on) >= as_of:
        return waiting
    months = employee_months(life, counted_to(life, right_on, as_of, seventy))
    new, old = proportional(figures, life, fiscal, months)
    annual, fixed, kakyu = max(new, old), 0, 0
    stop = working_stop(figures, life, as_of, annual)
    long_from = long_cover_from(life, right_on, seventy)
    if long_from and as_of >= long_from and not works_in(life, as_of):
        fixed = figures.fixed_unit(fiscal, birth) * min(len(months), figures.multipliers(birth)["cap"])
        kakyu = dependants(figures, life, as_of)
    employees = {"new_yen": new, "guaranteed_yen": old, "proportional_yen": annual, "transitional_yen": 0,
                 "fixed_yen": fixed, "adjustment_yen": 0, "addition_yen": kakyu, "stopped_yen": stop}
    return {"standing": "payable", "qualifying_months": total, "basic": None, "employees": employees,
            "total_yen": annual + fixed + kakyu - stop}


def reduced_early(figures, life, as_of, claim_month, start_age, months):
    """繰上げの減額 of the months before the claim: all of it, and that of 報酬比例部分 (附則7条の3第4項, 13条の4; 令6条の3, 8条の2の3)."""
    birth, fiscal = life["birth"], fiscal_year(as_of)
    before = [month for month in months if month < claim_month]
    if not before:
        return 0, 0
    annual, transit = max(proportional(figures, life, fiscal, before)), transitional(figures, life, fiscal, before)
    to_65 = early_rate(birth, claim_month, 65)
    if start_age < 65:
        of_annual = half_up(annual * early_rate(birth, claim_month, start_age))
        return of_annual + half_up(transit * to_65), of_annual
    together = half_up((annual + transit) * to_65)
    return together, min(together, half_up(annual * to_65))


def early_rate(birth, claim_month, age):
    a_month = F(4, 1000) if birth >= date(1962, 4, 2) else F(5, 1000)
    return a_month * between(claim_month, add(month_of(attained(birth, age)), -1))


def old_age(figures, life, as_of, claim_month):
    """What is due a year by the state of one month: the answers of the topic `old_age_pension`."""
    birth, fiscal = life["birth"], fiscal_year(as_of)
    sixty_five, seventy = attained(birth, 65), attained(birth, 70)
    states = marks(life)
    start_age = figures.special_start(life["sex"], birth)
    early = claim_month is not None and claim_month < month_of(sixty_five)
    deferred = claim_month is not None and claim_month > month_of(sixty_five)
    if month_of(sixty_five) >= as_of and not early:
        return special(figures, life, as_of, states, start_age)

    right_on = date(*claim_month, 1) if early else sixty_five
    # Who claims early must have the right then: the shortened period gives it to nobody later.
    right_on, total = right_day(life, states, right_on, right_on if early else date.max, as_of)
    if right_on is None:
        return {"standing": "no_right", "total_yen": 0, "qualifying_months": total}
    begins = claim_month if deferred else month_of(right_on)
    if begins >= as_of:
        return {"standing": "not_yet", "total_yen": 0}
    count = counts(states, month_of(right_on))
    basic = half_up(F(full_basic(figures, fiscal, birth)) * weighted(count) / 480)
    additional = 200 * sum(1 for m, (state, more) in states.items() if more and state == "paid" and m < month_of(right_on))
    reached = (attained(birth, start_age or 65), sixty_five) if early else ()
    months = employee_months(life, counted_to(life, right_on, as_of, seventy, reached))
    waited, factor = 0, F(0)
    if early:
        factor = -early_rate(birth, claim_month, 65)
    elif deferred:
        cap = 120 if birth >= date(1952, 4, 2) or right_on >= date(2017, 4, 1) else 60
        waited = min(cap, between(month_of(right_on), add(claim_month, -1)))
        factor = F(7, 1000) * waited

    def moved(yen):
        return yen + (half_up(yen * factor) if factor >= 0 else -half_up(yen * -factor))

    employees, own = None, 0
    if months:
        new, old = proportional(figures, life, fiscal, months)
        annual, transit = max(new, old), transitional(figures, life, fiscal, months)
        base, change, kakyu = annual, 0, 0
        if early:
            off, of_annual = reduced_early(figures, life, as_of, claim_month, start_age or 65, months)
            base, change = annual - of_annual, -off
        elif deferred:
            paid = payment_rate(figures, life, right_on, add(month_of(right_on), waited), seventy)
            before = [month for month in months if month < month_of(right_on)]
            earned = max(proportional(figures, life, fiscal, before)) if before else 0
            change = half_up((earned * paid + transitional(figures, life, fiscal, before)) * factor)
        stop = working_stop(figures, life, as_of, base)
        if len(months) >= 240 and as_of > month_of(sixty_five) and not (base and stop >= base):
            kakyu = dependants(figures, life, as_of)
        own = annual + transit + change + kakyu - stop
        employees = {"new_yen": new, "guaranteed_yen": old, "proportional_yen": annual, "transitional_yen": transit,
                     "fixed_yen": 0, "adjustment_yen": change, "addition_yen": kakyu, "stopped_yen": stop}
    furikae = 0
    if life["moves"] and as_of > month_of(sixty_five) and len(months) < 240:
        base, rate = figures.furikae(fiscal, birth)
        furikae = half_up(base * rate)
    return {"standing": "payable", "qualifying_months": total,
            "basic": {"unadjusted_yen": basic, "annual_yen": moved(basic), "additional_yen": moved(additional),
                      "furikae_yen": furikae},
            "employees": employees, "total_yen": moved(basic) + moved(additional) + furikae + own}
