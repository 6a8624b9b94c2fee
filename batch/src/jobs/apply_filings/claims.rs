//! What a filing claims, in the words of the rules.

use domain::Yen;
use domain::nenkin::{
    AnnualDetermination, Bonus, CoverageEnd, Enrolment, Filing, InsuredKind, MonthlyPay, PayChangeDirection,
    RevisionOnChange,
};
use domain::paper::{Filed, PaperFiling};
use jiff::civil::Date;
use law::employees_insurance::application::{
    AnnualFiling, BonusFiling, CoverageEndFiling, EnrolmentFiling, LeaveEndFiling, RevisionFiling,
};
use law::employees_insurance::remuneration::{PayMonth, WorkerType};
use law::employees_insurance::revision::FixedPay;

/// The day a filing speaks of; a correction comes after whatever it may correct.
pub(super) fn filed_speaks_of(filed: &Filed) -> (Date, u8) {
    match filed {
        Filed::Official(filing) => speaks_of(filing),
        Filed::Paper(PaperFiling::LeaveEnd(filing)) => (LeaveEndFiling::from(filing).revised_from().first_day(), 2),
        Filed::Paper(PaperFiling::WorkplaceSelection(filing)) => (filing.since, 5),
        Filed::Paper(PaperFiling::Correction(_)) => (Date::MAX, 6),
    }
}

/// The day a filing speaks of, and on one day losses before acquisitions before the rest.
pub(crate) fn speaks_of(filing: &Filing) -> (Date, u8) {
    match filing {
        Filing::CoverageEnd(end) => (end_of(end).unwrap_or(Date::MAX), 0),
        Filing::Enrolment(enrolment) => (enrolment.acquired_on, 1),
        Filing::RevisionOnChange(revision) => (revision.revised_from.first_day(), 2),
        Filing::AnnualDetermination(annual) => (annual.applies_from.first_day(), 3),
        Filing::Bonus(bonus) => (bonus.paid_on, 4),
        Filing::DependantChange(_) => (Date::MAX, 5),
    }
}

/// 担当者の審査を要する届 — what the form claims is for a person to decide: 被扶養者の異動 (収入の認定), 年間平均, 修正平均額,
/// 二以上事業所勤務, 健保・厚年以外の取得区分, 坑内員など, 昇（降）給区分のない月額変更.
pub(crate) fn is_for_person(filing: &Filing) -> bool {
    match filing {
        Filing::DependantChange(_) => true,
        Filing::Enrolment(filing) => {
            let claim = enrolment(filing, 0);
            let usual = claim.acquisition_kind == Some(1) || claim.only_over70 && claim.acquisition_kind.is_none();
            claim.special_kind || claim.two_workplaces || !usual
        }
        Filing::AnnualDetermination(filing) => {
            filing.annual_average || filing.adjusted_average_yen.is_some() || filing.two_workplaces
        }
        Filing::RevisionOnChange(filing) => {
            filing.adjusted_average_yen.is_some() || filing.two_workplaces || filing.pay_change.is_none()
        }
        Filing::Bonus(filing) => filing.two_workplaces,
        Filing::CoverageEnd(_) => false,
    }
}

/// 資格喪失年月日; of a 70歳以上被用者 alone, the day after 不該当年月日.
pub(crate) fn end_of(end: &CoverageEnd) -> Option<Date> {
    end.lost_on.or_else(|| end.over_70_ceased_on?.tomorrow().ok())
}

pub(super) fn enrolment(filing: &Enrolment, insured_number: i32) -> EnrolmentFiling {
    let special = |kind| !matches!(kind, InsuredKind::Male | InsuredKind::Female);
    EnrolmentFiling {
        birth_on: filing.insured.born_on,
        acquired_on: filing.acquired_on,
        acquisition_kind: filing.acquisition.map(|kind| kind.code()),
        special_kind: filing.kind.is_some_and(special),
        only_over70: filing.over_70_form_only,
        short_time_worker: filing.short_time_worker,
        two_workplaces: filing.two_workplaces,
        remuneration: filing.monthly_remuneration_yen,
        insured_number,
    }
}

pub(super) fn coverage_end(filing: &CoverageEnd) -> Option<CoverageEndFiling> {
    Some(CoverageEndFiling {
        lost_on: end_of(filing)?,
        end_cause: i16::from(filing.cause.code()),
        only_over70: filing.over_70_form_only,
    })
}

pub(super) fn annual(filing: &AnnualDetermination, by_person: bool) -> AnnualFiling {
    AnnualFiling {
        year: filing.applies_from.year(),
        worker: WorkerType::of(filing.short_time_worker, filing.part_time_worker),
        months: filing.months.map(|month| PayMonth { base_days: i64::from(month.base_days), pay: pay(&month) }),
        average: filing.average_yen,
        adjusted_average: filing.adjusted_average_yen,
        change_planned: filing.change_planned,
        annual_average: filing.annual_average,
        two_workplaces: filing.two_workplaces,
        only_over70: filing.over_70_form_only,
        by_person,
    }
}

pub(super) fn revision(filing: &RevisionOnChange, by_person: bool) -> RevisionFiling {
    RevisionFiling {
        from: filing.revised_from,
        months: filing.months.map(|month| PayMonth { base_days: i64::from(month.base_days), pay: pay(&month) }),
        fixed_pay: filing.pay_change.map(|change| match change.direction {
            PayChangeDirection::Up => FixedPay::Up,
            PayChangeDirection::Down => FixedPay::Down,
        }),
        average: filing.average_yen,
        adjusted_average: filing.adjusted_average_yen,
        health_only: filing.health_only,
        short_time_worker: filing.short_time_worker,
        two_workplaces: filing.two_workplaces,
        only_over70: filing.over_70_form_only,
        by_person,
    }
}

pub(super) fn bonus(filing: &Bonus) -> BonusFiling {
    BonusFiling {
        paid_on: filing.paid_on,
        amount: filing.cash_yen + filing.in_kind_yen,
        whole_month: filing.first_payment_day.is_some(),
        two_workplaces: filing.two_workplaces,
    }
}

/// 合計 of a month: the column, which is capped like the form says.
fn pay(month: &MonthlyPay) -> Yen {
    month.total_yen
}
