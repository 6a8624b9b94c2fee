"""一万人の人生 — ten thousand invented lives with the answers of the second model, as a table of cases.

    python3 lives.py COUNT SEED > cases.csv
    python3 lives.py named > cases.csv

The same count and seed give the same bytes. `named` are cases that the law speaks of, from `named.py`.
"""

import csv
import json
import random
import sys
from datetime import date, timedelta

from figures import Figures
from named import named
from old_age import BASIC_BEGAN, add, attained, between, employee_months, month_of, old_age, owners

STANDARDS = (88, 98, 104, 110, 118, 126, 134, 142, 150, 160, 170, 180, 190, 200, 220, 240, 260, 280, 300, 320, 340,
             360, 380, 410, 440, 470, 500, 530, 560, 590, 620)
STATES = ("paid", "paid", "paid", "paid", "paid", "unpaid", "full", "three_quarters", "half", "quarter", "student",
          "deferral")


def day_in(dice, month):
    """Any day of a month, the edges more often."""
    first = date(*month, 1)
    last = date(*add(month, 1), 1) - timedelta(days=1)
    return dice.choice([first, last, first + timedelta(days=dice.randrange((last - first).days + 1))])


def employment(dice, life, acquired_on, lost_on):
    """A job with its standards and bonuses."""
    life["spells"].append({"category": "cat2", "acquired_on": acquired_on, "lost_on": lost_on})
    first, last = month_of(acquired_on), add(month_of(lost_on), -1)
    if month_of(lost_on) == first:
        last = first
    place, month = dice.randrange(len(STANDARDS)), first
    while month <= last:
        end = min(last, add(month, dice.choice((4, 11, 11, 23, 35))))
        life["standards"].append({"from": month, "to": end, "yen": STANDARDS[place] * 1000})
        place = min(len(STANDARDS) - 1, max(0, place + dice.choice((-1, 0, 1, 1, 2))))
        month = add(end, 1)
    month = first
    while month <= last:
        if month >= (2003, 4) and month[1] in (7, 12) and dice.random() < 0.7:
            life["bonuses"].append({"month": month, "yen": dice.randrange(50, 1500) * 1000})
        month = add(month, 1)


def state_of(dice, month, twenty):
    """A state that exists in that month."""
    state = dice.choice(STATES)
    begins = {"student": (2000, 4), "deferral": (2005, 4), "half": (2002, 4), "three_quarters": (2006, 7),
              "quarter": (2006, 7)}
    return "unpaid" if month < begins.get(state, BASIC_BEGAN) else state


def payments(dice, life, first, last):
    """第1号 months with their states, in runs."""
    month, twenty = first, attained(life["birth"], 20)
    while month <= last:
        end = min(last, add(month, dice.choice((2, 5, 11, 11, 23))))
        state = state_of(dice, month, twenty)
        more = state == "paid" and dice.random() < 0.2 and month >= (1970, 10)
        life["national_pension"].append({"from": month, "to": end, "state": state, "additional": more})
        month = add(end, 1)


def empty_life(birth, sex, until):
    return {"birth": birth, "sex": sex, "until": until, "spells": [], "national_pension": [], "standards": [],
            "bonuses": [], "complementary": [], "spouse": None, "children": [], "moves": False}


def long_career(dice, birth, sex, until):
    """One job from school to sixty and later, and sometimes another."""
    life, latest = empty_life(birth, sex, until), min(attained(birth, 70), date(*until, 1))
    began = attained(birth, dice.choice((15, 15, 16, 18))) + timedelta(dice.randrange(1, 90))
    end = min(latest, attained(birth, dice.choice((59, 60, 61, 62, 63, 64, 65))) + timedelta(dice.randrange(400)))
    employment(dice, life, began, end)
    day = end + timedelta(dice.choice((0, 0, 20, 40, 300)))
    if day < latest and dice.random() < 0.6:
        employment(dice, life, day, min(latest, day + timedelta(dice.randrange(10, 1200))))
    return life


