//! 締めくくり — the closing summary of a night; it balances to the yen or the night has not ended.

use domain::Month;
use law::employees_insurance::completeness::FindingKind;
use serde_json::{Value, json};
use store::Session;
use store::night::runs::{self, Run};
use store::night::{notices, pieces};

use crate::jobs::completeness::{self, Completeness};
use crate::run::kernel::JobSummary;
use crate::run::{Job, NightError, Totals};

/// What a finished night did.
#[derive(Clone, Debug)]
pub struct NightSummary {
    /// `N20260817-1`.
    pub run_id: String,
    /// 業務日付.
    pub business_on: jiff::civil::Date,
    /// 締切.
    pub cutoff_at: jiff::Timestamp,
    /// The jobs in order.
    pub jobs: Vec<JobSummary>,
    /// The months assessed, in order.
    pub months: Vec<MonthSummary>,
    /// Job, verdict, code, an example's message, number.
    pub verdicts: Vec<(String, String, String, String, i64)>,
    /// Wall time of this process.
    pub seconds: f64,
}

/// One month's figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSummary {
    /// 月分.
    pub for_month: Month,
    /// Records assessed.
    pub people: i64,
    /// Records held.
    pub held: i64,
    /// Employers that owe something.
    pub employers: i64,
    /// 健康保険料, long-term care and support included.
    pub hi_yen: i64,
    /// 厚生年金保険料.
    pub epi_yen: i64,
    /// 子ども・子育て拠出金.
    pub contribution_yen: i64,
    /// Of the health premiums, before rounding, in whole yen: 介護保険料.
    pub ltci_yen: i64,
    /// Likewise: 子ども・子育て支援金.
    pub support_yen: i64,
    /// 納入告知額通知書.
    pub debit_notices: i64,
    /// 納入告知書.
    pub payment_slips: i64,
    /// Printed pages.
    pub pages: i64,
    /// Print lots.
    pub lots: i64,
    /// Yen of employers that got no notice (held).
    pub not_notified_yen: i64,
    /// Yen of notices that could not be printed (held).
    pub not_printed_yen: i64,
    /// 増減: records of earlier months corrected in this one.
    pub adjustments: i64,
    /// 記録の点検: what was found, by kind; kinds without a finding are left out.
    pub findings: Vec<(FindingKind, i64)>,
}

impl MonthSummary {
    /// 調定額.
    pub fn total_yen(&self) -> i64 {
        self.hi_yen + self.epi_yen + self.contribution_yen
    }

    /// 点検で見つかった件数.
    pub fn findings_total(&self) -> i64 {
        self.findings.iter().map(|(_, findings)| findings).sum()
    }

    /// By code, for machines.
    fn findings_json(&self) -> Value {
        let by_code = self.findings.iter().map(|(kind, findings)| (kind.code().to_owned(), Value::from(*findings)));
        Value::Object(by_code.collect())
    }
}

impl NightSummary {
    /// For machines.
    pub fn to_json(&self) -> Value {
        let jobs = self.jobs.iter().map(|job| {
            json!({
                "job": job.job, "for_month": job.for_month.map(|month| month.to_string()), "read": job.counts.read,
                "done": job.counts.done, "held": job.counts.held, "rejected": job.counts.rejected,
                "totals": job.totals.to_json(), "seconds": job.seconds,
            })
        });
        let months = self.months.iter().map(|month| {
            json!({
                "for_month": month.for_month.to_string(), "people": month.people, "held": month.held,
                "employers": month.employers, "hi_yen": month.hi_yen, "epi_yen": month.epi_yen,
                "contribution_yen": month.contribution_yen, "total_yen": month.total_yen(),
                "debit_notices": month.debit_notices, "payment_slips": month.payment_slips, "pages": month.pages,
                "lots": month.lots, "not_notified_yen": month.not_notified_yen,
                "not_printed_yen": month.not_printed_yen, "ltci_yen": month.ltci_yen, "support_yen": month.support_yen,
                "adjustments": month.adjustments, "findings_total": month.findings_total(),
                "findings": month.findings_json(),
            })
        });
        json!({
            "run_id": self.run_id, "business_on": self.business_on.to_string(),
            "cutoff_at": self.cutoff_at.to_string(), "seconds": self.seconds,
            "jobs": jobs.collect::<Vec<_>>(), "months": months.collect::<Vec<_>>(),
        })
    }
}

