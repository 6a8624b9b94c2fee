use domain::age::attained_on;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::pension_record::life::{
    BonusMonth, Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind,
    RemunerationBasis, RemunerationSpan, Sex, counted_months,
};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// One after the other from 20 on: what somebody does, for how many months, from which day of the month.
#[derive(Clone, Debug)]
pub(super) struct Phase {
    what: What,
    months: i32,
    day: i8,
    standard_yen: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Paid,
    Exempt,
    Nothing,
    Job(EmployeesKind),
}

/// An invented life, its household and its claim.
#[derive(Clone, Debug)]
pub(super) struct Invented {
    pub birth_on: Date,
    pub sex: Sex,
    pub died_on: Option<Date>,
    pub phases: Vec<Phase>,
    pub household: Vec<Member>,
    pub claim: Claim,
    pub until: Month,
}

/// The same as rows of the registers.
#[derive(Clone, Debug, Default)]
pub(super) struct Registers {
    spells: Vec<CategorySpell>,
    contributions: Vec<ContributionSpan>,
    remunerations: Vec<RemunerationSpan>,
    bonuses: Vec<BonusMonth>,
}

impl Registers {
    pub(super) fn of(life: &Invented) -> Registers {
        let mut registers = Registers::default();
        let (sixty_on, seventy_on) = (attained_on(life.birth_on, 60), attained_on(life.birth_on, 70));
        let mut from = attained_on(life.birth_on, 20);
        for (phase, source) in life.phases.iter().zip(1..) {
            let end = Month::of(from).plus(phase.months);
            let until = Date::new(end.year(), end.month(), phase.day).expect("days to 28 are in every month");
            let until = if life.died_on.is_some_and(|died| died < until) {
                life.died_on.and_then(|died| died.tomorrow().ok()).expect("a day")
            } else {
                until
            };
            let (from_on, cap) = (from, if matches!(phase.what, What::Job(_)) { seventy_on } else { sixty_on });
            from = until;
            registers.add(phase, from_on, until.min(cap), source);
            if life.died_on.is_some_and(|died| died < until) {
                break;
            }
        }
        registers
    }

    fn add(&mut self, phase: &Phase, from: Date, until: Date, source: u64) {
        let Some((first, last)) = counted_months(from, Some(until), Month::of(until)).filter(|_| from < until) else {
            return;
        };
        let contribution = match phase.what {
            What::Nothing => return,
            What::Paid => Some((Contribution::Paid, Category::Cat1)),
            What::Exempt => Some((Contribution::FullExempt, Category::Cat1)),
            What::Job(_) => None,
        };
        let spell = |category| CategorySpell { category, acquired_on: from, lost_on: Some(until), source };
        if let Some((contribution, category)) = contribution {
            // Acquired and lost in a month that somebody else owns: nothing to pay.
            if Month::of(from) < Month::of(until) {
                self.spells.push(spell(category));
                self.contributions.push(ContributionSpan {
                    first,
                    last,
                    contribution,
                    additional: source.is_multiple_of(2),
                    source,
                });
            }
            return;
        }
        let What::Job(kind) = phase.what else { return };
        if Month::of(from) == Month::of(until) {
            return;
        }
        self.spells.push(spell(Category::Cat2 { kind, class: EmployeesClass::Ordinary }));
        let (middle, basis) = (first.plus(last.months_since(first) / 2), RemunerationBasis::Own);
        let span =
            |first, last, standard_yen| RemunerationSpan { first, last: Some(last), kind, standard_yen, basis, source };
        self.remunerations.push(span(first, middle, phase.standard_yen));
        if middle < last {
            self.remunerations.push(span(middle.next(), last, phase.standard_yen + 60_000));
        }
        let paid = first.through(last).filter(|month| *month >= month_2003() && month.month() % 6 == 0);
        self.bonuses.extend(paid.map(|month| BonusMonth { month, kind, bonus_yen: 400_000, source }));
    }

    pub(super) fn facts(&self, life: &Invented) -> LifeFacts<'_> {
        LifeFacts {
            died_on: life.died_on,
            spells: &self.spells,
            contributions: &self.contributions,
            remunerations: &self.remunerations,
            bonuses: &self.bonuses,
            ..LifeFacts::unregistered(life.birth_on, life.sex)
        }
    }
}

