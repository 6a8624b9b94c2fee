//! 加給年金額の対象となりうる配偶者・子 — who of the household was there on the base day.

use domain::Month;
use jiff::civil::Date;

use super::Asked;
use crate::employees_pension::spouse_child_addition::{Child, OwnPension, Spouse};
use crate::pension_record::life::{Ages, life};

/// 240月 (厚生年金保険法44条1項): whoever has fewer at 65 has a later base day.
const MONTHS_LEAST: u16 = 240;
/// A child born so many days after the base day was expected then (厚生年金保険法44条3項, as 民法772条2項 reckons).
const DAYS_EXPECTED: i32 = 300;

/// 続柄.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// 配偶者.
    Spouse,
    /// 子.
    Child,
}

/// 配偶者・子, as on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// 続柄.
    pub relation: Relation,
    /// 生年月日.
    pub birth: Date,
    /// 生計を維持されている.
    pub dependent: bool,
    /// 障害等級1級・2級.
    pub disabled: bool,
    /// 配偶者自身の老齢厚生年金 (240月以上) の受給権の発生した日.
    pub own_old_age_from: Option<Date>,
    /// 婚姻・出生の日.
    pub from: Date,
    /// 離婚・死亡・生計維持の終わった日.
    pub until: Option<Date>,
}

/// Those who may count.
#[derive(Clone, Debug, Default)]
pub(super) struct Household {
    pub spouse: Option<Spouse>,
    pub children: Vec<Child>,
}

impl Household {
    pub(super) fn of(asked: &Asked<'_>) -> Household {
        let counts = |member: &&Member| was_there(asked, member);
        let of = |relation| asked.household.iter().filter(move |member| member.relation == relation).filter(counts);
        Household {
            spouse: of(Relation::Spouse).max_by_key(|member| member.from).map(spouse),
            children: of(Relation::Child).map(child).collect(),
        }
    }
}

/// There on the base day: at 65, or later where 240 months were reached later.
fn was_there(asked: &Asked<'_>, member: &Member) -> bool {
    let base_on = Ages::of(asked.facts.birth_on).sixty_five_on;
    let expected = member.relation == Relation::Child
        && member.from == member.birth
        && (member.birth - base_on).get_days() <= DAYS_EXPECTED;
    member.from <= base_on || expected || base_is_later(asked, member.from)
}

/// Fewer than 240 months on the day: the base day lies after it.
fn base_is_later(asked: &Asked<'_>, on: Date) -> bool {
    let before = life(asked.facts, Month::of(on).previous().last_day());
    before.is_ok_and(|record| record.counts().employees_total() < MONTHS_LEAST)
}

fn spouse(member: &Member) -> Spouse {
    let own = OwnPension { old_age_from: member.own_old_age_from, old_age_fully_stopped: Vec::new(), disability: None };
    Spouse { birth: member.birth, dependent: member.dependent, ended_on: member.until, own }
}

fn child(member: &Member) -> Child {
    let Member { birth, dependent, disabled, until, .. } = *member;
    Child { birth, dependent, disabled, ended_on: until }
}
