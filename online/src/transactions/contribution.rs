//! 月分の保険料 — one person's amount of a month with its receipt, from the facts as they were known.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Month, Yen};
use jiff::Timestamp;
use law::employees_insurance::age;
use law::employees_insurance::exemption::{LeaveKind, LeaveSpell, exempt_in};
use law::{MonthLaw, PersonContribution, PersonMonth, Receipt, Trace, Verdict, Workplace, Workplaces, day_number};
use serde::{Deserialize, Serialize};
use store::Db;
use store::coverage::{self, Bonus, MonthFacts};
use store::night::runs;
use store::night::selections::{self, SelectionMonth};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::{ErrorBody, TerminalError};
use crate::pages::{self, Esc, receipt_html, table};

/// Later than anything known: as known now.
pub(super) const END_OF_TIME: Timestamp = Timestamp::constant(253_370_764_800, 0);

/// いつの記録によるか.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// As the assessment of the month knew them; as known now when there was none yet.
    #[default]
    Assessment,
    /// As known now.
    Now,
}

/// 照会の条件.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// 調定のときの記録 (assessment) か、いまの記録 (now).
    #[serde(default)]
    pub basis: Basis,
}

/// 月分の保険料.
#[derive(Serialize, ToSchema)]
pub struct Contribution {
    /// 人.
    pub person_id: i64,
    /// 月分.
    #[schema(value_type = String, example = "2026-10")]
    pub month: Month,
    /// 調定した実行; none when the month is not assessed yet or the facts of now were asked for.
    pub run_id: Option<String>,
    /// The facts are those known at this instant; none means now.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub known_at: Option<Timestamp>,
    /// One per employer.
    pub spells: Vec<SpellContribution>,
}

/// 事業所ごとの保険料.
#[derive(Serialize, ToSchema)]
pub struct SpellContribution {
    /// 事業所.
    pub employer_id: i64,
    /// 事業所整理記号.
    pub employer_symbol: String,
    /// 事業所の名称.
    pub employer_name: String,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// `done`, or the reason why a person must decide.
    pub verdict: String,
    /// 月額分, then 賞与分 where a bonus was paid.
    pub amounts: Vec<Amount>,
    /// 計算の明細.
    #[schema(value_type = Object)]
    pub receipt: law::Receipt,
}

/// 保険料の一行. Whole amounts are exact: they are rounded when the employer's total is.
#[derive(Clone, Serialize, ToSchema)]
pub struct Amount {
    /// 健康保険料 (月額) など.
    pub item: String,
    /// 全額 (円), exact: `29550` or `14775.5`.
    #[schema(value_type = String)]
    pub full_yen: String,
    /// 被保険者負担分 (円); none where the employer pays all.
    pub employee_yen: Option<i64>,
}