def career(dice, birth, sex, until, voluntary):
    """From twenty, or from a job before, to sixty and sometimes on: job after job with what lies between; `until` ends it."""
    life = empty_life(birth, sex, until)
    twenty, sixty, seventy = (attained(birth, age) for age in (20, 60, 70))
    day = twenty if dice.random() < 0.7 else attained(birth, dice.choice((15, 16, 18, 19))) + timedelta(dice.randrange(1, 90))
    latest = min(seventy, date(*until, 1))
    while day < latest:
        length = timedelta(days=dice.choice((20, 100, 400, 900, 2000, 5000, 9000)) + dice.randrange(40))
        end = min(day + length, latest)
        kind = dice.choice(("job", "job", "job", "cat1", "cat1", "cat3", "abroad"))
        if day < twenty and kind != "job":
            day = twenty
            continue
        if kind == "job":
            employment(dice, life, day, end)
        elif day >= sixty:
            if voluntary and dice.random() < 0.5 and day < attained(birth, 65):
                end = min(end, attained(birth, 65))
                life["spells"].append({"category": "voluntary", "acquired_on": day, "lost_on": end})
                payments(dice, life, month_of(day), max(month_of(day), add(month_of(end), -1)))
        else:
            end = min(end, sixty)
            if kind == "cat3" and day < date(1986, 4, 1):
                kind = "cat1"
            if kind == "abroad":
                life["complementary"].append({"from": month_of(day), "to": month_of(end)})
            else:
                life["spells"].append({"category": kind, "acquired_on": day, "lost_on": end})
                if kind == "cat1":
                    payments(dice, life, month_of(day), max(month_of(day), add(month_of(end), -1)))
        day = end if dice.random() < 0.8 else end + timedelta(days=dice.randrange(1, 45))
    return life


def settled(life):
    """Registers that do not contradict each other: what was paid and where one was, month by month."""
    owner = owners(life)
    twenty, sixty = month_of(attained(life["birth"], 20)), month_of(attained(life["birth"], 60))
    states = {}
    for run in life["national_pension"]:
        for month in months_of(run):
            category = owner.get(month, {}).get("category")
            if category == "cat1" or (category == "voluntary" and run["state"] == "paid"):
                states[month] = (run["state"], run["additional"])
    life["national_pension"] = [
        {"from": first, "to": last, "state": state, "additional": more} for first, last, (state, more) in runs(states)]
    standards = {month: run["yen"] for run in life["standards"] for month in months_of(run)}
    insured = set(employee_months(life, life["until"]))
    life["standards"] = [{"from": first, "to": last, "yen": yen} for first, last, yen in
                         runs({month: yen for month, yen in standards.items() if month in insured})]
    bonuses = {one["month"]: one["yen"] for one in life["bonuses"] if one["month"] in insured}
    life["bonuses"] = [{"month": month, "yen": bonuses[month]} for month in sorted(bonuses)]
    away = {month: "overseas" for run in life["complementary"] for month in months_of(run)
            if month not in owner and max(twenty, BASIC_BEGAN) <= month < sixty}
    life["complementary"] = [{"from": first, "to": last} for first, last, _ in runs(away)]


def months_of(run):
    month = run["from"]
    while month <= run["to"]:
        yield month
        month = add(month, 1)


def runs(states):
    """Months of one state, joined."""
    out = []
    for month in sorted(states):
        if out and out[-1][2] == states[month] and add(out[-1][1], 1) == month:
            out[-1] = (out[-1][0], month, states[month])
        else:
            out.append((month, month, states[month]))
    return out


def family(dice, life):
    if dice.random() < 0.6:
        years = dice.randrange(-4, 16)
        spouse = life["birth"] + timedelta(days=365 * years + dice.randrange(365))
        life["spouse"] = {"birth": spouse, "long_pension": dice.random() < 0.2}
    for _ in range(dice.choice((0, 0, 0, 1, 2, 3, 4))):
        life["children"].append(life["birth"] + timedelta(days=dice.randrange(44 * 365, 60 * 365)))
    life["moves"] = dice.random() < 0.3


def question(dice, figures):
    """A person, a month, and how the pension is claimed."""
    birth = date(1951, 4, 2) + timedelta(days=dice.randrange(13 * 365))
    if dice.random() < 0.2:
        birth = birth.replace(month=dice.choice((3, 4)), day=dice.choice((1, 2)))
    sex = dice.choice(("male", "female"))
    first, last = max((2016, 4), month_of(attained(birth, 60))), min((2026, 3), month_of(attained(birth, 75)))
    as_of = add(first, dice.randrange(between(first, last)))
    claim = claimed_in(dice, birth, figures.special_start(sex, birth) or 65, as_of)
    early = claim and claim < month_of(attained(birth, 65))
    if dice.random() < 0.08:
        life = long_career(dice, birth, sex, add(as_of, 1))
    else:
        # Who claims early cannot insure himself of his own will any more.
        life = career(dice, birth, sex, add(as_of, 1), not early)
    retire(dice, life, as_of)
    settled(life)
    family(dice, life)
    return life, as_of, claim