fn month_2003() -> Month {
    month("2003-04")
}

fn kinds() -> impl Strategy<Value = What> {
    prop_oneof![
        3 => Just(What::Paid),
        1 => Just(What::Exempt),
        1 => Just(What::Nothing),
        6 => Just(What::Job(EmployeesKind::First)),
        1 => Just(What::Job(EmployeesKind::Third)),
    ]
}

fn phases() -> impl Strategy<Value = Vec<Phase>> {
    let phase = (kinds(), 1..150_i32, 1..=28_i8, 98_000..700_000_u32);
    let phase = phase.prop_map(|(what, months, day, standard_yen)| Phase { what, months, day, standard_yen });
    prop::collection::vec(phase, 4..14)
}

pub(super) fn days(from: i16, to: i16) -> impl Strategy<Value = Date> {
    (from..=to, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
}

fn members() -> impl Strategy<Value = Vec<Member>> {
    let spouse = (
        days(1955, 1968),
        days(1980, 2024),
        prop::option::weighted(0.2, days(2018, 2026)),
        prop::option::weighted(0.3, days(2018, 2026)),
    );
    let spouse = spouse.prop_map(|(birth, from, until, own_old_age_from)| Member {
        relation: Relation::Spouse,
        birth,
        dependent: true,
        disabled: false,
        own_old_age_from,
        from,
        until: until.filter(|until| *until > from),
    });
    let child = (days(1998, 2024), any::<bool>()).prop_map(|(birth, disabled)| Member {
        relation: Relation::Child,
        birth,
        dependent: true,
        disabled,
        own_old_age_from: None,
        from: birth,
        until: None,
    });
    (prop::option::of(spouse), prop::collection::vec(child, 0..2))
        .prop_map(|(spouse, children)| spouse.into_iter().chain(children).collect())
}

pub(super) fn lives() -> impl Strategy<Value = Invented> {
    let sex = prop_oneof![Just(Sex::Male), Just(Sex::Female)];
    let claim = (0..6_u8, 1..110_i32, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let died_on = prop::option::weighted(0.15, days(2020, 2026));
    (days(1952, 1965), sex, died_on, phases(), members(), claim, 0..57_i32).prop_map(
        |(
            birth_on,
            sex,
            died_on,
            phases,
            household,
            (manner, place, basic_waits, employees_waits, moves, before),
            until,
        )| {
            let at_65 = Month::of(attained_on(birth_on, 65));
            let months = match manner {
                0 => Claims { basic: Some(at_65.plus(-1 - place % 59)), employees: Some(at_65.plus(-1 - place % 59)) },
                1 => Claims { basic: Some(at_65.plus(12 + place)), employees: None },
                2 => Claims { basic: Some(at_65.plus(13 + place)), employees: Some(at_65.plus(12 + place)) },
                _ => Claims::default(),
            };
            let waits = manner == 3;
            let claim = Claim {
                months,
                basic_waits: waits && basic_waits,
                employees_waits: waits && employees_waits,
                spouse_addition_moves: moves,
                paid_through: before.then(|| month("2023-03")),
            };
            Invented { birth_on, sex, died_on, phases, household, claim, until: month("2022-04").plus(until) }
        },
    )
}

fn decided(life: &Invented, registers: &Registers, trace: &mut Trace) -> Adjudicated {
    let facts = registers.facts(life);
    let asked = Asked {
        facts: &facts,
        claim: Some(life.claim),
        others: Others::default(),
        household: &life.household,
        until: life.until,
    };
    award(&asked, &mut RateShelf::new(), trace)
}

/// The same, every month by itself.
fn month_by_month(life: &Invented, registers: &Registers, shelf: &mut RateShelf) -> Result<Vec<Run>, LawError> {
    let facts = registers.facts(life);
    let asked = Asked {
        facts: &facts,
        claim: Some(life.claim),
        others: Others::default(),
        household: &life.household,
        until: life.until,
    };
    let (household, last) = (Household::of(&asked), last_month(&asked));
    let record = crate::pension_record::life::life(&facts, last.last_day())?;
    let mut runs = Runs::default();
    let waits = if has_died(&asked) { Claim::default() } else { life.claim };
    for month in first_month(&life.claim, &record).through(last) {
        match ask(&asked, (&household, &mut Readings::new()), month, shelf, &mut Trace::untold()) {
            Ok(OldAge::Payable(pension)) => runs.go_on(month, Components::of(&pension, rights_of(&pension, &waits))),
            Ok(_) => runs.go_on(month, None),
            Err(error) if was_paid_before(life.claim.paid_through, month, &error) => runs = Runs::default(),
            Err(error) => return Err(error),
        }
    }
    Ok(runs.end(has_died(&asked).then(|| last.next())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn months_that_are_not_computed_would_come_out_as_the_month_before(life in lives()) {
        let registers = Registers::of(&life);
        let shelf = &mut RateShelf::new();
        let told = decided(&life, &registers, &mut Trace::untold()).verdict;
        match (told, month_by_month(&life, &registers, shelf)) {
            (Ok(award), Ok(runs)) => prop_assert_eq!(award.runs, runs),
            (Err(Held::Contradictions(_)), _) | (Err(Held::Law(_)), Err(_)) => {}
            (told, all) => prop_assert!(false, "{:?} but {:?}", told, all),
        }
    }

    /// Between the month asked about and the one to look again from nothing changes.
    #[test]
    fn nothing_changes_before_the_month_to_look_again(life in lives()) {
        let registers = Registers::of(&life);
        let Ok(award) = decided(&life, &registers, &mut Trace::untold()).verdict else { return Ok(()) };
        let before = award.look_again_from.map_or(life.until.plus(8), Month::previous);
        if life.died_on.is_some_and(|died_on| Month::of(died_on) > life.until) {
            return Ok(());
        }
        let later = Invented { until: before, ..life.clone() };
        if let Ok(again) = decided(&later, &registers, &mut Trace::untold()).verdict {
            prop_assert_eq!(again.runs, award.runs);
        }
    }

    /// One more paid month never lowers the pension, in no month.
    #[test]
    fn one_more_paid_month_never_lowers_an_award(months in 130_i32..479, additional in any::<bool>()) {
        let of = |months: i32| {
            let last = month("1980-01").plus(months - 1);
            let contributions =
                [ContributionSpan { first: month("1980-01"), last, contribution: Contribution::Paid, additional, source: 2 }];
            let spells = [CategorySpell {
                category: Category::Cat1,
                acquired_on: date(1980, 1, 14),
                lost_on: Some(date(2020, 1, 14)),
                source: 1,
            }];
            let facts = LifeFacts {
                spells: &spells,
                contributions: &contributions,
                ..LifeFacts::unregistered(date(1960, 1, 15), Sex::Female)
            };
            let asked = Asked { facts: &facts, claim: Some(Claim::default()), others: Others::default(), household: &[], until: month("2026-07") };
            award(&asked, &mut RateShelf::new(), &mut Trace::untold()).verdict.expect("decided").runs
        };
        let (fewer, more) = (of(months), of(months + 1));
        prop_assert_eq!(fewer.len(), more.len());
        for (fewer, more) in fewer.iter().zip(&more) {
            prop_assert!(fewer.components.basic_total() < more.components.basic_total());
        }
    }

    /// A correction taken back gives the awards of before: nothing is left in shelf or room.
    #[test]
    fn a_correction_and_its_reversal_give_the_same(life in lives(), other in lives()) {
        let (registers, shelf) = (Registers::of(&life), &mut RateShelf::new());
        let mut ask_again = |life: &Invented, registers: &Registers| {
            let facts = registers.facts(life);
            let asked = Asked { facts: &facts, claim: Some(life.claim), others: Others::default(), household: &life.household, until: life.until };
            award(&asked, shelf, &mut Trace::untold()).verdict
        };
        let first = ask_again(&life, &registers);
        ask_again(&other, &Registers::of(&other)).ok();
        prop_assert_eq!(ask_again(&life, &registers), first);
    }

    #[test]
    fn untold_and_with_another_shelf_it_comes_out_the_same(life in lives()) {
        let registers = Registers::of(&life);
        let told = decided(&life, &registers, &mut Trace::new());
        let untold = decided(&life, &registers, &mut Trace::untold());
        prop_assert_eq!(told.verdict, untold.verdict);
        prop_assert_eq!(told.record, untold.record);
    }
}

/// Lives per second of one thread, by `cargo test --release -p law adjudication::award -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn lives_per_second() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let lives: Vec<Invented> = (0..2_000).map(|_| lives().new_tree(&mut runner).expect("a life").current()).collect();
    let registers: Vec<Registers> = lives.iter().map(Registers::of).collect();
    for (name, tells) in [("untold", false), ("told", true)] {
        let (began, mut shelf, mut runs) = (std::time::Instant::now(), RateShelf::new(), 0);
        for (life, registers) in lives.iter().zip(&registers) {
            let facts = registers.facts(life);
            let asked = Asked {
                facts: &facts,
                claim: Some(life.claim),
                others: Others::default(),
                household: &life.household,
                until: life.until,
            };
            let mut trace = if tells { Trace::new() } else { Trace::untold() };
            runs += award(&asked, &mut shelf, &mut trace).verdict.map_or(0, |award| award.runs.len());
        }
        let spent = began.elapsed();
        println!("{name}: {} lives, {runs} runs, {spent:?}, {:?} each", lives.len(), spent / 2_000);
    }
}

/// 国民年金法26条: ten years are full with January 2024, long after 65; the run begins in the month after the right.
#[test]
fn a_run_begins_where_a_late_right_comes() {
    let category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
    let job = |lost_on| [CategorySpell { category, acquired_on: date(2014, 2, 1), lost_on, source: 1 }];
    let wages = [RemunerationSpan {
        first: month("2014-02"),
        last: None,
        kind: EmployeesKind::First,
        standard_yen: 300_000,
        basis: RemunerationBasis::Own,
        source: 2,
    }];
    let decided = |spells: &[CategorySpell], until: &str| {
        let born = LifeFacts::unregistered(date(1957, 6, 15), Sex::Male);
        let facts = LifeFacts { spells, remunerations: &wages, ..born };
        let claim = Some(Claim::default());
        let asked = Asked { facts: &facts, claim, others: Others::default(), household: &[], until: month(until) };
        award(&asked, &mut RateShelf::new(), &mut Trace::untold()).verdict.expect("decided")
    };
    let early = decided(&job(None), "2023-10");
    assert_eq!((early.standing, early.look_again_from), (Standing::NoRight, Some(month("2024-02"))));
    let late = decided(&job(None), "2024-06");
    assert_eq!((late.standing, late.runs[0].from), (Standing::Payable, month("2024-03")));
    assert_eq!(late.start.map(|start| start.right_on), Some(date(2024, 2, 1)));
}

/// 国民年金法19条3項: of somebody who waited and died the months from 65 to the death are there to be claimed.
#[test]
fn nothing_waits_after_a_death() {
    let spells = [CategorySpell {
        category: Category::Cat1,
        acquired_on: date(1977, 5, 9),
        lost_on: Some(date(2017, 5, 9)),
        source: 1,
    }];
    let contributions = [ContributionSpan {
        first: month("1977-05"),
        last: month("2017-04"),
        contribution: Contribution::Paid,
        additional: false,
        source: 2,
    }];
    let decided = |died_on| {
        let born = LifeFacts::unregistered(date(1957, 5, 10), Sex::Female);
        let facts = LifeFacts { died_on, spells: &spells, contributions: &contributions, ..born };
        let claim = Some(Claim { basic_waits: true, employees_waits: true, ..Claim::default() });
        let asked = Asked { facts: &facts, claim, others: Others::default(), household: &[], until: month("2025-10") };
        award(&asked, &mut RateShelf::new(), &mut Trace::untold()).verdict.expect("decided")
    };
    assert!(decided(None).runs.is_empty());
    let runs = decided(Some(date(2025, 8, 20))).runs;
    assert_eq!((runs[0].from, runs.last().and_then(|run| run.until)), (month("2022-06"), Some(month("2025-09"))));
    assert_eq!(runs.last().map(|run| run.components.basic), Some(Yen::new(831_700)));
}