/// 月分の保険料と計算の明細を照会する。
#[utoipa::path(
    get, path = "/api/persons/{person_id}/contributions/{month}", operation_id = "contribution_of_month", tag = "被保険者",
    params(
        ("person_id" = i64, Path, description = "人"),
        ("month" = String, Path, description = "月分 2026-10"),
        ("X-Purpose" = String, Header, description = "利用目的"),
        Asked,
    ),
    responses(
        (status = 200, description = "月分の保険料", body = Contribution),
        (status = 404, description = "人が見つからない", body = ErrorBody),
        (status = 422, description = "法令の表がその月分に及ばない", body = ErrorBody),
    )
)]
pub(crate) async fn contribution(
    State(app): State<App>,
    audit: Audit,
    Path((person_id, month)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Json<Contribution>, TerminalError> {
    let person_id = super::person::id_of(&person_id)?;
    Ok(Json(compute(&app, &audit, person_id, &month, asked.basis).await?))
}

async fn compute(
    app: &App,
    audit: &Audit,
    person_id: i64,
    month: &str,
    basis: Basis,
) -> Result<Contribution, TerminalError> {
    audit.subject(format!("person:{person_id}"));
    let month: Month = month.trim().parse().map_err(|_| {
        TerminalError::field("month", "月分", "month_unreadable", "月分を 2026-10 の形で入力してください")
    })?;
    let law = MonthLaw::of(month, &mut Trace::new())?;
    let client = app.client().await?;
    if store::persons::find(&client, person_id).await?.is_none() {
        return Err(TerminalError::NotFound { what: "この番号の方" });
    }
    let assessed = match basis {
        Basis::Now => None,
        Basis::Assessment => runs::assessed_months(&client).await?.into_iter().find(|(of, _, _)| *of == month),
    };
    let (run_id, known_at) = assessed.map(|(_, run_id, cutoff_at)| (run_id, cutoff_at)).unzip();
    let chosen = selections::of_person(&client, person_id, month, known_at).await?;
    let workplaces = workplaces(&client, &law, person_id, known_at, &chosen).await?;
    let mut spells = Vec::new();
    for facts in coverage::month_facts(&client, person_id, month, known_at).await? {
        let place = workplaces.1.iter().position(|spell_id| *spell_id == facts.spell.spell_id);
        let computed = match place {
            Some(place) => part(&law, &workplaces.0, place),
            None => alone(&law, &person_month(&law, &facts, is_cancelled(&client, &facts, month, known_at).await?)),
        };
        spells.push(of_spell(&client, &facts, computed).await?);
    }
    Ok(Contribution { person_id, month, run_id, known_at, spells })
}

/// 同月得喪の後に得た資格 — asked as the night asks it, and only where both days lie in the month.
async fn is_cancelled(
    db: &impl Db,
    facts: &MonthFacts,
    month: Month,
    known_at: Option<Timestamp>,
) -> Result<bool, TerminalError> {
    let spell = &facts.spell;
    if Month::of(spell.valid_from) != month || spell.valid_to.map(Month::of) != Some(month) {
        return Ok(false);
    }
    let known_at = known_at.unwrap_or(END_OF_TIME);
    Ok(!store::night::facts::cancelled_months(db, &[(spell.employer_id, spell.spell_id)], month, known_at)
        .await?
        .is_empty())
}

/// 所属選択 — the offices that the choice names, in order of spell as the night has them, and their spells.
async fn workplaces(
    db: &impl Db,
    law: &MonthLaw,
    person_id: i64,
    known_at: Option<Timestamp>,
    chosen: &[SelectionMonth],
) -> Result<(Workplaces, Vec<i64>), TerminalError> {
    let health_society = chosen.iter().any(|row| row.health_society);
    let (mut offices, mut spells) = (Vec::new(), Vec::new());
    if chosen.is_empty() {
        return Ok((Workplaces { offices, health_society }, spells));
    }
    let mut year = coverage::year_facts(db, person_id, law.month(), known_at).await?;
    year.sort_by_key(|facts| facts.spell.spell_id);
    for facts in &year {
        let Some(row) = chosen.iter().find(|row| row.spell_id == facts.spell.spell_id) else { continue };
        let cancelled = is_cancelled(db, facts, law.month(), known_at).await?;
        let payment = |bonus: &Bonus| (day_number(bonus.paid_on), bonus.amount_yen);
        let mut bonuses: Vec<(i32, i64)> = facts.bonuses.iter().map(payment).collect();
        bonuses.sort_unstable();
        spells.push(facts.spell.spell_id);
        offices.push(Workplace {
            month: person_month(law, facts, cancelled),
            remuneration_yen: facts.remuneration.as_ref().map_or(0, |standard| standard.monthly_remuneration_yen),
            bonuses,
            selected: row.chosen,
        });
    }
    Ok((Workplaces { offices, health_society }, spells))
}

/// What a spell costs in the month, with everything that led to it.
type Computed = (PersonContribution, Receipt);

fn alone(law: &MonthLaw, person: &PersonMonth) -> Computed {
    let mut trace = Trace::new();
    let outcome = law.explain(person, &mut trace);
    let inputs = law::calc::month_contribution_inputs(law, person).unwrap_or_default();
    let result = law::calc::month_contribution_result(&outcome);
    (outcome, trace.into_receipt("month_contribution", inputs, result))
}

fn part(law: &MonthLaw, person: &Workplaces, place: usize) -> Computed {
    let mut trace = Trace::new();
    let part = law.explain_workplaces(person, place, &mut trace);
    let inputs = law::calc::workplaces_contribution_inputs(law, person, place).unwrap_or_default();
    let result = law::calc::workplaces_contribution_result(&part);
    (part.contribution, trace.into_receipt("workplaces_contribution", inputs, result))
}

async fn of_spell(
    db: &impl Db,
    facts: &MonthFacts,
    (outcome, receipt): Computed,
) -> Result<SpellContribution, TerminalError> {
    let employer = store::employers::find(db, facts.spell.employer_id).await?;
    let employer = employer.ok_or(TerminalError::NotFound { what: "事業所" })?;
    let verdict = match outcome.verdict {
        Verdict::Done => "done".to_owned(),
        Verdict::Hold(reason) => reason.code().to_owned(),
    };
    Ok(SpellContribution {
        employer_id: employer.employer_id,
        employer_symbol: employer.symbol.to_string(),
        employer_name: employer.profile.name,
        insured_number: facts.spell.insured_number,
        verdict,
        amounts: amounts(&outcome),
        receipt,
    })
}

fn amounts(outcome: &law::PersonContribution) -> Vec<Amount> {
    let row = |item: &str, exact: i64, employee: Option<i64>| Amount {
        item: item.to_owned(),
        full_yen: exact_text(exact),
        employee_yen: employee,
    };
    let mut rows = vec![
        row("健康保険料 (介護・支援金を含む)", outcome.monthly.hi_exact(), Some(outcome.hi_employee_yen)),
        row("厚生年金保険料", outcome.monthly.epi_exact, Some(outcome.epi_employee_yen)),
        row("子ども・子育て拠出金", outcome.monthly.contribution_exact, None),
    ];
    if outcome.bonus != law::Levies::default() {
        rows.push(row("賞与の健康保険料", outcome.bonus.hi_exact(), Some(outcome.bonus_hi_employee_yen)));
        rows.push(row("賞与の厚生年金保険料", outcome.bonus.epi_exact, Some(outcome.bonus_epi_employee_yen)));
        rows.push(row("賞与の子ども・子育て拠出金", outcome.bonus.contribution_exact, None));
    }
    rows
}

fn exact_text(units: i64) -> String {
    let exact = law::employees_insurance::month::exact_yen(units);
    exact.to_decimal().unwrap_or_else(|| exact.to_string())
}

/// The facts of the month in the shape the rule takes them.
fn person_month(law: &MonthLaw, facts: &MonthFacts, epi_same_month_cancelled: bool) -> PersonMonth {
    let spell = &facts.spell;
    let paid_before = |end: Option<jiff::civil::Date>| {
        let counts = |bonus: &&Bonus| bonus.paid_on >= spell.valid_from && end.is_none_or(|end| bonus.paid_on < end);
        let payments = facts.bonuses.iter().filter(counts);
        payments.map(|bonus| (day_number(bonus.paid_on), bonus.amount_yen)).collect::<Vec<_>>()
    };
    let ends_by = |loss_by_age: jiff::civil::Date| Some(spell.valid_to.map_or(loss_by_age, |end| end.min(loss_by_age)));
    let hi_payments = paid_before(ends_by(age::hi_loss_on(facts.birth_on)));
    let epi_payments = paid_before(ends_by(age::epi_loss_on(facts.birth_on)));
    let leaves: Vec<LeaveSpell> = facts.leaves.iter().filter_map(leave_of).collect();
    let exempt = exempt_in(law.month(), &leaves);
    let standard = facts.remuneration.as_ref();
    PersonMonth {
        birth_on: day_number(facts.birth_on),
        acquired_on: day_number(spell.valid_from),
        lost_on: spell.valid_to.map(day_number),
        prefecture: u8::try_from(spell.prefecture_code).unwrap_or_default(),
        hi_applies: spell.health_insurance,
        epi_applies: spell.employees_pension,
        ltci_excluded: false,
        hi_standard_yen: standard.map_or(0, |standard| i64::from(standard.hi_standard_yen)),
        epi_standard_yen: standard.map_or(0, |standard| i64::from(standard.epi_standard_yen)),
        hi_standard_bonus_yen: law.standard_bonus(&hi_payments).0,
        epi_standard_bonus_yen: law.standard_bonus(&epi_payments).1,
        exempt: exempt.month,
        bonus_exempt: exempt.bonus,
        epi_same_month_cancelled,
        multi_workplace: spell.two_workplaces,
    }
}

fn leave_of(leave: &coverage::Leave) -> Option<LeaveSpell> {
    let kind = match leave.kind.as_str() {
        "maternity" => LeaveKind::Maternity,
        _ => LeaveKind::Childcare,
    };
    let end = leave.valid_to.yesterday().ok()?;
    Some(LeaveSpell { kind, start: leave.valid_from, end, worked_days_excluded: i32::from(leave.worked_days_excluded) })
}

/// 画面の条件.
#[derive(Deserialize)]
pub(crate) struct PageAsked {
    #[serde(default)]
    month: String,
    #[serde(default)]
    basis: Basis,
    #[serde(default)]
    purpose: String,
}

/// 月分の保険料の画面.
pub(crate) async fn page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(person_id): Path<String>,
    Query(asked): Query<PageAsked>,
) -> Result<Response, TerminalError> {
    let person_id = super::person::id_of(&person_id)?;
    audit.subject(format!("person:{person_id}"));
    audit.purpose()?;
    let found = compute(&app, &audit, person_id, &asked.month, asked.basis).await?;
    let month_words = domain::era::month_in_words(found.month);
    let basis = match &found.run_id {
        Some(run_id) => format!("調定 ({}) のときの記録による計算です。", Esc(run_id)),
        None => "いまの記録による計算です (この月分の調定はまだ、またはいまの記録を指定)。".to_owned(),
    };
    let mut body = format!("<p class=\"lead\">{basis}</p>\n");
    for spell in &found.spells {
        body.push_str(&format!(
            "<h2>{} {} (整理番号 {})</h2>\n",
            Esc(&spell.employer_symbol),
            Esc(&spell.employer_name),
            spell.insured_number
        ));
        let rows = spell.amounts.iter().map(|amount| {
            let employee = amount.employee_yen.map_or("—".to_owned(), |yen| Yen::new(yen).to_string());
            vec![
                Esc(&amount.item).to_string(),
                format!("<span class=\"yen\">{}円</span>", grouped(&amount.full_yen)),
                format!("<span class=\"yen\">{employee}</span>"),
            ]
        });
        body.push_str(&table(&format!("{month_words}分の保険料"), &["保険料", "全額", "うち被保険者負担分"], rows));
        body.push_str(&receipt_html("計算の明細", &spell.receipt));
    }
    if found.spells.is_empty() {
        body.push_str("<div class=\"notice\" role=\"status\"><p>この月分に被保険者の資格はありません。</p></div>\n");
    }
    body.push_str(&format!(
        "<p class=\"actions\"><a class=\"button\" href=\"/persons/{person_id}?purpose={}\" autofocus>個人の記録へ戻る</a></p>\n",
        Esc(&asked.purpose)
    ));
    Ok(pages::page(StatusCode::OK, Some(&clerk), &format!("{month_words}分の保険料"), body))
}

/// `14,775.5` from `14775.5`.
fn grouped(exact: &str) -> String {
    let (whole, rest) = exact.split_once('.').map_or((exact, None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.parse().map(domain::money::group_thousands).unwrap_or_else(|_| whole.to_owned());
    rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}"))
}

#[cfg(test)]
mod tests {
    use domain::Ratio;

    use super::*;

    #[test]
    fn exact_amounts_keep_their_fraction() {
        assert_eq!(grouped("29550"), "29,550");
        assert_eq!(grouped("14775.5"), "14,775.5");
        assert_eq!(exact_text(1_477_550_000), "14775.5");
        assert_eq!(Ratio::of_yen(Yen::new(3)).to_decimal().as_deref(), Some("3"));
    }
}
