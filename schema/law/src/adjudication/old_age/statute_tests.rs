//! 老齢厚生年金 of whole lives, month after month. Every expected yen was worked out from the clauses with an own
//! calculation (再評価率, 乗率, 単価 and 満額 of the year), apart from the code under test.

use domain::life::BonusMonth;
use jiff::civil::{Date, date};

use super::*;
use crate::employees_pension::spouse_child_addition::OwnPension;
use crate::pension_record::life::{
    Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, RemunerationBasis,
    RemunerationSpan, Sex,
};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// A life in registers.
pub(in crate::adjudication) struct Life {
    pub birth_on: Date,
    pub sex: Sex,
    pub spells: Vec<CategorySpell>,
    pub contributions: Vec<ContributionSpan>,
    pub remunerations: Vec<RemunerationSpan>,
    pub bonuses: Vec<BonusMonth>,
    claims: Claims,
    spouse: Option<Spouse>,
    children: Vec<Child>,
    spouse_addition_moves: bool,
}

impl Life {
    pub fn of(birth_on: Date, sex: Sex) -> Life {
        Life {
            birth_on,
            sex,
            spells: Vec::new(),
            contributions: Vec::new(),
            remunerations: Vec::new(),
            bonuses: Vec::new(),
            claims: Claims::default(),
            spouse: None,
            children: Vec::new(),
            spouse_addition_moves: false,
        }
    }

    /// 第1号, every month paid.
    pub fn cat1(mut self, acquired_on: Date, lost_on: Date) -> Life {
        self.spells.push(CategorySpell { category: Category::Cat1, acquired_on, lost_on: Some(lost_on), source: 1 });
        let (first, last) = (Month::of(acquired_on), Month::of(lost_on).previous());
        let contribution = Contribution::Paid;
        self.contributions.push(ContributionSpan { first, last, contribution, additional: false, source: 1 });
        self
    }

    fn job(self, acquired_on: Date, lost_on: Option<Date>) -> Life {
        self.job_of(EmployeesKind::First, EmployeesClass::Ordinary, acquired_on, lost_on)
    }

    fn job_of(mut self, kind: EmployeesKind, class: EmployeesClass, acquired_on: Date, lost_on: Option<Date>) -> Life {
        let source = u64::try_from(self.spells.len()).expect("a few") + 10;
        self.spells.push(CategorySpell { category: Category::Cat2 { kind, class }, acquired_on, lost_on, source });
        self
    }

    fn pay(self, first: &str, last: &str, standard_yen: u32) -> Life {
        self.pay_of(EmployeesKind::First, first, Some(last), standard_yen)
    }

    fn pay_of(mut self, kind: EmployeesKind, first: &str, last: Option<&str>, standard_yen: u32) -> Life {
        let (first, last) = (month(first), last.map(month));
        let basis = RemunerationBasis::Own;
        self.remunerations.push(RemunerationSpan { first, last, kind, standard_yen, basis, source: 3 });
        self
    }

    /// A bonus each June and December.
    fn bonuses(mut self, first: &str, last: &str, bonus_yen: u32) -> Life {
        let paid = month(first).through(month(last)).filter(|each| [6, 12].contains(&each.month()));
        let bonus = |month| BonusMonth { month, kind: EmployeesKind::First, bonus_yen, source: 4 };
        self.bonuses.extend(paid.map(bonus));
        self
    }

    fn claimed(mut self, basic: Option<&str>, employees: Option<&str>) -> Life {
        self.claims = Claims { basic: basic.map(month), employees: employees.map(month) };
        self
    }

    fn married_to_one_born_on(mut self, birth: Date) -> Life {
        let own = OwnPension { old_age_from: None, old_age_fully_stopped: Vec::new(), disability: None };
        self.spouse = Some(Spouse { birth, dependent: true, ended_on: None, own });
        self
    }

