//! 遺族の範囲と順位 (国民年金法37条の2・41条, 厚生年金保険法59条・65条の2・66条).

use domain::Month;
use domain::age::{attained_on, legal_age_on};
use jiff::civil::Date;

use super::check_death;
use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

/// 続柄, in the order of 59条2項: spouse and children are of one rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyRelation {
    /// 妻.
    Wife,
    /// 夫.
    Husband,
    /// 子.
    Child,
    /// 父母.
    Parent,
    /// 孫.
    Grandchild,
    /// 祖父母.
    Grandparent,
}

impl FamilyRelation {
    fn rank(self) -> u8 {
        match self {
            FamilyRelation::Wife | FamilyRelation::Husband | FamilyRelation::Child => 1,
            FamilyRelation::Parent => 2,
            FamilyRelation::Grandchild => 3,
            FamilyRelation::Grandparent => 4,
        }
    }

    /// 妻・夫.
    pub fn spouse(self) -> bool {
        matches!(self, FamilyRelation::Wife | FamilyRelation::Husband)
    }
}

/// 家族.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyMember {
    /// As the question names them.
    pub name: String,
    /// 続柄.
    pub relation: FamilyRelation,
    /// 生年月日.
    pub birth: Date,
    /// 死亡の当時その者によって生計を維持していた.
    pub maintained: bool,
    /// 障害等級1級又は2級 (子・孫).
    pub disabled: bool,
    /// 婚姻している (子・孫).
    pub married: bool,
}

/// 家族の一人 with the day on which the right ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// Who; names tell the members apart.
    pub member: FamilyMember,
    /// 失権した日 (死亡・婚姻・養子縁組: 国民年金法40条, 厚生年金保険法63条).
    pub ended_on: Option<Date>,
}

impl Relative {
    /// 失権する日: the day of what happened, or that on which a child or grandchild is one no more, whichever comes first.
    pub fn ends_on(&self) -> Option<Date> {
        let child = matches!(self.member.relation, FamilyRelation::Child | FamilyRelation::Grandchild);
        self.ended_on.into_iter().chain(child.then(|| child_ends_on(&self.member))).min()
    }

    /// 受給権のある最後の月分 (国民年金法18条1項, 厚生年金保険法36条1項).
    pub fn lasts_to(&self) -> Option<Month> {
        self.ends_on().map(Month::of)
    }
}

/// 子・孫の権利の終わる日 — the 31 March after 18 is reached, with grade 1 or 2 the day on which 20 is reached (国民年金法40条3項, 厚生年金保険法63条
/// 2項).
fn child_ends_on(member: &FamilyMember) -> Date {
    if member.disabled { attained_on(member.birth, 20) } else { child_until(member) }
}

/// 遺族の受給.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivors {
    /// 遺族基礎年金を受けられる者: the spouse with an eligible child, and the children.
    pub basic: Vec<String>,
    /// 遺族基礎年金が支払われる者: the spouse, else the children.
    pub basic_paid: Vec<String>,
    /// 遺族厚生年金を受けられる者, of the first rank.
    pub employee: Vec<String>,
    /// 遺族厚生年金が支払われる者 at once.
    pub employee_paid: Vec<String>,
    /// Who waits for 60, with the day on which it is reached.
    pub waiting: Vec<(String, Date)>,
}

/// 子・孫の要件の終わる日 — the 31 March after 18 is reached; with grade 1 or 2 the day on which 20 is reached, if that is later.
pub(crate) fn child_until(member: &FamilyMember) -> Date {
    let eighteen = attained_on(member.birth, 18);
    let year = if (eighteen.month(), eighteen.day()) <= (3, 31) { eighteen.year() } else { eighteen.year() + 1 };
    let school_year_end = Date::new(year, 3, 31).unwrap_or(Date::MAX);
    let disabled_until = attained_on(member.birth, 20).yesterday().unwrap_or(school_year_end);
    if member.disabled { school_year_end.max(disabled_until) } else { school_year_end }
}

/// 子・孫の要件 — to the 31 March after 18 is reached, or under 20 with grade 1 or 2; unmarried.
pub(crate) fn eligible_child(member: &FamilyMember, on: Date) -> bool {
    on <= child_until(member) && !member.married
}

/// 遺族 of 59条1項: maintained, and of the age the law asks for on the day of death.
fn eligible(member: &FamilyMember, died_on: Date) -> bool {
    let from_55 = attained_on(member.birth, 55) <= died_on;
    member.maintained
        && match member.relation {
            FamilyRelation::Wife => true,
            FamilyRelation::Husband | FamilyRelation::Parent | FamilyRelation::Grandparent => from_55,
            FamilyRelation::Child | FamilyRelation::Grandchild => eligible_child(member, died_on),
        }
}

