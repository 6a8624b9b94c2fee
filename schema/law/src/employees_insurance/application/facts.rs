//! What is known of one insured person at one employer, and how a new decision changes it.

use std::fmt;

use domain::{Month, Yen};
use jiff::civil::Date;

use super::super::annual_determination::Season;
use super::super::grade::{self, Standards};
use super::super::{Scheme, age};
use super::{Application, NotApplied};
use crate::{LawError, Step, Trace};

/// 原因 — which filing a fact comes from, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The filing; `None` for facts that were taken over.
    pub filing_id: Option<i64>,
    /// 理由.
    pub reason: String,
}

/// 被保険者資格 — one spell of cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 健康保険の被保険者である.
    pub health_insurance: bool,
    /// 厚生年金保険の被保険者である.
    pub employees_pension: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失年月日, the first day without cover.
    pub lost_on: Option<Date>,
    /// 資格喪失原因.
    pub end_cause: Option<i16>,
    /// Where it comes from.
    pub cause: Cause,
}

impl Spell {
    /// 喪失していない.
    pub fn is_open(&self) -> bool {
        self.lost_on.is_none()
    }

    /// その日に被保険者である.
    pub fn covers(&self, day: Date) -> bool {
        self.acquired_on <= day && self.lost_on.is_none_or(|lost_on| day < lost_on)
    }

    /// The first month in which no day is covered; `None` while the spell is open.
    pub fn first_month_after(&self) -> Option<Month> {
        let lost_on = self.lost_on?;
        let last_day = lost_on.yesterday().expect("losses lie within the calendar").max(self.acquired_on);
        Some(Month::of(last_day).next())
    }
}

/// 決定の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 資格取得時決定.
    Acquisition,
    /// 定時決定.
    Annual,
    /// 随時改定.
    Revision,
    /// 育児休業等終了時改定・産前産後休業終了時改定.
    LeaveEnd,
    /// 移行.
    Conversion,
}

impl Decision {
    /// Every kind.
    pub const ALL: [Decision; 5] =
        [Decision::Acquisition, Decision::Annual, Decision::Revision, Decision::LeaveEnd, Decision::Conversion];

    /// 決定の名.
    pub const fn name_ja(self) -> &'static str {
        match self {
            Decision::Acquisition => "資格取得時決定",
            Decision::Annual => "定時決定",
            Decision::Revision => "随時改定",
            Decision::LeaveEnd => "休業終了時改定",
            Decision::Conversion => "移行",
        }
    }

    /// As it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Decision::Acquisition => "acquisition",
            Decision::Annual => "annual",
            Decision::Revision => "revision",
            Decision::LeaveEnd => "leave_end",
            Decision::Conversion => "conversion",
        }
    }

    /// From what is stored.
    pub fn from_code(code: &str) -> Option<Decision> {
        Decision::ALL.into_iter().find(|decision| decision.code() == code)
    }

    /// 随時改定・休業終了時改定: it compares with the standard before it, and from July to September it takes the place of
    /// the annual determination (健康保険法41条3項, 厚生年金保険法21条3項).
    pub(super) const fn is_revision(self) -> bool {
        matches!(self, Decision::Revision | Decision::LeaveEnd)
    }
}

/// 標準報酬月額 — decided for the months from `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// 報酬月額.
    pub remuneration: Yen,
    /// 健康保険の標準報酬月額, 0 when not insured.
    pub hi: Yen,
    /// 厚生年金保険の標準報酬月額, 0 when not insured.
    pub epi: Yen,
    /// 決定の種類.
    pub decision: Decision,
    /// First month.
    pub from: Month,
    /// First month in which it no longer holds.
    pub until: Option<Month>,
    /// Where it comes from.
    pub cause: Cause,
}

/// 賞与 — paid on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusPaid {
    /// 支払年月日.
    pub paid_on: Date,
    /// 支払額, cash and kind.
    pub amount: Yen,
    /// Where it comes from.
    pub cause: Cause,
}

/// One spell with its standards and bonuses.
#[derive(Clone, PartialEq, Eq)]
pub struct InsuredFacts {
    /// 生年月日.
    pub birth_on: Date,
    /// 資格.
    pub spell: Spell,
    /// In order of `from`, not overlapping.
    pub standards: Vec<Standard>,
    /// In order of day.
    pub bonuses: Vec<BonusPaid>,
}

