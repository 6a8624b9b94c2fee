//! 障害, 遺族 and the choice: what is refused and why, and what an accepted filing makes of the registers.

use domain::life::register::{Cause, ClaimIs, Entry, Register, SpellIs};
use domain::life::{
    Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, LifeRows,
    RemunerationBasis, RemunerationSpan, Sex, YearMarks,
};
use domain::nenkin::{Insured, PersonName};
use domain::person_paper::{
    Account, DisabilityClaim, DisabilityGrade, DrawnRight, GradeReview, LaterDisability, PensionChoice, PersonContent,
    PersonFiling, SurvivorClaim, SurvivorEnd, SurvivorEndEvent, SurvivorMember, SurvivorRelation,
};
use jiff::civil::{Date, date};

use super::*;

const TODAY: Date = date(2026, 10, 15);
const BORN_ON: Date = date(1970, 5, 10);
const CAT2: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
/// Certified on 2024-10-10.
const SEEN_ON: Date = date(2023, 4, 10);
const DIED_ON: Date = date(2026, 9, 20);

type Refused = (&'static str, &'static str);

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn row<T>(record_id: i64, is: T) -> Entry<T> {
    Entry { person_id: 1, record_id, is, cause: Cause { filing_id: None, reason: "移行".to_owned() } }
}

/// 第1号 to 60, all paid.
fn self_employed(birth_on: Date) -> Register {
    let (from, to) = (domain::age::attained_on(birth_on, 20), domain::age::attained_on(birth_on, 60).min(TODAY));
    let (first, last) = (Month::of(from), Month::of(to).previous());
    let year = |year: i16| {
        let mut marks = YearMarks::blank(year);
        let april = Month::new(year, 4).expect("April");
        let months = april.through(april.plus(11)).filter(|month| first <= *month && *month <= last);
        months.for_each(|month| marks.set(month, Some((Contribution::Paid, false))));
        row(i64::from(year), marks)
    };
    let lost_on = Some(to).filter(|to| *to < TODAY);
    Register {
        life: Some(LifeRows::unregistered(1, birth_on, Sex::Female)),
        spells: vec![row(1, SpellIs { category: Category::Cat1, acquired_on: from, lost_on })],
        years: (first.fiscal_year()..=last.fiscal_year()).map(year).collect(),
        ..Register::empty(1)
    }
}

/// As `self_employed`, but from April 2008 an employee at 300,000円.
fn employee(birth_on: Date) -> Register {
    let mut of = self_employed(birth_on);
    of.spells[0].is.lost_on = Some(date(2008, 4, 1));
    of.spells.push(row(2, SpellIs { category: CAT2, acquired_on: date(2008, 4, 1), lost_on: None }));
    of.years.retain(|row| row.is.fiscal_year < 2008);
    let pay = RemunerationSpan {
        first: month("2008-04"),
        last: None,
        kind: EmployeesKind::First,
        standard_yen: 300_000,
        basis: RemunerationBasis::Own,
        source: 3,
    };
    of.life.as_mut().expect("a life").remunerations.push(pay);
    of
}

/// A man born in 1968 who paid from 20 to his death.
fn husband() -> Deceased {
    let mut life = LifeRows::unregistered(2, date(1968, 3, 3), Sex::Male);
    life.died_on = Some(DIED_ON);
    let (acquired_on, lost_on) = (date(1988, 3, 2), Some(date(2026, 9, 21)));
    life.spells.push(CategorySpell { category: Category::Cat1, acquired_on, lost_on, source: 1 });
    let (first, last) = (month("1988-03"), month("2026-08"));
    let contribution = Contribution::Paid;
    life.contributions.push(ContributionSpan { first, last, contribution, additional: false, source: 2 });
    Deceased { person_id: 2, life, announced_on: None }
}

fn asked(content: PersonContent, register: &mut Register, deceased: Option<&Deceased>) -> Result<Applied, Refused> {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾐﾎﾝ ﾊﾅｺ", None),
        born_on: register.life.as_ref().expect("a life").birth_on,
        my_number: None,
        basic_pension_number: None,
    };
    let filing = PersonFiling { insured, content, note: None };
    let circumstances = Circumstances { deceased, ..Circumstances::of(TODAY, 5) };
    apply(&filing, register, &circumstances, &mut Trace::new()).map_err(|why| (why.about, why.code))
}