/// Puts the summary together and balances it.
pub(super) fn close(session: &mut Session, run: &Run, jobs: Vec<JobSummary>) -> Result<NightSummary, NightError> {
    let mut months = Vec::new();
    for assessment in jobs.iter().filter(|job| job.job == "assessment") {
        let mut figures = month(assessment, &jobs);
        let for_month = figures.for_month;
        (figures.not_notified_yen, figures.not_printed_yen) = session.run(async |db| {
            let (_, not_notified) = notices::not_notified(&*db, &run.run_id, for_month).await?;
            let (_, not_printed) = pieces::not_printed(&*db, &run.run_id, for_month).await?;
            Ok::<_, NightError>((not_notified, not_printed))
        })?;
        balance(&figures, &jobs)?;
        months.push(figures);
    }
    let verdicts = session.run(async |db| runs::verdict_summary(&*db, &run.run_id).await)?;
    Ok(NightSummary {
        run_id: run.run_id.clone(),
        business_on: run.business_on,
        cutoff_at: run.cutoff_at.expect("a finished run has its cut-off"),
        jobs,
        months,
        verdicts,
        seconds: 0.0,
    })
}

/// 調定 = 告知 + 保留, 告知 = 印刷 + 保留, to the yen.
fn balance(month: &MonthSummary, jobs: &[JobSummary]) -> Result<(), NightError> {
    let of = |name: &str, totals: &[&str]| -> i64 {
        let same = jobs.iter().filter(|job| job.job == name && job.for_month == Some(month.for_month));
        same.map(|job| totals.iter().map(|total| job.totals.get(total)).sum::<i64>()).sum()
    };
    let notified = of("notices", &["hi_yen", "epi_yen", "contribution_yen"]);
    let printed = of("print_lots", &["total_yen"]);
    let should = Totals::new().with("調定", month.total_yen()).with("告知", notified);
    let have =
        Totals::new().with("調定", notified + month.not_notified_yen).with("告知", printed + month.not_printed_yen);
    let differences = should.differences(&have);
    if differences.is_empty() {
        return Ok(());
    }
    Err(NightError::Unbalanced { title: format!("{}分の締めくくり", month.for_month), differences })
}

fn month(assessment: &JobSummary, jobs: &[JobSummary]) -> MonthSummary {
    let of = |name: &str, total: &str| {
        let same = |job: &&JobSummary| job.job == name && job.for_month == assessment.for_month;
        jobs.iter().find(same).map_or(0, |job| job.totals.get(total))
    };
    let total = |name: &str| assessment.totals.get(name);
    MonthSummary {
        for_month: assessment.for_month.expect("an assessment has its month"),
        people: assessment.counts.done,
        held: assessment.counts.held,
        employers: total("employers"),
        hi_yen: total("hi_yen"),
        epi_yen: total("epi_yen"),
        contribution_yen: total("contribution_yen"),
        ltci_yen: total("ltci_exact") / 100_000,
        support_yen: total("support_exact") / 100_000,
        debit_notices: of("notices", "debit_notices"),
        payment_slips: of("notices", "payment_slips"),
        pages: of("print_lots", "pages"),
        lots: of("print_lots", "lots"),
        not_notified_yen: 0,
        not_printed_yen: 0,
        adjustments: total("adjustments"),
        findings: found(assessment, jobs),
    }
}

/// 記録の点検 of the same month.
fn found(assessment: &JobSummary, jobs: &[JobSummary]) -> Vec<(FindingKind, i64)> {
    let same = |job: &&JobSummary| job.job == Completeness.name() && job.for_month == assessment.for_month;
    jobs.iter().find(same).map(|job| completeness::by_kind(&job.totals)).unwrap_or_default()
}
