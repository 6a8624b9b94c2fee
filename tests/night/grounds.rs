//! 障害・遺族の裁定と選択: what is awarded beside, or in place of, the old-age pension, why, and what waits for a choice.

use jiff::civil::{Date, date};
use store::night::awards::AwardRow;
use tests::lives::Lives;

use crate::adjudication::{Office, month};

const JUNE: Date = date(2025, 6, 10);
const JULY: Date = date(2025, 7, 10);

/// `2025-04.. disability/- 1071000+0+0 claim 51` of each award in force.
fn told(office: &Office, person_id: i64) -> Vec<String> {
    office.awards(person_id).iter().map(tell).collect()
}

fn tell(award: &AwardRow) -> String {
    let until = award.until.map(|until| until.to_string()).unwrap_or_default();
    let of = |ground: &Option<String>| ground.clone().unwrap_or("-".to_owned());
    let filing = award.cause_filing_id.map(|id| format!(" {id}")).unwrap_or_default();
    format!(
        "{}..{until} {}/{} {}+{}+{} {}{filing}",
        award.from,
        of(&award.basic_of),
        of(&award.employees_of),
        award.basic_total_yen(),
        award.employees_total_yen(),
        award.survivor_total_yen(),
        award.cause
    )
}

fn in_month(office: &Office, person_id: i64, text: &str) -> AwardRow {
    office.awards(person_id).into_iter().find(|award| award.holds_in(month(text))).expect("an award")
}

/// Born 1985-05-10, every month paid since 20; grade 2 on the 認定日 2024-11-20.
fn disabled(lives: &mut Lives<'_>, person_id: i64) {
    lives.person(person_id, date(1985, 5, 10), 1);
    lives.paid(person_id, date(2005, 5, 9), date(2025, 6, 1));
    lives.disability_claim(person_id, date(2025, 1, 20), date(2023, 5, 20), 2);
}

fn child(lives: &mut Lives<'_>, person_id: i64, member_no: i16, birth_on: Date) {
    lives.sql(&format!(
        "INSERT INTO household_members (person_id, member_no, relation, birth_on, dependent, disabled, reason, cause_filing_id,
             valid_from, known_at)
         VALUES ({person_id}, {member_no}, 'child', '{birth_on}', true, false, '請求', @cause, '{birth_on}', @known)"
    ));
}

/// Employed since 1998 and died at work; nobody claims for this number itself.
fn husband(lives: &mut Lives<'_>, person_id: i64, died_on: Date) {
    lives.person(person_id, date(1978, 4, 10), 1);
    lives.employment(person_id, date(1998, 4, 1), died_on.tomorrow().expect("a day"), 300_000, &[]);
    lives.death(person_id, died_on);
}

/// 国民年金法33条・33条の2, 令和6・7年度: grade 2 with one child, then grade 1 (25% more), then no grade.
#[test]
fn a_disabled_parent_is_paid_by_grade_with_what_is_added_for_the_child() {
    let office = Office::with(|lives| {
        lives.cause_filing_id = Some(51);
        disabled(lives, 1);
        child(lives, 1, 1, date(2015, 8, 1));
        disabled(lives, 2);
    });
    office.night(JUNE);
    assert_eq!(
        told(&office, 1),
        ["2024-12..2025-04 disability/- 1050800+0+0 claim 51", "2025-04.. disability/- 1071000+0+0 annual_revision"]
    );
    assert_eq!(in_month(&office, 1, "2025-05").basic_yen, [831_700, 0, 0, 239_300]);
    assert_eq!(told(&office, 2)[1], "2025-04.. disability/- 831700+0+0 annual_revision", "no child");
    let award = in_month(&office, 1, "2025-05");
    assert_eq!((award.manner, award.grade, award.right_on), (None, Some(2), date(2024, 11, 20)));
    office.learn(61, |lives| lives.disability_grade(1, month("2025-08"), 1));
    office.night(date(2025, 8, 12));
    assert_eq!(told(&office, 1)[2], "2025-08.. disability/- 1278925+0+0 grade 61");
    assert_eq!(office.standing(1).split(' ').next(), Some("payable"));
    office.learn(62, |lives| lives.disability_grade(1, month("2025-09"), 0));
    office.night(date(2025, 9, 10));
    let last = office.awards(1).pop().expect("awards");
    assert_eq!((last.until, office.standing(1).split(' ').next()), (Some(month("2025-09")), Some("suspended")));
    assert_eq!(office.awards(2).len(), 2, "the other one goes on");
}