fn account() -> Account {
    Account {
        bank_code: "0001".to_owned(),
        branch_code: "001".to_owned(),
        account_type: 1,
        account_number: "1234567".to_owned(),
        holder_kana: "ﾐﾎﾝ ﾊﾅｺ".to_owned(),
    }
}

/// At certification of grade 2.
fn disabled() -> DisabilityClaim {
    DisabilityClaim {
        filed_on: date(2026, 10, 1),
        first_seen_on: SEEN_ON,
        resident: true,
        fixed_on: None,
        grade_at_certification: 2,
        later: None,
        account: account(),
        members: Vec::new(),
    }
}

fn disability(change: impl FnOnce(&mut DisabilityClaim), mut of: Register) -> Result<Register, Refused> {
    let mut claim = disabled();
    change(&mut claim);
    asked(PersonContent::DisabilityClaim(claim), &mut of, None).map(|_| of)
}

fn later(filed_on: Date, grade: i16) -> Option<LaterDisability> {
    Some(LaterDisability { filed_on, grade })
}

#[test]
fn a_claim_of_disability_is_held_against_its_days_and_grades() {
    let woman = || self_employed(BORN_ON);
    let taken = disability(|_| {}, woman()).expect("it fits");
    assert_eq!((taken.disability.len(), taken.payees.len()), (1, 1));
    assert_eq!(taken.disability[0].cause.filing_id, Some(5));
    let refused = |change: &dyn Fn(&mut DisabilityClaim)| disability(|claim| change(claim), woman()).err();
    assert_eq!(disability(|_| {}, taken).err(), Some(("filed_on", "already_claimed")));
    assert_eq!(refused(&|claim| claim.filed_on = date(2026, 10, 16)), Some(("filed_on", "future")));
    assert_eq!(refused(&|claim| claim.first_seen_on = date(2026, 10, 2)), Some(("first_seen_on", "future")));
    assert_eq!(refused(&|claim| claim.first_seen_on = date(1970, 5, 9)), Some(("first_seen_on", "before_birth")));
    assert_eq!(refused(&|claim| claim.fixed_on = Some(date(2023, 4, 9))), Some(("fixed_on", "before_first_visit")));
    assert_eq!(refused(&|claim| claim.fixed_on = Some(date(2026, 10, 2))), Some(("fixed_on", "future")));
    // 国民年金法30条1項: a year and a half from the first consultation.
    assert_eq!(refused(&|claim| claim.filed_on = date(2024, 10, 9)), Some(("filed_on", "before_certification")));
    assert_eq!(refused(&|claim| claim.filed_on = date(2024, 10, 10)), None);
    assert_eq!(refused(&|claim| claim.grade_at_certification = 0), Some(("grade_at_certification", "no_grade")));
    let nothing = Some(("grade_at_certification", "grade_not_covered"));
    assert_eq!(refused(&|claim| claim.grade_at_certification = 3), nothing);
    assert_eq!(disability(|claim| claim.grade_at_certification = 3, employee(BORN_ON)).err(), None);
    let mut dead = woman();
    dead.deaths.push(row(0, date(2026, 10, 2)));
    assert_eq!(disability(|_| {}, dead).err(), Some(("basic_pension_number", "died")));
    let mut unpaid = woman();
    unpaid.years.clear();
    assert_eq!(disability(|_| {}, unpaid).err(), Some(("first_seen_on", "contributions_missing")));
    // 62 and abroad when first seen: not insured, and not living in the country.
    let retired = self_employed(date(1961, 5, 10));
    assert_eq!(
        disability(|claim| claim.resident = false, retired.clone()).err(),
        Some(("first_seen_on", "not_insured"))
    );
    assert_eq!(disability(|_| {}, retired).err(), None);
}

