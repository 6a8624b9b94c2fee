//! 標準報酬改定請求書: what is refused, and what the two registers hold afterwards.

use domain::life::register::{Entry, Register};
use domain::life::{
    Category, EmployeesClass, EmployeesKind, LifeRows, RemunerationBasis, RemunerationSpan, Sex, SplitKind,
    SplitStandard,
};
use domain::nenkin::{Insured, PersonName};
use domain::person_paper::{PensionSplit, PersonContent, PersonFiling};
use jiff::civil::{Date, date};

use super::*;
use crate::pension_record::life::Marks;

const TODAY: Date = date(2026, 10, 15);
const HUSBAND: Date = date(1970, 5, 10);
const WIFE: Date = date(1972, 8, 20);

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Insured from 1992-04 at 300,000円, and nobody's dependant.
fn husband() -> Register {
    let mut register = wife();
    (register.person_id, register.spells) = (1, Vec::new());
    let mut life = LifeRows::unregistered(1, HUSBAND, Sex::Male);
    let (kind, basis, class) = (EmployeesKind::First, RemunerationBasis::Own, EmployeesClass::Ordinary);
    life.remunerations = vec![RemunerationSpan {
        first: month("1992-04"),
        last: Some(month("2026-03")),
        kind,
        standard_yen: 300_000,
        basis,
        source: 1,
    }];
    register.spells.push(entry(1, Category::Cat2 { kind, class }, date(1992, 4, 1), date(2026, 4, 1)));
    register.life = Some(life);
    register
}

/// 第3号 from 2000-04 to the divorce.
fn wife() -> Register {
    Register {
        life: Some(LifeRows::unregistered(2, WIFE, Sex::Female)),
        spells: vec![entry(2, Category::Cat3, date(2000, 4, 1), date(2026, 3, 20))],
        ..Register::empty(2)
    }
}

fn entry(person_id: i64, category: Category, from: Date, until: Date) -> Entry<domain::life::register::SpellIs> {
    let is = domain::life::register::SpellIs { category, acquired_on: from, lost_on: Some(until) };
    let cause = domain::life::register::Cause { filing_id: None, reason: "移行".to_owned() };
    Entry { person_id, record_id: person_id, is, cause }
}

fn asked(kind: SplitKind, share: Option<&str>) -> PensionSplit {
    PensionSplit {
        filed_on: date(2026, 9, 1),
        kind,
        other_number: "1234-567891".parse().expect("a number"),
        married_on: date(2000, 4, 3),
        divorced_on: date(2026, 3, 20),
        share: share.map(|share| share.parse().expect("a share")),
        court_asked_on: None,
        court_decided_on: None,
    }
}

fn filed(asked: PensionSplit, own: &mut Register, other: Option<&mut Register>) -> Result<Applied, Unfit> {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾐﾎﾝ ﾋﾄ", None),
        born_on: own.life.as_ref().expect("a life").birth_on,
        my_number: None,
        basic_pension_number: None,
    };
    let filing = PersonFiling { insured, content: PersonContent::PensionSplit(asked), note: None };
    let circumstances = Circumstances::of(TODAY, 5);
    apply_with(&filing, (own, other), &circumstances, &mut Trace::new())
}

fn run(first: &str, last: &str, before_yen: u32, after_yen: u32) -> SplitStandard {
    SplitStandard { first: month(first), last: month(last), before_yen, after_yen }
}

