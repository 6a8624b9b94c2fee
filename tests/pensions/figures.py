"""公表された数 — the published figures, read from the tables beside the rules, in the plainest way."""

import csv
from datetime import date
from fractions import Fraction as F
from functools import cache
from pathlib import Path

LAW = Path(__file__).resolve().parents[2] / "schema/law/src"


def rows(path):
    with open(LAW / path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def month(text):
    return tuple(int(part) for part in text.split("-")) if text else None


def day(text):
    return date.fromisoformat(text) if text else None


def within(first, value, last):
    """Either end may be open."""
    return (first is None or first <= value) and (last is None or value <= last)


def one(some):
    (row,) = some
    return row


class Figures:
    """Each method looks a figure up by its key; two rows for one key, or none, is a mistake."""

    def __init__(self):
        self.full = rows("basic_pension/full_amount/basic_pension_full.csv")
        self.cohorts = rows("basic_pension/revision_rate/cohorts.csv")
        self.macro = rows("basic_pension/revision_rate/macro_revision_rates.csv")
        self.rows_of_multipliers = rows("employees_pension/multiplier/multipliers.csv")
        self.additions = rows("employees_pension/spouse_child_addition/amounts.csv")
        self.units = rows("employees_pension/fixed_part/units.csv")
        self.thresholds = rows("employees_pension/working_pension/thresholds.csv")
        self.moved = rows("basic_pension/furikae/additions.csv")
        self.starts = rows("pension_record/special_old_age_start/start_ages.csv")
        self.rates = {}
        for row in rows("employees_pension/revaluation/rates.csv"):
            self.rates.setdefault(row["from"], []).append(row)
        self.level_1994 = rows("employees_pension/revaluation/level_1994.csv")

    @staticmethod
    def in_force(row, fiscal):
        return within(month(row["from"]), (fiscal, 4), month(row["until"]))

    @staticmethod
    def born(row, birth, last="born_until"):
        return within(day(row["born_from"]), birth, day(row[last]))

    def basic_full(self, fiscal, birth):
        first = one(row for row in self.cohorts if self.in_force(row, fiscal))["value"]
        key = "ALL" if first == "ALL" else "NEW_AWARD" if birth >= day(first) else "EXISTING"
        return int(one(row for row in self.full if row["key"] == key and self.in_force(row, fiscal))["value"])

    def fixed_unit(self, fiscal, birth):
        return int(one(row for row in self.units if self.in_force(row, fiscal) and self.born(row, birth))["value"])

    def multipliers(self, birth):
        row = one(row for row in self.rows_of_multipliers if self.born(row, birth))
        return {
            "pre_new": F(row["value"]), "post_new": F(row["post2003_new_per_mille"]),
            "pre_old": F(row["pre2003_guaranteed_per_mille"]), "post_old": F(row["post2003_guaranteed_per_mille"]),
            "cap": int(row["fixed_portion_month_cap"]), "possible": int(row["possible_months"]),
        }

    def revaluation(self, fiscal, birth, of_month):
        # Every cohort runs from 2 April to 1 April.
        return self.rate_of_cohort(fiscal, birth.year - ((birth.month, birth.day) < (4, 2)), of_month)

    @cache
    def rate_of_cohort(self, fiscal, cohort, of_month):
        return one(rate for first, last, rate in self.bands(fiscal, cohort) if within(first, of_month, last))

    @cache
    def bands(self, fiscal, cohort):
        some = [row for row in self.rates[f"{fiscal}-04"] if self.born(row, date(cohort, 4, 2))]
        return [(month(row["month_from"]), month(row["month_until"]), F(row["value"])) for row in some]

    @cache
    def guarantee_rate(self, of_month):
        some = self.level_1994
        return F(one(row for row in some if within(month(row["month_from"]), of_month, month(row["month_until"])))["value"])

    def guarantee_revision(self, fiscal, birth):
        key = "CONVENTIONAL_BORN_FROM_1938_04_02" if birth >= date(1938, 4, 2) else "CONVENTIONAL_BORN_TO_1938_04_01"
        return F(one(row for row in self.macro if row["key"] == key and self.in_force(row, fiscal))["value"])

    def threshold(self, of_month, key):
        """支給停止調整額 and its like: ALL_AGES from 2022-04; before, AGE65_PLUS, and of 60 to 64 AGE60_64_START and _CHANGE."""
        some = (row for row in self.thresholds if row["key"] == key)
        return int(one(row for row in some if within(month(row["from"]), of_month, month(row["until"])))["value"])

    def furikae(self, fiscal, birth):
        """振替加算の基礎額 and 率."""
        some = (row for row in self.moved if self.in_force(row, fiscal))
        row = one(row for row in some if within(day(row["at_least"]), birth, day(row["up_to"])))
        base, rate, _ = row["value"].split()
        return int(base), F(rate)

    def special_start(self, sex, birth):
        category = "MALE_OR_CIVIL_SERVANT" if sex == "male" else "FEMALE_CATEGORY1"
        some = (row for row in self.starts if row["key"] == f"{category}/EARNINGS_RELATED")
        return int(one(row for row in some if self.born(row, birth, "born_to"))["value"])

    def kakyu(self, fiscal, birth):
        row = one(row for row in self.additions if self.in_force(row, fiscal) and self.born(row, birth))
        return {
            "spouse": int(row["value"]) + int(row["special_yen"]), "child": int(row["child_1st_2nd_yen"]),
            "third_child": int(row["child_3rd_on_yen"]),
        }