#[test]
fn a_later_worsening_is_claimed_before_65_and_only_where_it_is_needed() {
    let day = date(2026, 10, 1);
    let worse = |claim: &mut DisabilityClaim| {
        claim.grade_at_certification = 0;
        claim.later = later(day, 2);
    };
    let refused = |change: &dyn Fn(&mut DisabilityClaim), of: Register| {
        disability(
            |claim| {
                worse(claim);
                change(claim);
            },
            of,
        )
        .err()
    };
    let woman = || self_employed(BORN_ON);
    assert_eq!(refused(&|_| {}, woman()), None);
    assert_eq!(
        refused(&|claim| claim.later = later(date(2026, 9, 30), 2), woman()),
        Some(("later_filed_on", "later_day_differs"))
    );
    assert_eq!(
        refused(&|claim| claim.grade_at_certification = 2, woman()),
        Some(("later_filed_on", "later_not_needed"))
    );
    // Grade 3 is none to who was not an employee: the later grade 2 is needed.
    assert_eq!(refused(&|claim| claim.grade_at_certification = 3, woman()), None);
    let allowance = |claim: &mut DisabilityClaim| {
        claim.grade_at_certification = 4;
        claim.fixed_on = Some(date(2024, 1, 1));
    };
    assert_eq!(refused(&allowance, employee(BORN_ON)), Some(("later_filed_on", "allowance_with_later")));
    let only_allowance = |fixed_on: Option<Date>| {
        disability(
            |claim| {
                claim.grade_at_certification = 4;
                claim.fixed_on = fixed_on;
            },
            employee(BORN_ON),
        )
    };
    assert_eq!(only_allowance(None).err(), Some(("fixed_on", "allowance_not_fixed")));
    assert_eq!(only_allowance(Some(date(2024, 1, 1))).err(), None);
    assert_eq!(refused(&|claim| claim.later = later(day, 3), woman()), Some(("later_grade", "grade_not_covered")));
    // 65 on 2026-09-30 and on 2026-10-01: 国民年金法30条の2第1項 to the day before.
    assert_eq!(refused(&|_| {}, self_employed(date(1961, 10, 2))), Some(("later_filed_on", "later_after_65")));
    assert_eq!(refused(&|_| {}, self_employed(date(1961, 10, 3))), None);
    let mut early = self_employed(date(1963, 5, 10));
    let taken = Some(month("2025-06"));
    early.claims.push(row(
        7,
        ClaimIs {
            filed_on: date(2025, 6, 2),
            basic: taken,
            employees: taken,
            basic_waits: false,
            employees_waits: false,
            spouse_addition_moves: false,
            paid_through: None,
        },
    ));
    assert_eq!(refused(&|_| {}, early), Some(("later_filed_on", "early_claimed")));
}

fn review(of: &mut Register, review: GradeReview, reviewed_on: Date, grade: i16) -> Result<Month, Refused> {
    let clearly_worse = false;
    let filed = DisabilityGrade { review, reviewed_on, grade, clearly_worse };
    asked(PersonContent::DisabilityGrade(filed), of, None)?;
    Ok(of.grades.last().expect("a row").is.first)
}