/// 3号分割: 2008-04 to 2026-02, half each; both rows name the other and the filing.
#[test]
fn one_filing_writes_into_both_registers() {
    let (mut own, mut other) = (wife(), husband());
    let told = filed(asked(SplitKind::Cat3, None), &mut own, Some(&mut other)).expect("it fits");
    assert!(told.remarks[0].contains("障害厚生年金"), "{told:?}");
    let (hers, his) = (&own.splits[0], &other.splits[0]);
    assert_eq!((hers.person_id, hers.is.other_person_id, hers.is.gives), (2, 1, false));
    assert_eq!((his.person_id, his.is.other_person_id, his.is.gives), (1, 2, true));
    assert_eq!(hers.is.standards, [run("2008-04", "2026-02", 0, 150_000)]);
    assert_eq!(his.is.standards, [run("2008-04", "2026-02", 300_000, 150_000)]);
    assert_eq!((hers.cause.filing_id, his.cause.filing_id, hers.is.cause_filing_id), (Some(5), Some(5), Some(5)));
    assert!(hers.record_id != his.record_id);
    assert_eq!((hers.is.claimed_on, hers.is.effective()), (date(2026, 9, 1), month("2026-10")));
    // Asked again, or for an overlapping marriage, it is refused; an agreed share may follow.
    let again = filed(asked(SplitKind::Cat3, None), &mut own, Some(&mut other)).expect_err("split already");
    assert_eq!((again.about, again.code), ("married_on", "already_split"));
    filed(asked(SplitKind::Agreed, Some("1/2")), &mut own, Some(&mut other)).expect("it fits");
    // 2000-04 to 2008-03 were his alone: what comes out is one half of all, though the rates differ by month.
    let after = &own.splits[1].is;
    assert_eq!(after.standards[0].before_yen, 0);
    assert_eq!((after.standards[1].before_yen, after.standards[1].first), (150_000, month("2008-04")));
    let sum = |place: usize| after.standards[place].after_yen + other.splits[1].is.standards[place].after_yen;
    assert_eq!((sum(0), sum(1)), (300_000, 300_000));
    let third = filed(asked(SplitKind::Agreed, Some("0.4")), &mut own, Some(&mut other)).expect_err("split already");
    assert_eq!(third.code, "already_split");
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    let agreed = || asked(SplitKind::Agreed, Some("0.5"));
    let refused = |asked: PensionSplit| {
        let (mut own, mut other) = (wife(), husband());
        let why = filed(asked, &mut own, Some(&mut other)).expect_err("refused");
        assert!(own.splits.is_empty() && other.splits.is_empty());
        (why.about, why.code)
    };
    let day = date;
    // Two years from 2026-03-21; for divorces from 2026-04-01 five.
    let late = PensionSplit { divorced_on: day(2024, 10, 13), filed_on: day(2026, 10, 14), ..agreed() };
    assert_eq!(refused(late.clone()), ("filed_on", "deadline_past"));
    let court = PensionSplit {
        court_asked_on: Some(day(2026, 10, 13)),
        court_decided_on: Some(day(2026, 10, 14)),
        ..late.clone()
    };
    assert_ne!(refused_or_not(court), Some("deadline_past"));
    assert_eq!(refused_or_not(PensionSplit { filed_on: day(2026, 10, 13), ..late }), None);
    assert_eq!(refused(PensionSplit { filed_on: day(2026, 3, 19), ..agreed() }), ("filed_on", "before_divorce"));
    assert_eq!(refused(PensionSplit { married_on: day(2026, 3, 21), ..agreed() }), ("divorced_on", "before_marriage"));
    assert_eq!(refused(PensionSplit { married_on: day(2026, 3, 2), ..agreed() }), ("married_on", "no_months"));
    assert_eq!(refused(asked(SplitKind::Agreed, None)), ("share", "share_missing"));
    assert_eq!(refused(asked(SplitKind::Cat3, Some("0.5"))), ("share", "share_not_used"));
    assert_eq!(refused(asked(SplitKind::Agreed, Some("0.50001"))), ("share", "share_over_half"));
    assert_eq!(refused(asked(SplitKind::Agreed, Some("0.1"))), ("share", "share_not_above"));
    let (mut own, mut same) = (wife(), wife());
    let code = |refused: Result<Applied, Unfit>| refused.expect_err("refused").code;
    assert_eq!(code(filed(agreed(), &mut own, Some(&mut same))), "same_person");
    assert_eq!(code(filed(agreed(), &mut own, None)), "other_unknown");
    assert_eq!(code(filed(agreed(), &mut own, Some(&mut Register::empty(9)))), "other_unknown");
    let mut never = Register { person_id: 3, ..wife() };
    assert_eq!(code(filed(agreed(), &mut own, Some(&mut never))), "no_employees_months");
    assert_eq!(code(filed(asked(SplitKind::Cat3, None), &mut husband(), Some(&mut wife()))), "no_cat3_months");
    let mut held = husband();
    held.spells.push(entry(1, Category::Cat1, date(2010, 4, 1), date(2011, 4, 1)));
    assert_eq!(code(filed(agreed(), &mut own, Some(&mut held))), "record_contradicts");
    let mut public = husband();
    let life = public.life.as_mut().expect("a life");
    life.remunerations[0].kind = EmployeesKind::Third;
    let (kind, class) = (EmployeesKind::Third, EmployeesClass::Ordinary);
    public.spells[0].is.category = Category::Cat2 { kind, class };
    assert_eq!(code(filed(agreed(), &mut own, Some(&mut public))), "other_kind");
}