/// A widow with two children; her husband's number is in the last partition, where nobody claims for himself.
fn widowed(lives: &mut Lives<'_>, children: [Date; 2]) {
    lives.cause_filing_id = Some(71);
    for other in [2, 3, 4] {
        disabled(lives, other);
    }
    lives.person(1, date(1983, 2, 3), 2);
    lives.paid(1, date(2003, 2, 2), date(2025, 4, 1));
    husband(lives, 905, date(2025, 3, 15));
    let claim = lives.survivor_claim(1, 905, date(2025, 4, 2));
    lives.survivor_member(1, claim, 1, "wife", date(1983, 2, 3));
    lives.survivor_member(1, claim, 2, "child", children[0]);
    lives.survivor_member(1, claim, 3, "child", children[1]);
}

/// 国民年金法38条・39条 (two children), 厚生年金保険法60条; then months of the husband that were found, under his number and under
/// another that turns out to be his.
#[test]
fn a_widow_is_paid_by_her_husbands_record_also_what_is_found_of_it_later() {
    let office = Office::with(|lives| widowed(lives, [date(2012, 6, 1), date(2016, 7, 1)]));
    office.night(JUNE);
    let first = in_month(&office, 1, "2025-04");
    assert_eq!(first.basic_yen, [831_700, 0, 0, 478_600]);
    assert!(first.survivor_yen[0] > 0 && first.survivor_yen[1] == 0, "{first:?}");
    assert_eq!((first.from, first.cause.as_str(), first.cause_filing_id), (month("2025-04"), "claim", Some(71)));
    assert_eq!((first.manner.as_deref(), first.right_on), (None, date(2025, 3, 15)));
    let looks = "SELECT count(*) FROM adjudications WHERE person_id = 905";
    assert_eq!(office.one::<i64>(looks), 0, "he claims nothing");
    office.night(JULY);
    let seen = "SELECT count(*) FROM adjudications WHERE person_id = 1";
    assert_eq!(office.one::<i64>(seen), 1, "nothing is new");
    office.learn(93, |lives| {
        lives.employment(905, date(1996, 4, 1), date(1998, 4, 1), 500_000, &[]);
    });
    office.night(date(2025, 7, 11));
    let found = in_month(&office, 1, "2025-04");
    assert!(found.survivor_yen[0] > first.survivor_yen[0], "{found:?}");
    assert_eq!(
        (found.cause.as_str(), found.cause_filing_id, found.basic_yen),
        ("record_change", Some(93), first.basic_yen)
    );
    office.learn(94, |lives| {
        lives.person(2_000, date(1978, 4, 10), 1);
        lives.employment(2_000, date(1994, 4, 10), date(1996, 4, 1), 500_000, &[]);
    });
    office.clerks();
    office.learn(0, |lives| {
        lives.sql(
            "INSERT INTO person_merges (merged_person_id, kept_person_id, drafted_by, approved_by, reason, known_at)
             VALUES (2000, 905, 9001, 9002, '同一人', @known)",
        );
    });
    office.night(date(2025, 7, 14));
    let merged = in_month(&office, 1, "2025-04");
    assert!(merged.survivor_yen[0] > found.survivor_yen[0] && merged.cause == "merge", "{merged:?}");
    // What becomes known under the number that he no longer has reaches her too.
    office.learn(95, |lives| {
        lives.sql("UPDATE remuneration_records SET superseded_at = @known WHERE person_id = 2000");
        lives.sql("UPDATE pension_spells SET superseded_at = @known WHERE person_id = 2000");
    });
    office.night(date(2025, 7, 15));
    assert_eq!(in_month(&office, 1, "2025-04").survivor_yen, found.survivor_yen);
    assert_eq!(office.standing(1).split(' ').next(), Some("payable"), "his death is not hers");
}

/// 厚生年金保険法64条の2: from 65 the own 老齢厚生年金 is paid, the survivor's pension as far as it is more.
#[test]
fn a_widow_of_65_draws_her_own_pension_and_what_the_survivors_pension_is_above_it() {
    let office = Office::with(|lives| {
        lives.person(1, date(1960, 1, 15), 2);
        lives.employment(1, date(1980, 1, 14), date(1990, 4, 1), 200_000, &[]);
        lives.paid(1, date(1990, 4, 1), date(2020, 1, 14));
        lives.cause_filing_id = Some(31);
        lives.claim(1, date(2025, 1, 20), Some(month("2025-01")));
        husband(lives, 2, date(2025, 3, 10));
        lives.cause_filing_id = Some(32);
        let claim = lives.survivor_claim(1, 2, date(2025, 4, 2));
        lives.survivor_member(1, claim, 1, "wife", date(1960, 1, 15));
    });
    office.night(JUNE);
    let (own, both) = (in_month(&office, 1, "2025-03"), in_month(&office, 1, "2025-04"));
    assert_eq!(own.survivor_yen, [0, 0]);
    assert_eq!((both.basic_of.as_deref(), both.employees_of.as_deref()), (Some("old_age"), Some("old_age")));
    assert!(both.basic_total_yen() > 0 && both.employees_total_yen() > 0 && both.suspended.is_empty());
    let [survivor, stopped] = both.survivor_yen;
    assert!(stopped > 0 && survivor > stopped, "{both:?}");
    assert_eq!(stopped, both.employees_total_yen(), "what is stopped is the own pension");
    assert_eq!((both.cause.as_str(), both.cause_filing_id), ("claim", Some(32)));
    let sums = "SELECT sum(survivor_total_yen)::bigint FROM awards WHERE superseded_at IS NULL";
    let told: serde_json::Value = office.one("SELECT totals FROM run_jobs WHERE job = 'adjudication'");
    assert_eq!(told["survivor_yen"].as_i64(), Some(office.one::<i64>(sums)));
}