/// The right of grade 2 arises on 2024-10-10.
#[test]
fn a_grade_is_revised_after_a_year_and_lowered_from_the_fourth_month() {
    use GradeReview::{Claim, Resumption, StatusReport};
    let claimed = || disability(|_| {}, self_employed(BORN_ON)).expect("it fits");
    let nobody = review(&mut self_employed(BORN_ON), Claim, TODAY, 1);
    assert_eq!(nobody, Err(("basic_pension_number", "no_claim")));
    // 国民年金法34条3項: 起算して1年を経過した日 is 2025-10-10; the claim comes after it, and counts from the next month.
    assert_eq!(review(&mut claimed(), Claim, date(2025, 10, 10), 1), Err(("reviewed_on", "within_a_year")));
    let mut worse = claimed();
    assert_eq!(review(&mut worse, Claim, date(2025, 10, 11), 1), Ok(month("2025-11")));
    let at_once = DisabilityGrade { review: Claim, reviewed_on: date(2025, 1, 15), grade: 1, clearly_worse: true };
    let mut clearly = claimed();
    asked(PersonContent::DisabilityGrade(at_once), &mut clearly, None).expect("it fits");
    assert_eq!(clearly.grades[0].is.first, month("2025-02"));
    assert_eq!(review(&mut claimed(), Claim, TODAY, 2), Err(("grade", "nothing_changed")));
    assert_eq!(review(&mut worse, Claim, TODAY, 2), Err(("grade", "not_worse")));
    assert_eq!(review(&mut claimed(), Claim, date(2026, 10, 16), 1), Err(("reviewed_on", "future")));
    assert_eq!(review(&mut claimed(), StatusReport, date(2026, 5, 31), 3), Err(("grade", "grade_not_covered")));
    // 提出期限 in May 2026: better from June, worse (for the person) from September.
    assert_eq!(review(&mut claimed(), StatusReport, date(2026, 5, 31), 1), Ok(month("2026-06")));
    let mut stopped = claimed();
    assert_eq!(review(&mut stopped, StatusReport, date(2026, 5, 31), 0), Ok(month("2026-09")));
    assert_eq!(review(&mut stopped, Claim, TODAY, 1), Err(("grade", "suspended")));
    assert_eq!(review(&mut stopped, StatusReport, date(2026, 3, 31), 1), Err(("reviewed_on", "later_review")));
    assert_eq!(review(&mut stopped, Resumption, date(2026, 9, 10), 2), Ok(month("2026-10")));
    assert_eq!(review(&mut stopped, Resumption, TODAY, 1), Err(("grade", "not_suspended")));
    // The review by 障害状態確認届 is a review: a year from its day.
    assert_eq!(review(&mut stopped, Claim, TODAY, 1), Err(("reviewed_on", "within_a_year")));
    // 厚生年金保険法52条7項: 66, of grade 3 since ever.
    let third = |claim: &mut DisabilityClaim| claim.grade_at_certification = 3;
    let mut old = disability(third, employee(date(1960, 5, 10))).expect("it fits");
    assert_eq!(review(&mut old, Claim, TODAY, 2), Err(("reviewed_on", "after_65")));
    let mut young = disability(third, employee(BORN_ON)).expect("it fits");
    assert_eq!(review(&mut young, Claim, TODAY, 2), Ok(month("2026-11")));
}

fn relative(relation: SurvivorRelation, birth_on: Date) -> SurvivorMember {
    SurvivorMember { relation, birth_on, maintained: true, disabled: false, married: false }
}

/// A widow with a child of 12.
fn widow() -> SurvivorClaim {
    SurvivorClaim {
        filed_on: date(2026, 10, 5),
        deceased_number: "1234-567890".parse().expect("a number"),
        deceased_birth_on: date(1968, 3, 3),
        resident: true,
        illness_first_seen_on: None,
        disability_grade_1_or_2: false,
        states_long: false,
        members: vec![relative(SurvivorRelation::Wife, BORN_ON), relative(SurvivorRelation::Child, date(2014, 6, 1))],
        claimant_no: 1,
        account: account(),
    }
}

fn survivor(
    change: impl FnOnce(&mut SurvivorClaim),
    mut of: Register,
    deceased: Option<&Deceased>,
) -> Result<(Register, Applied), Refused> {
    let mut claim = widow();
    change(&mut claim);
    let applied = asked(PersonContent::SurvivorClaim(claim), &mut of, deceased)?;
    Ok((of, applied))
}