fn refused_or_not(asked: PensionSplit) -> Option<&'static str> {
    filed(asked, &mut wife(), Some(&mut husband())).err().map(|why| why.code)
}

/// 施行令3条の12の7: within a month of the other's death the claim counts as made the day before it.
#[test]
fn after_a_death_the_claim_counts_as_made_the_day_before() {
    let dead_on = |died_on: Date| {
        let mut other = husband();
        let cause = domain::life::register::Cause { filing_id: None, reason: "死亡届".to_owned() };
        other.deaths.push(Entry { person_id: 1, record_id: 0, is: died_on, cause });
        other
    };
    let mut own = wife();
    filed(asked(SplitKind::Agreed, Some("0.5")), &mut own, Some(&mut dead_on(date(2026, 8, 10)))).expect("in time");
    assert_eq!(own.splits[0].is.claimed_on, date(2026, 8, 9));
    let late = filed(asked(SplitKind::Agreed, Some("0.5")), &mut wife(), Some(&mut dead_on(date(2026, 7, 31))));
    assert_eq!(late.expect_err("too late").code, "deadline_past");
}

/// What the months hold from the month after the claim on, and before it; deemed months count for no qualification.
#[test]
fn the_life_holds_the_split_from_the_month_after_the_claim() {
    let (mut own, mut other) = (wife(), husband());
    filed(asked(SplitKind::Cat3, None), &mut own, Some(&mut other)).expect("it fits");
    let rows = own.life_rows().expect("a life");
    let at = |on: Date| {
        let record = life(&rows.facts(), on).expect("a life");
        let place = usize::try_from(month("2010-04").months_since(record.first())).expect("in the row");
        let of = record.month(month("2010-04")).expect("in the row");
        (record.standards_yen()[place], of.marks.has(Marks::DEEMED), *record.counts())
    };
    let (before, after) = (at(date(2026, 9, 30)), at(date(2026, 10, 31)));
    assert_eq!((before.0, before.1, before.2.deemed.total()), (0, false, 0));
    assert_eq!((after.0, after.1, after.2.deemed.total()), (150_000, true, 215));
    assert_eq!((after.2.qualifying(), after.2.employees_total()), (before.2.qualifying(), 0));
    // A wage that is corrected afterwards is listed, and the month stays as it is.
    let mut changed = other.life_rows().expect("a life");
    changed.remunerations[0].standard_yen = 320_000;
    let record = life(&changed.facts(), date(2026, 10, 31)).expect("a life");
    let found = record.contradictions().iter().find(|found| found.kind == ContradictionKind::SplitBaseChanged);
    assert_eq!(found.map(|found| (found.first, found.last)), Some((month("2008-04"), month("2026-02"))));
    // What was earned is still there for what work stops.
    let record = life(&other.life_rows().expect("a life").facts(), date(2026, 10, 31)).expect("a life");
    let place = usize::try_from(month("2010-04").months_since(record.first())).expect("in the row");
    assert_eq!((record.standards_yen()[place], record.earned_yen(place)), (150_000, (300_000, 0)));
}