/// 国民年金法20条, 厚生年金保険法38条: the widow's own disability and the survivor's pension begin with the same month.
#[test]
fn several_rights_wait_for_a_choice() {
    let office = Office::with(|lives| {
        lives.person(1, date(1985, 5, 10), 2);
        lives.paid(1, date(2005, 5, 9), date(2025, 6, 1));
        lives.disability_claim(1, date(2025, 4, 20), date(2023, 9, 10), 2);
        husband(lives, 2, date(2025, 3, 10));
        let claim = lives.survivor_claim(1, 2, date(2025, 4, 2));
        lives.survivor_member(1, claim, 1, "wife", date(1985, 5, 10));
    });
    office.night(JUNE);
    assert_eq!(told(&office, 1), Vec::<String>::new());
    assert_eq!(office.standing(1), "held 2025-07");
    let held: String = office.one(
        "SELECT string_agg(code || ' ' || message, '; ') FROM run_verdicts WHERE subject = 'person:1' AND verdict = 'held'",
    );
    assert!(held.starts_with("choice_needed ") && held.contains("年金受給選択申出書"), "{held}");
    office.learn(41, |lives| lives.choice(1, date(2025, 6, 20), month("2025-04"), &["disability_basic"]));
    office.night(JULY);
    assert_eq!(told(&office, 1), ["2025-04.. disability/- 831700+0+0 choice 41"]);
    assert_eq!(in_month(&office, 1, "2025-04").suspended, "survivor_employee");
    office.learn(42, |lives| lives.choice(1, date(2025, 7, 20), month("2025-08"), &["survivor_employee"]));
    office.night(date(2025, 8, 12));
    let later = in_month(&office, 1, "2025-08");
    assert_eq!((later.cause.as_str(), later.cause_filing_id), ("choice", Some(42)));
    assert_eq!((later.basic_of.as_deref(), later.suspended.as_str()), (None, "disability_basic"));
    assert!(later.survivor_total_yen() > 0 && later.basic_total_yen() == 0);
    assert_eq!(in_month(&office, 1, "2025-07").until, Some(month("2025-08")));
}

/// What cannot be computed of the one who died holds the claim with what is to be done.
#[test]
fn a_death_that_is_not_on_record_holds_the_claim() {
    let office = Office::with(|lives| {
        lives.person(1, date(1983, 2, 3), 2);
        lives.sql("INSERT INTO persons (person_id, known_at) VALUES (7, @known)");
        let claim = lives.survivor_claim(1, 7, date(2025, 4, 2));
        lives.survivor_member(1, claim, 1, "wife", date(1983, 2, 3));
        lives.person(2, date(1983, 2, 3), 2);
        lives.person(8, date(1980, 2, 3), 1);
        let claim = lives.survivor_claim(2, 8, date(2025, 4, 2));
        lives.survivor_member(2, claim, 2, "child", date(2012, 6, 1));
    });
    office.night(JUNE);
    let said = |person_id: i64| -> String {
        office.one(&format!("SELECT code || ' ' || message FROM run_verdicts WHERE subject = 'person:{person_id}'"))
    };
    assert!(said(1).starts_with("no_identity 人7の"), "{}", said(1));
    assert!(said(2).starts_with("no_claimant "), "{}", said(2));
    assert_eq!(office.standing(1), "held 2025-07");
}

/// 2026-03-31: the child's school year of 18 ends, and with it both the addition and the basic pension.
#[test]
fn a_childs_18_ends_what_was_added_for_it() {
    let office = Office::with(|lives| widowed(lives, [date(2008, 1, 10), date(2008, 2, 10)]));
    office.night(JUNE);
    assert_eq!(in_month(&office, 1, "2025-04").basic_yen[3], 478_600);
    office.night(date(2026, 4, 6));
    let after = in_month(&office, 1, "2026-04");
    assert_eq!((after.basic_of.as_deref(), after.cause.as_str()), (None, "family"), "{after:?}");
    assert!(after.survivor_yen[0] > in_month(&office, 1, "2026-03").survivor_yen[0], "中高齢寡婦加算");
}