#[test]
fn a_claim_of_survivors_needs_a_death_a_family_and_a_right() {
    let dead = husband();
    let woman = || self_employed(BORN_ON);
    let (taken, _) = survivor(|_| {}, woman(), Some(&dead)).expect("it fits");
    assert_eq!((taken.survivor.len(), taken.survivor_members.len(), taken.payees.len()), (1, 2, 1));
    assert_eq!(taken.survivor_members[1].is.claim_record_id, taken.survivor[0].record_id);
    assert_eq!(survivor(|_| {}, taken, Some(&dead)).err(), Some(("filed_on", "already_claimed")));
    assert_eq!(survivor(|_| {}, woman(), None).err(), Some(("deceased_number", "deceased_unknown")));
    let herself = Deceased { person_id: 1, ..husband() };
    assert_eq!(survivor(|_| {}, woman(), Some(&herself)).err(), Some(("deceased_number", "claimant_is_deceased")));
    let mut alive = husband();
    alive.life.died_on = None;
    assert_eq!(survivor(|_| {}, woman(), Some(&alive)).err(), Some(("deceased_number", "death_not_recorded")));
    alive.announced_on = Some(DIED_ON);
    let (_, announced) = survivor(|_| {}, woman(), Some(&alive)).expect("the death is on its way");
    assert!(announced.remarks[0].contains("死亡届を受付中"), "{announced:?}");
    let refused = |change: &dyn Fn(&mut SurvivorClaim)| survivor(|claim| change(claim), woman(), Some(&dead)).err();
    assert_eq!(
        refused(&|claim| claim.deceased_birth_on = date(1968, 3, 4)),
        Some(("deceased_birth_on", "deceased_differs"))
    );
    assert_eq!(refused(&|claim| claim.filed_on = date(2026, 9, 19)), Some(("filed_on", "before_death")));
    let ill_later = |claim: &mut SurvivorClaim| claim.illness_first_seen_on = Some(date(2026, 9, 21));
    assert_eq!(refused(&ill_later), Some(("illness_first_seen_on", "outside_life")));
    assert_eq!(refused(&|claim| claim.claimant_no = 3), Some(("claimant_no", "claimant_missing")));
    assert_eq!(refused(&|claim| claim.claimant_no = 2), Some(("member_2_birth_on", "claimant_differs")));
    let second_wife = |claim: &mut SurvivorClaim| claim.members.push(relative(SurvivorRelation::Wife, BORN_ON));
    assert_eq!(refused(&second_wife), Some(("member_3_relation", "two_spouses")));
    let a_man = |claim: &mut SurvivorClaim| claim.members[0].relation = SurvivorRelation::Husband;
    assert_eq!(refused(&a_man), Some(("member_1_relation", "relation_differs")));
    assert_eq!(refused(&|claim| claim.members[0].maintained = false), Some(("member_1_maintained", "not_maintained")));
    let unborn = |claim: &mut SurvivorClaim| claim.members[1].birth_on = date(2026, 9, 21);
    assert_eq!(refused(&unborn), Some(("member_2_birth_on", "born_after_death")));
    let older_child = |claim: &mut SurvivorClaim| claim.members[1].birth_on = date(1968, 3, 3);
    assert_eq!(refused(&older_child), Some(("member_2_birth_on", "relation_impossible")));
    // 第1号 alone gives nothing without a child (国民年金法37条の2), and nothing at all without contributions.
    assert_eq!(refused(&|claim| claim.members.truncate(1)), Some(("deceased_number", "no_right")));
    let mut unpaid = husband();
    unpaid.life.contributions.clear();
    assert_eq!(survivor(|_| {}, woman(), Some(&unpaid)).err(), Some(("deceased_number", "no_right")));
}

#[test]
fn a_right_of_the_family_ends_by_marriage() {
    let dead = husband();
    let (mut of, _) = survivor(|_| {}, self_employed(BORN_ON), Some(&dead)).expect("it fits");
    let child = date(2014, 6, 1);
    let mut end = |member_no, member_birth_on, event, ended_on| {
        let filed = SurvivorEnd { member_no, member_birth_on, event, ended_on };
        asked(PersonContent::SurvivorEnd(filed), &mut of, Some(&dead)).err()
    };
    use SurvivorEndEvent::{Adoption, Death, Marriage};
    let day = date(2026, 10, 10);
    assert_eq!(end(3, child, Adoption, day), Some(("member_no", "member_unknown")));
    assert_eq!(end(2, BORN_ON, Adoption, day), Some(("member_birth_on", "member_differs")));
    assert_eq!(end(2, child, Adoption, date(2026, 10, 16)), Some(("ended_on", "future")));
    assert_eq!(end(2, child, Adoption, date(2026, 9, 19)), Some(("ended_on", "before_death")));
    assert_eq!(end(1, BORN_ON, Death, day), Some(("event", "use_death_filing")));
    assert_eq!(end(1, BORN_ON, Marriage, day), None);
    assert_eq!(end(1, BORN_ON, Marriage, day), Some(("ended_on", "already_ended")));
    assert_eq!(of.survivor_members[0].is.ended_on, Some(day));
    assert_eq!(of.survivor_members[1].is.ended_on, None);
    let filed = SurvivorEnd { member_no: 1, member_birth_on: BORN_ON, event: Marriage, ended_on: day };
    let nobody = asked(PersonContent::SurvivorEnd(filed), &mut self_employed(BORN_ON), None);
    assert_eq!(nobody.err(), Some(("basic_pension_number", "no_claim")));
}