    fn asked(&self, for_month: &str) -> Result<OldAge, LawError> {
        let facts = LifeFacts {
            spells: &self.spells,
            contributions: &self.contributions,
            remunerations: &self.remunerations,
            bonuses: &self.bonuses,
            ..LifeFacts::unregistered(self.birth_on, self.sex)
        };
        let question = Question {
            facts: &facts,
            for_month: month(for_month),
            claims: self.claims,
            spouse: self.spouse.as_ref(),
            children: &self.children,
            spouse_addition_moves: self.spouse_addition_moves,
        };
        old_age(&question, &mut RateShelf::new(), &mut Trace::new())
    }

    fn pension(&self, for_month: &str) -> Pension {
        match self.asked(for_month) {
            Ok(OldAge::Payable(pension)) => *pension,
            other => panic!("{for_month}: not payable: {other:?}"),
        }
    }

    fn employees(&self, for_month: &str) -> EmployeesPart {
        self.pension(for_month).employees.unwrap_or_else(|| panic!("{for_month}: no employees' pension"))
    }

    fn standing(&self, for_month: &str) -> &'static str {
        match self.asked(for_month).expect("decided") {
            OldAge::NoRight { .. } => "no_right",
            OldAge::NotYet { .. } => "not_yet",
            OldAge::Payable(_) => "payable",
        }
    }
}

/// 報酬比例部分, 経過的加算, 繰上げ・繰下げ, 加給年金額, 在職支給停止.
fn yen(part: &EmployeesPart) -> [i64; 5] {
    [part.proportional(), part.transitional(), part.adjustment, part.addition, part.stopped].map(Yen::get)
}

