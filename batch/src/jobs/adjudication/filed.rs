//! 請求と選択 — what a person filed, as the law asks for it, and the filing behind each pension.

use domain::Month;
use domain::life::LifeFacts;
use law::adjudication::award::{Choice, Claim, DisabilityClaim, Ground, Member, Relation, Relative, SurvivorClaim};
use law::adjudication::old_age::Claims;
use law::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation};
use law::pension_payment::simultaneous_benefits::BenefitRight;
use store::night::awards::{ClaimRow, MemberRow};
use store::night::grounds::{ChoiceRow, DisabilityRow, RelativeRow, SurvivorRow};

/// What one person filed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filed<'a> {
    /// 老齢年金の請求.
    pub claim: Option<&'a ClaimRow>,
    /// 障害年金の請求.
    pub disability: Option<&'a DisabilityRow>,
    /// 遺族年金の請求.
    pub survivor: Option<&'a SurvivorRow>,
    /// 選択.
    pub choices: &'a [ChoiceRow],
    /// 配偶者・子.
    pub household: &'a [MemberRow],
}

impl Filed<'_> {
    /// Whether any pension is claimed.
    pub fn has_claim(&self) -> bool {
        self.claim.is_some() || self.disability.is_some() || self.survivor.is_some()
    }

    /// 請求書 of a pension.
    pub fn filing_of(&self, ground: Ground) -> Option<i64> {
        match ground {
            Ground::OldAge => self.claim?.cause_filing_id,
            Ground::Disability => self.disability?.cause_filing_id,
            Ground::Survivor => self.survivor?.cause_filing_id,
        }
    }
}

/// Lists that the question to the law borrows.
pub(super) struct Lists {
    pub members: Vec<Member>,
    pub grades: Vec<(Month, i64)>,
    pub family: Vec<Relative>,
    pub choices: Vec<Choice>,
}

impl Lists {
    pub fn of(filed: Filed<'_>) -> Lists {
        let grades = filed.disability.map_or(&[][..], |claim| &claim.grades);
        let family = filed.survivor.map_or(&[][..], |claim| &claim.family);
        Lists {
            members: filed.household.iter().map(member).collect(),
            grades: grades.iter().map(|row| (row.from, i64::from(row.grade))).collect(),
            family: family.iter().map(relative).collect(),
            choices: filed.choices.iter().map(choice).collect(),
        }
    }
}

pub(super) fn old_age_claim(row: &ClaimRow) -> Claim {
    Claim {
        months: Claims { basic: row.basic_month, employees: row.employees_month },
        basic_waits: row.basic_waits,
        employees_waits: row.employees_waits,
        spouse_addition_moves: row.spouse_addition_moves,
        paid_through: row.paid_through,
    }
}

pub(super) fn disability_claim<'a>(row: &DisabilityRow, grades: &'a [(Month, i64)]) -> DisabilityClaim<'a> {
    DisabilityClaim {
        filed_on: row.filed_on,
        first_consultation: row.first_seen_on,
        resident: row.resident,
        fixed_on: row.fixed_on,
        grade_at_certification: i64::from(row.grade_at_certification),
        later_claim: row.later_claim.map(|(filed_on, grade)| (filed_on, i64::from(grade))),
        grades,
        paid_through: row.paid_through,
    }
}

/// `None` where the claimant is not among the family.
pub(super) fn survivor_claim<'a>(
    row: &SurvivorRow,
    deceased: &'a LifeFacts<'a>,
    family: &'a [Relative],
) -> Option<SurvivorClaim<'a>> {
    let claimant = row.family.iter().position(|member| member.member_no == row.claimant_member_no)?;
    Some(SurvivorClaim {
        filed_on: row.filed_on,
        deceased,
        resident: row.resident,
        illness_first_seen: row.illness_first_seen_on,
        disability_grade_1_or_2: row.disability_grade_1_or_2,
        states_long: row.states_long,
        family,
        claimant,
        paid_through: row.paid_through,
    })
}

fn member(row: &MemberRow) -> Member {
    Member {
        relation: if row.spouse { Relation::Spouse } else { Relation::Child },
        birth: row.birth_on,
        dependent: row.dependent,
        disabled: row.disabled,
        own_old_age_from: row.own_old_age_from,
        from: row.valid_from,
        until: row.valid_to,
    }
}

fn relative(row: &RelativeRow) -> Relative {
    let relation = match row.relation.as_str() {
        "wife" => FamilyRelation::Wife,
        "husband" => FamilyRelation::Husband,
        "child" => FamilyRelation::Child,
        "parent" => FamilyRelation::Parent,
        "grandchild" => FamilyRelation::Grandchild,
        "grandparent" => FamilyRelation::Grandparent,
        other => unreachable!("the table allows no relation {other}"),
    };
    Relative {
        member: FamilyMember {
            name: row.member_no.to_string(),
            relation,
            birth: row.birth_on,
            maintained: row.maintained,
            disabled: row.disabled,
            married: row.married,
        },
        ended_on: row.ended_on,
    }
}

fn choice(row: &ChoiceRow) -> Choice {
    let right = |word: &String| BenefitRight::WORDS.iter().find(|(key, _)| key == word).map(|(_, right)| *right);
    Choice { from: row.from, rights: row.rights.iter().filter_map(right).collect() }
}