impl fmt::Debug for InsuredFacts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("InsuredFacts")
            .field("birth_on", &"****-**-**")
            .field("spell", &self.spell)
            .field("standards", &self.standards)
            .field("bonuses", &self.bonuses)
            .finish()
    }
}

impl InsuredFacts {
    /// The standard that holds in a month.
    pub fn standard_in(&self, month: Month) -> Option<&Standard> {
        self.standards
            .iter()
            .find(|standard| standard.from <= month && standard.until.is_none_or(|until| month < until))
    }

    /// 二以上事業所勤務者 — a filing that says so of somebody who is not on record as one is held; of one who is, it decides
    /// this office's own part, and the month adds the parts (健康保険法44条3項, 厚生年金保険法24条2項).
    pub(super) fn own_part(&self, says_two_workplaces: bool, trace: &mut Trace) -> Application<()> {
        if says_two_workplaces && !self.spell.two_workplaces {
            return Err(NotApplied::held(
                "two_workplaces_unknown",
                "二以上事業所勤務者の届ですが、その記録がありません。被保険者所属選択・二以上事業所勤務届を確かめてください",
            ));
        }
        if self.spell.two_workplaces {
            let what = "各事業所についてそれぞれ算定する。保険料の標準報酬は合算した額による";
            trace.step(Step::new("健康保険法44条3項・厚生年金保険法24条2項", what).gives("この事業所の分"));
        }
        Ok(())
    }

    /// 厚生年金保険の標準報酬月額を決める者である: insured, and under 70 when the month begins.
    pub fn epi_applies_in(&self, month: Month) -> bool {
        self.spell.employees_pension && month.first_day() < age::epi_loss_on(self.birth_on)
    }

    /// 決定 — puts a new standard in its place: what held before ends where it begins, a decision for the same
    /// month gives way, later decisions stay, and it never outlasts the cover.
    pub(super) fn decide(&mut self, mut new: Standard) {
        self.standards.retain(|standard| standard.from != new.from);
        let place = self.standards.partition_point(|standard| standard.from < new.from);
        for standard in &mut self.standards[..place] {
            if standard.until.is_none_or(|until| until > new.from) {
                standard.until = Some(new.from);
                standard.cause = new.cause.clone();
            }
        }
        let later = self.standards.get(place).map(|standard| standard.from);
        new.until = later.into_iter().chain(self.spell.first_month_after()).min();
        self.standards.insert(place, new);
    }

    /// 改定 — as `decide`; one from July, August or September takes the place of that year's annual determination.
    ///
    /// Law: 健康保険法41条3項, 厚生年金保険法21条3項.
    pub(super) fn revise(&mut self, new: Standard) {
        if let Some(season) = Season::displaced_by(new.from) {
            let gives_way =
                |standard: &Standard| standard.decision == Decision::Annual && standard.from == season.september();
            self.standards.retain(|standard| !gives_way(standard));
        }
        self.decide(new);
    }

    /// 従前の標準報酬月額 of the schemes that apply in a month.
    pub(super) fn standards_before(&self, from: Month) -> Option<(&Standard, Standards)> {
        let before = self.standard_in(from.previous())?;
        let standards = Standards {
            hi: self.spell.health_insurance.then_some(before.hi),
            epi: self.epi_applies_in(from).then_some(before.epi),
        };
        Some((before, standards))
    }

    /// 標準報酬月額 of a remuneration by the tables of a month (HI, EPI); 0 in a scheme that does not apply.
    pub(super) fn graded(&self, from: Month, remuneration: Yen, trace: &mut Trace) -> Result<(Yen, Yen), LawError> {
        let mut standard = |scheme, applies: bool| match applies {
            true => grade::lookup(scheme, from, remuneration, trace).map(|grade| grade.standard),
            false => Ok(Yen::ZERO),
        };
        let hi = standard(Scheme::HealthInsurance, self.spell.health_insurance)?;
        Ok((hi, standard(Scheme::EmployeesPension, self.epi_applies_in(from))?))
    }

    /// 終了 — no standard holds from the month `end` on.
    pub(super) fn end_standards(&mut self, end: Month, cause: &Cause) {
        self.standards.retain(|standard| standard.from < end);
        for standard in &mut self.standards {
            if standard.until.is_none_or(|until| until > end) {
                standard.until = Some(end);
                standard.cause = cause.clone();
            }
        }
    }
}
