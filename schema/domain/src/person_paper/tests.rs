//! What is stored is read again, and every form has its code.

use jiff::civil::date;

use super::*;
use crate::nenkin::PersonName;

fn filing(content: PersonContent) -> PersonFiling {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾐﾎﾝ ｲﾁﾛｳ", None),
        born_on: date(1960, 5, 5),
        my_number: None,
        basic_pension_number: Some("1234-567890".parse().expect("a number")),
    };
    PersonFiling { insured, content, note: Some(Note("確認済み".to_owned())) }
}

fn account() -> Account {
    Account {
        bank_code: "0001".to_owned(),
        branch_code: "001".to_owned(),
        account_type: 1,
        account_number: "1234567".to_owned(),
        holder_kana: "ﾐﾎﾝ ｲﾁﾛｳ".to_owned(),
    }
}

#[test]
fn what_is_stored_is_read_again_as_what_it_was() {
    let month: Month = "2026-04".parse().expect("a month");
    let day = date(2026, 4, 1);
    let member = Member {
        relation: Kin::Spouse,
        birth_on: day,
        dependent: true,
        disabled: false,
        own_old_age_from: None,
        since: day,
    };
    let correction = |corrected| {
        PersonContent::CategoryCorrection(CategoryCorrection {
            corrected,
            mismatch_notice: true,
            special_notice: false,
        })
    };
    let category = PlainCategory::Cat1;
    let contents = [
        PersonContent::PensionClaim(PensionClaim {
            filed_on: day,
            basic: Taking::In(month),
            employees: Taking::Waits,
            account: account(),
            members: vec![member],
            spouse_addition_moves: true,
        }),
        correction(CategoryCorrected::Changed { record_id: 7, category, from: Some(day), to: None }),
        correction(CategoryCorrected::Added { category, from: day, to: Some(day) }),
        correction(CategoryCorrected::Cancelled { record_id: 7 }),
        PersonContent::Death(Death { died_on: day }),
        PersonContent::UnpaidBenefitClaim(UnpaidBenefitClaim {
            filed_on: day,
            relation: Relation::ThirdDegree,
            shared_livelihood: true,
            claimant_number: None,
            account: account(),
        }),
        PersonContent::PayeeChange(PayeeChange { account: account() }),
        PersonContent::DisabilityClaim(DisabilityClaim {
            filed_on: day,
            first_seen_on: day,
            resident: true,
            fixed_on: None,
            grade_at_certification: 0,
            later: Some(LaterDisability { filed_on: day, grade: 2 }),
            account: account(),
            members: vec![member],
        }),
        PersonContent::DisabilityGrade(DisabilityGrade {
            review: GradeReview::StatusReport,
            reviewed_on: day,
            grade: 0,
            clearly_worse: false,
        }),
        PersonContent::SurvivorClaim(SurvivorClaim {
            filed_on: day,
            deceased_number: "1234-567890".parse().expect("a number"),
            deceased_birth_on: day,
            resident: true,
            illness_first_seen_on: None,
            disability_grade_1_or_2: false,
            states_long: true,
            members: vec![SurvivorMember {
                relation: SurvivorRelation::Wife,
                birth_on: day,
                maintained: true,
                disabled: false,
                married: false,
            }],
            claimant_no: 1,
            account: account(),
        }),
        PersonContent::SurvivorEnd(SurvivorEnd {
            member_no: 2,
            member_birth_on: day,
            event: SurvivorEndEvent::Adoption,
            ended_on: day,
        }),
        PersonContent::PensionChoice(PensionChoice { filed_on: day, rights: DrawnRight::ALL.to_vec() }),
        PersonContent::Relief(ReliefDecision {
            relief: ReliefKind::ThreeQuarters,
            applied_on: None,
            decided_on: day,
            first: month,
            last: month,
        }),
        PersonContent::PensionSplit(PensionSplit {
            filed_on: day,
            kind: crate::life::SplitKind::Agreed,
            other_number: "1234-567891".parse().expect("a number"),
            married_on: day,
            divorced_on: day,
            share: "0.5".parse().ok(),
            court_asked_on: None,
            court_decided_on: None,
        }),
    ];
    for content in contents {
        let filed = filing(content);
        let payload = filed.payload().expect("JSON");
        assert_eq!(payload["form"], filed.form().code());
        assert_eq!(PersonFiling::read(&payload).expect("read"), filed);
        assert!(filed.items().len() > 3, "{payload}");
        assert!(!format!("{filed:?}").contains("1234567"), "an account number in Debug");
    }
}

#[test]
fn codes_are_nobody_elses() {
    for form in PersonForm::ALL {
        assert_eq!(PersonForm::from_code(form.code()), Some(form));
        assert_eq!(crate::paper::PaperForm::from_code(form.code()), None);
        assert_eq!(crate::paper::form_name(form.code()), Some(form.name_ja()));
    }
    for kind in ReliefKind::ALL {
        assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.code());
    }
    for relation in SurvivorRelation::ALL {
        assert_eq!(serde_json::to_value(relation).expect("JSON"), relation.code());
        assert_eq!(SurvivorRelation::from_code(relation.code()), Some(relation));
    }
    for right in DrawnRight::ALL {
        assert_eq!(serde_json::to_value(right).expect("JSON"), right.code());
        assert_eq!(DrawnRight::from_code(right.code()), Some(right));
    }
    for review in GradeReview::ALL {
        assert_eq!(serde_json::to_value(review).expect("JSON"), review.code());
    }
    for event in SurvivorEndEvent::ALL {
        assert_eq!(serde_json::to_value(event).expect("JSON"), event.code());
    }
    for relation in Relation::ALL {
        assert_eq!(serde_json::to_value(relation).expect("JSON"), relation.code());
    }
}