/// 遺族の順位 — who has a right to 遺族基礎年金 and 遺族厚生年金, and to whom it is paid.
///
/// Law: 国民年金法37条の2 (spouse with an eligible child, children), 41条2項 (children's pension stopped while the spouse has it);
/// 厚生年金保険法59条 (order; husband, parents, grandparents 55 or older; children and grandchildren to the end of the school year of 18, or
/// under 20 with grade 1 or 2, unmarried), 65条の2 (paid from 60; a husband with 遺族基礎年金 at once), 66条 (children stopped while the
/// spouse has the right; the spouse while only the children have 遺族基礎年金).
///
/// # Errors
/// `CannotDecide` — deaths from 2028-04-01; `BadInput` — days that cannot be, nobody.
///
/// # Examples
/// A wife of 28 and a child of 3: both pensions to the wife. A husband of 50 and a child of 10: 遺族基礎 to him, 遺族厚生 to the child.
pub fn survivors(died_on: Date, family: &[FamilyMember], trace: &mut Trace) -> Result<Survivors, LawError> {
    check(died_on, family)?;
    let of = |fits: &dyn Fn(&&FamilyMember) -> bool| family.iter().filter(fits).collect::<Vec<_>>();
    let children = of(&|member| member.relation == FamilyRelation::Child && eligible(member, died_on));
    // 国民年金法37条の2 asks no age of a husband.
    let basic_spouse = of(&|member| member.relation.spouse() && member.maintained && !children.is_empty());
    let first = family.iter().filter(|member| eligible(member, died_on)).map(|member| member.relation.rank()).min();
    let employee = of(&|member| eligible(member, died_on) && Some(member.relation.rank()) == first);
    let spouse_takes = employee.iter().any(|member| member.relation.spouse());
    let due = |member: &&&FamilyMember| !spouse_takes || member.relation.spouse();
    let waits = |member: &&&FamilyMember| waits_for_60(member, died_on, !basic_spouse.is_empty());
    let paid: Vec<&FamilyMember> = match employee.iter().filter(due).any(|member| waits(&member)) {
        // 66条: while the husband waits for 60, the children are paid.
        true if spouse_takes && !children.is_empty() => children.clone(),
        _ => employee.iter().filter(due).filter(|member| !waits(member)).copied().collect(),
    };
    let waiting = employee.iter().filter(due).filter(waits);
    let found = Survivors {
        basic: names(basic_spouse.iter().chain(&children)),
        basic_paid: names(if basic_spouse.is_empty() { children.iter() } else { basic_spouse.iter() }),
        employee: names(employee.iter()),
        employee_paid: names(paid.iter()),
        waiting: waiting.map(|member| (member.name.clone(), attained_on(member.birth, 60))).collect(),
    };
    tell(died_on, &found, trace);
    Ok(found)
}

/// 65条の2: husband, parents and grandparents are paid from 60; not a husband who has 遺族基礎年金.
fn waits_for_60(member: &FamilyMember, died_on: Date, basic_to_spouse: bool) -> bool {
    let old = match member.relation {
        FamilyRelation::Husband => !basic_to_spouse,
        FamilyRelation::Parent | FamilyRelation::Grandparent => true,
        _ => false,
    };
    old && attained_on(member.birth, 60) > died_on
}

fn names<'a>(members: impl Iterator<Item = &'a &'a FamilyMember>) -> Vec<String> {
    members.map(|member| member.name.clone()).collect()
}

fn tell(died_on: Date, found: &Survivors, trace: &mut Trace) {
    let words = |names: &[String]| if names.is_empty() { "なし".to_owned() } else { names.join("、") };
    trace.step(
        Step::new(
            "国民年金法37条の2・41条2項",
            "遺族基礎年金: 子のある配偶者、又は子。配偶者が受ける間、子の分は支給停止",
        )
        .with("死亡日", died_on, "")
        .with("受給権", words(&found.basic), "")
        .gives(words(&found.basic_paid)),
    );
    trace.step(
        Step::new(
            "厚生年金保険法59条・65条の2・66条",
            "遺族厚生年金: 配偶者・子、父母、孫、祖父母の順。夫・父母・祖父母は55歳以上で、支給は60歳から",
        )
        .with("受給権", words(&found.employee), "")
        .gives(words(&found.employee_paid)),
    );
}

fn check(died_on: Date, family: &[FamilyMember]) -> Result<(), LawError> {
    check_death(died_on)?;
    let spouses = family.iter().filter(|member| member.relation.spouse()).count();
    if family.is_empty() || spouses > 1 {
        return Err(LawError::bad_input("家族の一覧 (family)", "1人以上、配偶者は1人までで入力してください"));
    }
    for member in family {
        check_day("生年月日 (birth_date)", member.birth)?;
        if legal_age_on(member.birth, died_on).is_none() {
            return Err(LawError::bad_input("生年月日 (birth_date)", "死亡日以前の日を入力してください"));
        }
    }
    Ok(())
}