def retire(dice, life, as_of):
    """Who works to the end of the month asked about sometimes retires within it."""
    if life["spells"] and dice.random() < 0.3:
        last = max(life["spells"], key=lambda one: one["acquired_on"])
        lost = day_in(dice, as_of)
        if last["category"] == "cat2" and last["lost_on"] == date(*add(as_of, 1), 1) and last["acquired_on"] < lost:
            last["lost_on"] = lost


def claimed_in(dice, birth, special_age, as_of):
    """繰上げ or 繰下げ: the month of the claim, mostly none."""
    if dice.random() < 0.5:
        return None
    age = dice.choice((60, 60, 61, 62, 63, 64, 66, 67, 68, 70, 73))
    claim = add(month_of(attained(birth, age)), dice.randrange(12))
    sixty_five = month_of(attained(birth, 65))
    # The model does not follow who claims early beside a special pension.
    too_late = month_of(attained(birth, special_age)) <= claim < sixty_five
    # Who fell short at 65 has the right from August 2017 only, and a year must pass before it can be deferred.
    too_soon = claim >= sixty_five and sixty_five < (2017, 8) and claim < (2018, 8)
    return None if claim >= as_of or too_late or too_soon else claim


def text(month):
    return f"{month[0]:04}-{month[1]:02}"


CONTRIBUTIONS = {"full": "full_exempt", "three_quarters": "three_quarter_exempt", "half": "half_exempt",
                 "quarter": "quarter_exempt"}


def inputs(life, as_of, claim):
    """As the topic wants it. Months of 第1号 that are not paid are simply not in the register."""
    def contribution(run):
        out = {"first_month": text(run["from"]), "last_month": text(run["to"]),
               "state": CONTRIBUTIONS.get(run["state"], run["state"])}
        if run["state"] in ("three_quarters", "half", "quarter"):
            out["rest_paid"] = True
        if run["additional"]:
            out["additional"] = True
        return out

    def spell(one):
        return {"category": one["category"], "acquired_on": str(one["acquired_on"]), "lost_on": str(one["lost_on"])}

    standards = [{"first_month": text(run["from"]), "last_month": text(run["to"]),
                  "standard_yen": run["yen"]} for run in life["standards"]]
    asked = {
        "birth_date": str(life["birth"]), "sex": life["sex"], "month": text(as_of),
        "spells": [spell(one) for one in life["spells"]],
        "contributions": [contribution(run) for run in life["national_pension"] if run["state"] != "unpaid"],
        "remunerations": standards,
        "bonuses": [{"month": text(one["month"]), "bonus_yen": one["yen"]} for one in life["bonuses"]],
        "complementary": [{"first_month": text(run["from"]), "last_month": text(run["to"]), "kind": "overseas"}
                          for run in life["complementary"]],
    }
    if claim:
        asked["claim_month"] = text(claim)
    if life["moves"]:
        asked["spouse_addition_moves"] = True
    if life["spouse"]:
        asked["spouse"] = {"birth_date": str(life["spouse"]["birth"])}
        if life["spouse"]["long_pension"]:
            asked["spouse"]["old_age_240_from"] = "2015-01-01"
    if life["children"]:
        asked["children"] = [{"birth_date": str(birth)} for birth in life["children"]]
    return asked


def asked_lives(arguments, figures):
    """(case, life, month, claim) one after another."""
    if arguments == ["named"]:
        yield from named()
        return
    count, seed = (int(argument) for argument in arguments)
    dice = random.Random(seed)
    for number in range(count):
        yield f"L-{number:05}", *question(dice, figures)


def main():
    figures = Figures()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["case_id", "topic", "inputs", "expected", "origin", "confidence"])
    for case, life, as_of, claim in asked_lives(sys.argv[1:], figures):
        answer = old_age(figures, life, as_of, claim)
        row = [json.dumps(value, ensure_ascii=False) for value in (inputs(life, as_of, claim), answer)]
        writer.writerow([case, "old_age_pension", *row, "second model", "high"])


if __name__ == "__main__":
    main()