fn hold(life: &Life, expected: &[(&str, [i64; 5])]) {
    let wrong: Vec<String> = expected
        .iter()
        .map(|(month, expected)| (month, expected, yen(&life.employees(month))))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(month, expected, found)| format!("{month}: the law says {expected:?}, found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Born 1960-01-15: special start age 64 on 2024-01-14, 65 on 2025-01-14.
pub(in crate::adjudication) fn at_work_to_2026() -> Life {
    Life::of(date(1960, 1, 15), Sex::Male)
        .cat1(date(1980, 1, 14), date(1985, 4, 1))
        .job(date(1985, 4, 1), Some(date(2026, 1, 16)))
        .pay("1985-04", "2003-03", 300_000)
        .pay("2003-04", "2025-12", 400_000)
        .bonuses("2003-06", "2025-12", 600_000)
}

/// 厚生年金保険法附則8条・8条の2 (from 64), 42条・43条 (from 65), 43条2項・3項, 46条 (with the bonuses of twelve months), 36条.
#[test]
fn a_job_from_the_special_pension_to_the_end_of_work() {
    let life = at_work_to_2026().married_to_one_born_on(date(1962, 5, 10));
    assert_eq!(life.standing("2024-01"), "not_yet", "附則8条, 36条1項: the month after the right");
    for month in ["2024-02", "2025-01"] {
        let pension = life.pension(month);
        assert_eq!((pension.start.manner, pension.basic), (Manner::Special, None), "{month}");
    }
    assert_eq!(life.pension("2025-02").start.right_on, date(2025, 1, 14));
    hold(
        &life,
        &[
            // Special: to 2023-12; the addition comes with 65 (44条1項).
            ("2024-02", [1_183_183, 0, 0, 0, 711_592]),
            ("2025-01", [1_214_687, 0, 0, 0, 607_344]),
            // A new right at 65: to 2024-12.
            ("2025-02", [1_245_610, 102_477, 0, 408_100, 622_805]),
            ("2025-04", [1_269_541, 104_579, 0, 415_900, 574_771]),
            // Two bonuses in every twelve months: neither a third of the June before, nor only one.
            ("2025-05", [1_269_541, 104_579, 0, 415_900, 574_771]),
            ("2025-06", [1_269_541, 104_579, 0, 415_900, 574_771]),
            ("2025-09", [1_269_541, 104_579, 0, 415_900, 574_771]),
            // 在職定時改定: to 2025-08.
            ("2025-10", [1_289_079, 109_781, 0, 415_900, 584_540]),
            // The days before the loss are days of work (規則32条の2): the month of a loss within it is stopped, too.
            ("2026-01", [1_289_079, 109_781, 0, 415_900, 584_540]),
            // 退職改定: to 2025-12.
            ("2026-02", [1_300_310, 109_781, 0, 415_900, 0]),
            ("2026-04", [1_326_047, 111_588, 0, 423_700, 0]),
        ],
    );
    let basic = life.pension("2025-02").basic.expect("from 65");
    assert_eq!(basic.annual, Yen::new(816_000), "63 + 417 months");
}

/// Whoever retires with the end of a month has no day of work in the next: 16 January stops January, 1 February does not
/// stop February.
#[test]
fn a_loss_on_the_first_stops_nothing_in_its_month() {
    let mut life = at_work_to_2026();
    life.spells[1].lost_on = Some(date(2026, 2, 1));
    life.remunerations[1].last = Some(month("2026-01"));
    hold(
        &life,
        &[
            ("2026-01", [1_289_079, 109_781, 0, 0, 584_540]),
            ("2026-02", [1_302_352, 109_781, 0, 0, 0]),
            ("2026-04", [1_328_129, 111_588, 0, 0, 0]),
        ],
    );
}

/// What is paid is the sum of its parts.
#[test]
fn the_parts_add_up() {
    let employees = at_work_to_2026().married_to_one_born_on(date(1962, 5, 10)).employees("2025-04");
    assert_eq!(employees.payable(), Yen::new(1_269_541 + 104_579 + 415_900 - 574_771));
    assert_eq!((employees.new_level(), employees.guaranteed()), (Yen::new(1_263_214), Yen::new(1_269_541)));
    let mut life = Life::of(date(1960, 6, 15), Sex::Female).cat1(date(1980, 6, 14), date(2020, 6, 14));
    life.contributions[0].additional = true;
    let pension = Life { spouse_addition_moves: true, ..life }.pension("2025-07");
    // 831,700円 + 200円 × 480 + 22,255円.
    assert_eq!(pension.total(), Yen::new(831_700 + 96_000 + 22_255));
    assert_eq!(at_work_to_2026().pension("2025-04").total(), Yen::new(831_700 + 1_269_541 + 104_579 - 574_771));
}

/// 国民年金法28条・附則9条の2: a claim of the month of 65 is neither early nor deferred; an early one is for both pensions.
#[test]
fn a_claim_in_the_month_of_65_is_the_pension_from_65() {
    let of = |basic, employees| at_work_to_2026().claimed(basic, employees);
    let at_65 = of(Some("2025-01"), Some("2025-01")).pension("2025-02");
    assert_eq!((at_65.start.manner, at_65.total()), (Manner::From65, at_work_to_2026().pension("2025-02").total()));
    assert!(matches!(of(Some("2023-05"), Some("2023-06")).asked("2025-02"), Err(LawError::BadInput { .. })));
    assert!(matches!(of(Some("2023-05"), None).asked("2025-02"), Err(LawError::BadInput { .. })));
    // A deferral that is still to come changes nothing of the special pension.
    assert_eq!(yen(&of(None, Some("2026-06")).employees("2024-02")), [1_183_183, 0, 0, 0, 711_592]);
}

/// 厚生年金保険法附則8条: twelve months of the employees' pension, and the kind that was worked in decides the age.
#[test]
fn the_special_pension_asks_for_twelve_months_of_its_kind() {
    let of = |kind, lost_on, last| {
        Life::of(date(1960, 6, 15), Sex::Female)
            .cat1(date(1980, 6, 14), date(2000, 4, 1))
            .job_of(kind, EmployeesClass::Ordinary, date(2000, 4, 1), Some(lost_on))
            .pay_of(kind, "2000-04", Some(last), 200_000)
    };
    let eleven = of(EmployeesKind::First, date(2001, 3, 1), "2001-02");
    assert_eq!((eleven.standing("2022-07"), eleven.pension("2025-07").start.manner), ("not_yet", Manner::From65));
    let twelve = of(EmployeesKind::First, date(2001, 4, 1), "2001-03");
    assert_eq!((twelve.standing("2022-06"), twelve.standing("2022-07")), ("not_yet", "payable"));
    let third = of(EmployeesKind::Third, date(2001, 4, 1), "2001-03");
    assert_eq!(
        (third.standing("2022-07"), third.standing("2024-06"), third.standing("2024-07")),
        ("not_yet", "not_yet", "payable")
    );
    assert_eq!(third.pension("2024-07").start.right_on, date(2024, 6, 14));
}

/// 43条2項・3項: the months to the loss count from the month in which one month has passed; a life without work stands still.
#[test]
fn months_are_counted_to_the_last_revision() {
    let of = |lost_on: Date| {
        let last = Month::of(lost_on).previous().to_string();
        Life::of(date(1960, 1, 15), Sex::Male)
            .cat1(date(1980, 1, 14), date(2005, 9, 1))
            .job(date(2005, 9, 1), Some(lost_on))
            .pay("2005-09", &last, 200_000)
    };
    let counted = |life: &Life, month: &str| life.employees(month).counted_to.to_string();
    // Retired on 31 May: from June. Retired on 1 June: from July.
    let may = of(date(2025, 6, 1));
    assert_eq!((counted(&may, "2025-05"), counted(&may, "2025-06")), ("2024-12".into(), "2025-05".into()));
    let june = of(date(2025, 6, 2));
    assert_eq!((counted(&june, "2025-06"), counted(&june, "2025-07")), ("2024-12".into(), "2025-05".into()));
    assert_eq!(counted(&of(date(2020, 4, 1)), "2026-04"), "2024-12", "no day of work after 65");
}

/// 国民年金法26条ただし書: student months alone give no right, however many; one paid month with them does.
#[test]
fn deferred_months_alone_give_no_right() {
    let of = |paid: bool| {
        let mut life = Life::of(date(1960, 1, 15), Sex::Female).cat1(date(1980, 1, 14), date(2020, 1, 14));
        let span = |first, last, contribution| ContributionSpan {
            first: month(first),
            last: month(last),
            contribution,
            additional: false,
            source: 1,
        };
        life.contributions = vec![span("2000-04", "2010-03", Contribution::Student)];
        if paid {
            life.contributions.push(span("2010-04", "2010-04", Contribution::Paid));
        }
        life.standing("2025-04")
    };
    assert_eq!((of(false), of(true)), ("no_right", "payable"));
}

/// 昭和60年改正法附則59条2項2号: months before April 1961 are none of the basic pension.
#[test]
fn months_of_youth_begin_in_april_1961() {
    let life = Life::of(date(1939, 6, 15), Sex::Male)
        .job(date(1959, 4, 1), Some(date(1962, 4, 1)))
        .pay("1959-04", "1962-03", 20_000);
    let facts = LifeFacts {
        spells: &life.spells,
        remunerations: &life.remunerations,
        ..LifeFacts::unregistered(life.birth_on, life.sex)
    };
    let record = crate::pension_record::life::life(&facts, date(1970, 1, 1)).expect("a record");
    let own = |counted_to| amounts::own_months(&record, EmployeesKind::First, month(counted_to));
    assert_eq!((own("1961-03"), own("1961-04"), own("1970-01")), ((24, 0), (25, 1), (36, 12)));
    assert_eq!(amounts::own_months(&record, EmployeesKind::Third, month("1970-01")), (0, 0));
}

/// 46条1項: insured in the month and the month before; a first month of work stops nothing.
#[test]
fn the_first_month_of_a_job_stops_nothing() {
    let life = Life::of(date(1960, 1, 15), Sex::Male)
        .job(date(1985, 4, 1), Some(date(2020, 4, 1)))
        .pay("1985-04", "2020-03", 500_000)
        .job(date(2025, 5, 10), None)
        .pay_of(EmployeesKind::First, "2025-05", None, 650_000);
    assert_eq!(life.employees("2025-05").stopped, Yen::ZERO);
    let june = life.employees("2025-06");
    let expected = (june.proportional().get() + 12 * 650_000 - 12 * 510_000 + 1) / 2;
    assert_eq!(june.stopped, Yen::new(expected.min(june.proportional().get())));
}

/// 附則7条の3・13条の4: reduced by the months before the claim alone (施行令8条の2の3); 13条の4第5項・第6項: more months at 64
/// and 65. 46条1項ただし書: whoever is wholly stopped has no addition.
#[test]
fn an_early_claim_at_work_is_reduced_for_what_was_earned_before_it() {
    let life = Life::of(date(1960, 1, 15), Sex::Male)
        .cat1(date(1980, 1, 14), date(1995, 4, 1))
        .job(date(1995, 4, 1), None)
        .pay("1995-04", "2003-03", 300_000)
        .pay_of(EmployeesKind::First, "2003-04", None, 650_000)
        .married_to_one_born_on(date(1962, 5, 10))
        .claimed(Some("2022-05"), Some("2022-05"));
    assert_eq!(life.standing("2022-05"), "not_yet");
    hold(
        &life,
        &[
            // To 2022-04. 20 months to 64: 10%; 32 months to 65: 16% of 経過的加算.
            ("2024-01", [1_010_579, 46_619, -108_517, 0, 909_521]),
            // 64 attained: to 2023-12, the reduction stays that of the claim.
            ("2024-02", [1_078_469, 79_759, -108_517, 0, 977_411]),
            ("2025-01", [1_107_185, 81_945, -111_417, 0, 1_003_436]),
            // 65 attained: to 2024-12. Wholly stopped: no addition.
            ("2025-02", [1_147_448, 102_357, -111_417, 0, 1_043_699]),
            ("2025-04", [1_169_493, 104_424, -113_572, 0, 1_063_751]),
            ("2025-10", [1_196_266, 118_296, -113_572, 0, 1_090_524]),
            // 支給停止調整額 650,000円: only a part is stopped, so the addition is paid.
            ("2026-04", [1_219_943, 120_323, -115_784, 423_700, 556_054]),
        ],
    );
}

/// 附則7条の3第6項: the addition of an early claim begins with the month after 65.
#[test]
fn the_addition_of_an_early_claim_begins_at_65() {
    let life = Life::of(date(1960, 1, 15), Sex::Male)
        .job(date(1985, 4, 1), Some(date(2020, 4, 1)))
        .pay("1985-04", "2020-03", 300_000)
        .married_to_one_born_on(date(1962, 5, 10))
        .claimed(Some("2022-05"), Some("2022-05"));
    let addition = |month| life.employees(month).addition.get();
    assert_eq!((addition("2024-12"), addition("2025-01"), addition("2025-02")), (0, 0, 408_100));
}

/// Without a special start age one rate for both parts, one rounding; with one (a woman of 第1号: 63) a rate for each part.
#[test]
fn an_early_claim_with_and_without_a_special_start_age() {
    let of = |sex| {
        Life::of(date(1963, 5, 10), sex)
            .cat1(date(1983, 5, 9), date(1990, 4, 1))
            .job(date(1990, 4, 1), Some(date(2020, 4, 1)))
            .pay("1990-04", "2003-03", 240_000)
            .pay("2003-04", "2020-03", 280_000)
            .cat1(date(2020, 4, 1), date(2023, 5, 9))
            .claimed(Some("2025-06"), Some("2025-06"))
    };
    // 35 months × 0.4%: 14% of 615,750 + 465 = 86,270.1; to 63 eleven months: 4.4% = 27,093, 14% of 465 = 65.1.
    hold(&of(Sex::Male), &[("2025-07", [615_750, 465, -86_270, 0, 0]), ("2026-04", [627_937, 285, -87_951, 0, 0])]);
    hold(&of(Sex::Female), &[("2025-07", [615_750, 465, -27_158, 0, 0]), ("2026-04", [627_937, 285, -27_669, 0, 0])]);
    let basic = of(Sex::Male).pension("2025-07").basic.expect("claimed together");
    assert_eq!((basic.unadjusted, basic.annual), (Yen::new(831_700), Yen::new(715_262)));
}

/// 44条の3第4項・施行令3条の5の2: 27.3% of what was earned before 65, as far as work did not stop it in the 39 months.
#[test]
fn a_deferral_at_work_increases_what_was_earned_before_65() {
    let life = Life::of(date(1957, 8, 20), Sex::Male)
        .cat1(date(1977, 8, 19), date(1995, 4, 1))
        .job(date(1995, 4, 1), Some(date(2024, 4, 1)))
        .pay("1995-04", "2003-03", 300_000)
        .pay("2003-04", "2024-03", 440_000)
        .claimed(None, Some("2025-11"));
    let waiting = life.pension("2025-11");
    assert_eq!((waiting.employees, waiting.basic.map(|part| part.annual)), (None, Some(Yen::new(831_700))));
    hold(&life, &[("2025-12", [842_255, 139_066, 222_274, 0, 0]), ("2026-04", [858_926, 141_492, 226_597, 0, 0])]);
}

/// 第1号 begins at 62 (a woman born 1960-06-15), 第3号 as for men at 64; from 65 each kind has its own 経過的加算.
#[test]
fn each_kind_begins_at_its_own_age() {
    let life = Life::of(date(1960, 6, 15), Sex::Female)
        .job(date(1985, 4, 1), Some(date(1995, 4, 1)))
        .job_of(EmployeesKind::Third, EmployeesClass::Ordinary, date(1995, 4, 1), Some(date(2010, 4, 1)))
        .pay("1985-04", "1995-03", 200_000)
        .pay_of(EmployeesKind::Third, "1995-04", Some("2010-03"), 300_000);
    assert_eq!(life.standing("2022-06"), "not_yet");
    assert_eq!(life.pension("2022-07").start.right_on, date(2022, 6, 14));
    let kinds = |month| -> Vec<(EmployeesKind, i64)> {
        life.employees(month).kinds.iter().map(|part| (part.kind, part.proportional.get())).collect()
    };
    assert_eq!(kinds("2024-06"), [(EmployeesKind::First, 209_449)]);
    assert_eq!(kinds("2024-07"), [(EmployeesKind::First, 209_449), (EmployeesKind::Third, 355_793)]);
    hold(&life, &[("2025-06", [213_419 + 362_628, 0, 0, 0, 0]), ("2025-07", [213_419 + 362_628, 155 + 232, 0, 0, 0])]);
}

/// 44条1項: 240 months reached by 在職定時改定 bring the addition from October (232 at 65, 240 by August).
#[test]
fn two_hundred_and_forty_months_reached_after_65_bring_the_addition() {
    let life = || {
        Life::of(date(1960, 1, 15), Sex::Male)
            .cat1(date(1980, 1, 14), date(2005, 9, 1))
            .job(date(2005, 9, 1), None)
            .pay_of(EmployeesKind::First, "2005-09", None, 200_000)
    };
    hold(
        &life().married_to_one_born_on(date(1962, 5, 10)),
        &[
            ("2025-02", [254_483, 102_232, 0, 0, 0]),
            ("2025-09", [259_372, 104_262, 0, 0, 0]),
            ("2025-10", [267_610, 118_134, 0, 415_900, 0]),
            ("2026-04", [272_906, 120_224, 0, 423_700, 0]),
        ],
    );
    // 65 before the base day of the addition (30 September): none; the day after it: one month of it.
    let to_65 = |birth| life().married_to_one_born_on(birth).employees("2025-10").addition;
    assert_eq!((to_65(date(1960, 10, 1)), to_65(date(1960, 10, 2))), (Yen::ZERO, Yen::new(415_900)));
    // Three children under 18: 239,300円 twice and 79,800円.
    let child = |year| Child { birth: date(year, 6, 1), dependent: true, disabled: false, ended_on: None };
    let family = Life { children: vec![child(2010), child(2012), child(2014)], ..life() };
    assert_eq!(family.employees("2025-10").addition, Yen::new(558_400));
    assert_eq!(family.employees("2025-09").addition, Yen::ZERO);
}

/// 昭和60年改正法附則14条: from the month after 65, 239,300円 × 0.093; with 240 months of one's own none.
#[test]
fn the_addition_of_the_spouse_moves_at_65() {
    let life = Life::of(date(1960, 6, 15), Sex::Female).cat1(date(1980, 6, 14), date(2020, 6, 14));
    let moved = Life { spouse_addition_moves: true, ..life };
    assert_eq!(moved.standing("2025-06"), "not_yet");
    assert_eq!(moved.pension("2025-07").basic.expect("from 65").furikae, Yen::new(22_255));
    let unmoved = Life { spouse_addition_moves: false, ..moved };
    assert_eq!(unmoved.pension("2025-07").basic.expect("from 65").furikae, Yen::ZERO);
    let early = Life { spouse_addition_moves: true, ..unmoved }.claimed(Some("2022-05"), Some("2022-05"));
    assert_eq!(early.pension("2025-06").basic.expect("claimed").furikae, Yen::ZERO, "not before 65");
    assert_eq!(early.pension("2025-07").basic.expect("claimed").furikae, Yen::new(22_255));
    let own = |months: &str, lost_on| {
        let life = Life::of(date(1960, 6, 15), Sex::Female)
            .job(date(1990, 4, 1), Some(lost_on))
            .pay("1990-04", months, 200_000);
        Life { spouse_addition_moves: true, ..life }.pension("2025-07").basic.expect("from 65").furikae
    };
    assert_eq!(own("2010-02", date(2010, 3, 1)), Yen::new(22_255), "239 months");
    assert_eq!(own("2010-03", date(2010, 4, 1)), Yen::ZERO, "240 months");
}

/// 離婚時みなし被保険者期間 counts for the amount of 第1号 alone (厚生年金保険法78条の11), not for 経過的加算.
#[test]
fn deemed_months_count_for_the_amount() {
    let mut life = Life::of(date(1960, 1, 15), Sex::Female).cat1(date(1980, 1, 14), date(2020, 1, 14));
    let basis = RemunerationBasis::DeemedBySplit;
    let (first, last) = (month("2003-04"), Some(month("2004-03")));
    let kind = EmployeesKind::First;
    life.remunerations.push(RemunerationSpan { first, last, kind, standard_yen: 200_000, basis, source: 5 });
    // 200,000円 × 1.040, 5.481 ÷ 1,000 × 12.
    hold(&life, &[("2025-04", [13_681, 0, 0, 0, 0])]);
}

/// 第3種 to March 1991 weighs more and is not computed; from April 1991 it is a month like any other.
#[test]
fn miners_and_seamen_before_april_1991_are_left_to_a_person() {
    let of = |acquired_on: Date| {
        let first = Month::of(acquired_on).to_string();
        Life::of(date(1960, 1, 15), Sex::Male)
            .cat1(date(1980, 1, 14), acquired_on)
            .job_of(EmployeesKind::First, EmployeesClass::MinerOrSeaman, acquired_on, Some(date(2001, 4, 1)))
            .pay(&first, "2001-03", 300_000)
    };
    assert!(matches!(of(date(1991, 3, 1)).asked("2025-04"), Err(LawError::CannotDecide { .. })));
    assert_eq!(of(date(1991, 4, 1)).standing("2025-04"), "payable");
}

/// 国民年金法26条 (平成24年法律63号): ten years suffice from 2017-08-01, paid from September; with 25 years the right is that of 65.
#[test]
fn the_shortened_period_begins_on_1_august_2017() {
    let of = |lost_on| Life::of(date(1950, 1, 15), Sex::Female).cat1(date(1970, 1, 14), lost_on);
    let ten = of(date(1980, 1, 14));
    assert_eq!(
        (ten.standing("2017-07"), ten.standing("2017-08"), ten.standing("2017-09")),
        ("not_yet", "not_yet", "payable")
    );
    assert_eq!(ten.pension("2017-09").start.right_on, date(2017, 8, 1));
    assert_eq!(of(date(1995, 1, 14)).pension("2017-07").start.right_on, date(2015, 1, 14));
}