fn choose(
    of: &mut Register,
    filed_on: Date,
    rights: &[DrawnRight],
    deceased: Option<&Deceased>,
) -> Result<Month, Refused> {
    let choice = PensionChoice { filed_on, rights: rights.to_vec() };
    asked(PersonContent::PensionChoice(choice), of, deceased)?;
    Ok(of.choices.last().expect("a row").is.first)
}

use DrawnRight as D;

/// 65 on 2026-05-09, disabled since 2024-10: the old-age pension from June 2026 raised the question, or the claim of disability.
#[test]
fn the_first_choice_with_a_claim_reaches_back_and_later_ones_do_not() {
    let claim_on = date(2026, 10, 1);
    let claimed = || disability(|_| {}, self_employed(date(1961, 5, 10))).expect("it fits");
    let mut of = claimed();
    assert_eq!(
        choose(&mut of, claim_on, &[D::OldAgeBasic, D::DisabilityBasic], None).err(),
        Some(("old_age_basic", "not_together"))
    );
    assert_eq!(choose(&mut of, claim_on, &[D::SurvivorBasic], None).err(), Some(("survivor_basic", "right_missing")));
    assert_eq!(choose(&mut of, claim_on, &[], None).err(), Some(("old_age_basic", "nothing_chosen")));
    // With the claim of disability: from its first month.
    assert_eq!(choose(&mut of, claim_on, &[D::DisabilityBasic], None), Ok(month("2024-11")));
    // Another choice counts for the time to come (国民年金法20条4項), of one day too.
    assert_eq!(choose(&mut of, claim_on, &[D::OldAgeBasic], None), Ok(month("2026-11")));
    assert_eq!(choose(&mut of, date(2026, 10, 15), &[D::DisabilityBasic], None), Ok(month("2026-11")));
    assert_eq!(of.choices.iter().map(|row| row.is.first).collect::<Vec<_>>(), [month("2024-11"), month("2026-11")]);
    assert_eq!(choose(&mut of, claim_on, &[D::OldAgeBasic], None).err(), Some(("filed_on", "later_choice")));
    // The first, but after the claim: what was drawn first goes on until then.
    assert_eq!(choose(&mut claimed(), date(2026, 10, 2), &[D::DisabilityBasic], None), Ok(month("2026-11")));
    let mut nothing_else = self_employed(date(1961, 5, 10));
    assert_eq!(
        choose(&mut nothing_else, TODAY, &[D::OldAgeBasic], None).err(),
        Some(("filed_on", "nothing_to_choose"))
    );
}

/// Rights that begin in one month, October 2026: nothing was drawn before, so that the first choice counts from there.
#[test]
fn the_first_choice_between_rights_of_one_month_counts_from_it() {
    let dead = husband();
    let worse = |claim: &mut DisabilityClaim| {
        claim.filed_on = date(2026, 9, 25);
        claim.grade_at_certification = 0;
        claim.later = later(date(2026, 9, 25), 2);
    };
    let of = disability(worse, self_employed(BORN_ON)).expect("it fits");
    let (mut of, _) = survivor(|_| {}, of, Some(&dead)).expect("it fits");
    let unknown = choose(&mut of, TODAY, &[D::SurvivorBasic], None);
    assert_eq!(unknown, Err(("basic_pension_number", "death_not_recorded")));
    assert_eq!(choose(&mut of, TODAY, &[D::OldAgeBasic], Some(&dead)), Err(("old_age_basic", "right_missing")));
    assert_eq!(choose(&mut of, TODAY, &[D::SurvivorBasic], Some(&dead)), Ok(month("2026-10")));
    // Once the only child is adopted away there is nothing left to choose.
    let filed = SurvivorEnd {
        member_no: 2,
        member_birth_on: date(2014, 6, 1),
        event: SurvivorEndEvent::Adoption,
        ended_on: date(2026, 10, 10),
    };
    asked(PersonContent::SurvivorEnd(filed), &mut of, Some(&dead)).expect("it fits");
    assert_eq!(choose(&mut of, TODAY, &[D::SurvivorBasic], Some(&dead)), Err(("survivor_basic", "right_missing")));
}
