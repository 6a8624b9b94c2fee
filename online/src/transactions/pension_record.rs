//! 年金記録の照会 — what is on record of one life: spells, the months by fiscal year, counts, contradictions, remuneration.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::life::{
    Category, ComplementaryKind, EmployeesKind, LifeRows, RemunerationBasis, RemunerationSplit, SplitStandard,
};
use domain::person_paper::Share;
use domain::{Month, Yen, era};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use law::pension_record::life::{
    Cover, LifeRecord, Marks, RecordMonth, State as Standing, add_current_cover, life, tell,
};
use law::{Receipt, Trace};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::lives::{self, Persons};
use store::{Db, pension_card};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::audit::Audit;
use crate::clerk::Clerk;
use crate::error::{ErrorBody, TerminalError};
use crate::pages::{self, Esc, receipt_html, table};
use crate::{day, purpose::Purpose};

/// 照会の条件.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LifeAsked {
    /// 基準日 2026-10-15; today without it.
    as_of: String,
    /// 記録の時点: an instant, or a day (its end); as known now without it.
    known_at: String,
}

/// 年金記録.
#[derive(Serialize, ToSchema)]
pub struct LifeCard {
    /// 人.
    pub person_id: i64,
    /// 基準日.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// The record is that known at this instant; none means now.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub known_at: Option<Timestamp>,
    /// 死亡年月日.
    #[schema(value_type = Option<String>, format = Date)]
    pub died_on: Option<Date>,
    /// 資格記録, the oldest first.
    pub spells: Vec<LifeSpell>,
    /// 月の記録, by fiscal year.
    pub years: Vec<LifeYear>,
    /// 月の集計.
    pub counts: LifeMonths,
    /// 矛盾: what cannot all be right, and who can resolve it.
    pub contradictions: Vec<LifeContradiction>,
    /// 合算対象期間・第3号の届出の事情.
    pub spans: Vec<LifeSpanLine>,
    /// 標準報酬月額, runs of equal months, as they were before a split.
    pub remunerations: Vec<LifeRemuneration>,
    /// 離婚時の年金分割.
    pub splits: Vec<LifeSplit>,
    /// 集計の明細.
    #[schema(value_type = Object)]
    pub receipt: Receipt,
}

/// 資格.
#[derive(Serialize, ToSchema)]
pub struct LifeSpell {
    /// 記録の番号; of cover at an employer the number of the spell.
    pub record_id: u64,
    /// `cat1`, `cat2`, `cat3`, `voluntary`, `special_voluntary`.
    pub category: &'static str,
    /// In Japanese.
    pub name: String,
    /// 適用事業所での資格: corrected by the employer's filings.
    pub at_employer: bool,
    /// 資格取得年月日.
    #[schema(value_type = String, format = Date)]
    pub acquired_on: Date,
    /// 資格喪失年月日.
    #[schema(value_type = Option<String>, format = Date)]
    pub lost_on: Option<Date>,
}

/// 一年度の月.
#[derive(Serialize, ToSchema)]
pub struct LifeYear {
    /// 年度.
    pub fiscal_year: i16,
    /// April to March; null outside of the record.
    pub months: Vec<Option<LifeMonth>>,
}

/// 一月.
#[derive(Serialize, ToSchema)]
pub struct LifeMonth {
    /// `none`, `cat1`, `employees_1` …, `cat3`, `voluntary`, `special_voluntary`.
    pub cover: &'static str,
    /// `paid`, `unpaid`, `full_exempt`, `employed`, `dependant`, `mismatch` …
    pub state: &'static str,
    /// 付加保険料も納付.
    pub additional: bool,
    /// As terminals show it.
    pub mark: &'static str,
}

/// 月の集計.
#[derive(Serialize, ToSchema)]
pub struct LifeMonths {
    /// 納付済 (第1号・任意加入).
    pub contributed: u16,
    /// 納付済 (第2号).
    pub cat2: u16,
    /// 納付済 (第3号).
    pub cat3: u16,
    /// 免除.
    pub exempt: u16,
    /// 学生納付特例・納付猶予.
    pub deferred: u16,
    /// 合算対象.
    pub complementary: u16,
    /// 未納.
    pub unpaid: u16,
    /// 第3号の届出遅滞.
    pub cat3_late: u16,
    /// 時効消滅不整合.
    pub cat3_mismatch: u16,
    /// 受給資格期間.
    pub qualifying: u16,
    /// 厚生年金.
    pub employees: u16,
    /// 付加保険料.
    pub additional: u16,
}

/// 矛盾.
#[derive(Serialize, ToSchema)]
pub struct LifeContradiction {
    /// Short name.
    pub code: &'static str,
    /// 最初の月.
    #[schema(value_type = String)]
    pub first: Month,
    /// 最後の月.
    #[schema(value_type = String)]
    pub last: Month,
    /// What is wrong and what to do.
    pub sentence: &'static str,
    /// 根拠条文.
    pub clause: &'static str,
    /// 解決できる人.
    pub resolver: &'static str,
    /// 記録の番号.
    pub records: Vec<u64>,
}

/// 月の幅.
#[derive(Serialize, ToSchema)]
pub struct LifeSpanLine {
    /// 記録の番号.
    pub record_id: u64,
    /// `cat3_mismatch`, `overseas` …
    pub kind: &'static str,
    /// In Japanese.
    pub name: &'static str,
    /// 最初の月.
    #[schema(value_type = String)]
    pub first: Month,
    /// 最後の月.
    #[schema(value_type = String)]
    pub last: Month,
}

/// 標準報酬月額.
#[derive(Serialize, ToSchema)]
pub struct LifeRemuneration {
    /// 最初の月.
    #[schema(value_type = String)]
    pub first: Month,
    /// 最後の月; none while in force.
    #[schema(value_type = Option<String>)]
    pub last: Option<Month>,
    /// 厚生年金の種別.
    pub kind: i16,
    /// 標準報酬月額.
    pub standard_yen: u32,
    /// 離婚時みなし.
    pub deemed: bool,
    /// 記録の番号.
    pub record_id: u64,
}

/// 離婚時の年金分割.
#[derive(Serialize, ToSchema)]
pub struct LifeSplit {
    /// 記録の番号.
    pub record_id: u64,
    /// `agreed`, `cat3`.
    pub kind: &'static str,
    /// In Japanese.
    pub name: &'static str,
    /// 第1号改定者・特定被保険者: the remuneration went down.
    pub gives: bool,
    /// 相手方.
    pub other_person_id: i64,
    /// 按分割合, percent.
    pub share: String,
    /// 改定割合, seven decimals.
    pub rate: String,
    /// 対象期間の最初の月.
    #[schema(value_type = String)]
    pub first: Month,
    /// 対象期間の最後の月.
    #[schema(value_type = String)]
    pub last: Month,
    /// 請求のあった日.
    #[schema(value_type = String, format = Date)]
    pub claimed_on: Date,
    /// 年金額を改定する月.
    #[schema(value_type = String)]
    pub effective: Month,
    /// 標準報酬月額 before and after.
    pub standards: Vec<LifeSplitStandard>,
}

/// 改定された標準報酬月額.
#[derive(Serialize, ToSchema)]
pub struct LifeSplitStandard {
    /// 最初の月.
    #[schema(value_type = String)]
    pub first: Month,
    /// 最後の月.
    #[schema(value_type = String)]
    pub last: Month,
    /// 改定前; 0 in a 離婚時みなし被保険者期間.
    pub before_yen: u32,
    /// 改定後.
    pub after_yen: u32,
}

/// 年金記録を照会する。
#[utoipa::path(
    get, path = "/api/persons/{person_id}/life", operation_id = "life_of_person", tag = "年金",
    params(
        ("person_id" = i64, Path, description = "人"),
        ("X-Purpose" = String, Header, description = "利用目的"),
        LifeAsked,
    ),
    responses(
        (status = 200, description = "年金記録", body = LifeCard),
        (status = 404, description = "人が見つからない", body = ErrorBody),
        (status = 422, description = "日の誤り、法令の表が及ばない", body = ErrorBody),
    )
)]
pub(crate) async fn record(
    State(app): State<App>,
    audit: Audit,
    Path(person_id): Path<String>,
    Query(asked): Query<LifeAsked>,
) -> Result<Json<LifeCard>, TerminalError> {
    Ok(Json(look_up(&app, &audit, super::person::id_of(&person_id)?, &asked).await?))
}

/// 記録の時点: an instant, or the end of a day in Japan.
pub(super) fn known_at_of(typed: &str) -> Result<Option<Timestamp>, TerminalError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let instant = typed.parse::<Timestamp>().ok();
    let end_of_day = || {
        let tomorrow = day::parse(typed).ok()?.checked_add(1.day()).ok()?;
        jiff::tz::Offset::constant(9).to_timestamp(tomorrow.to_datetime(jiff::civil::Time::midnight())).ok()
    };
    instant.or_else(end_of_day).map(Some).ok_or_else(|| {
        let reason = "2026-10-15 (その日の終わり) または 2026-10-15T09:00:00Z の形で入力してください";
        TerminalError::field("known_at", "記録の時点", "instant_unreadable", reason)
    })
}

/// The registers of one person as known then.
pub(super) async fn rows_of(db: &impl Db, person: Persons) -> Result<LifeRows, TerminalError> {
    if let Some(rows) = lives::read(db, person, Some(&[person.from])).await?.pop() {
        return Ok(rows);
    }
    match pension_card::kept_number(db, person).await? {
        Some(kept) => {
            let reason = format!("この番号は統合されています。残した番号 (人 {kept}) の記録を照会してください");
            Err(TerminalError::field("person_id", "人", "merged", reason))
        }
        None => Err(TerminalError::NotFound { what: "この番号の方" }),
    }
}

async fn look_up(app: &App, audit: &Audit, person_id: i64, asked: &LifeAsked) -> Result<LifeCard, TerminalError> {
    audit.subject(format!("person:{person_id}"));
    audit.purpose()?;
    let as_of = match asked.as_of.trim() {
        "" => app.0.config.business_day(),
        typed => day::parse(typed)
            .map_err(|error| TerminalError::field("as_of", "基準日", error.code(), error.to_string()))?,
    };
    let known_at = known_at_of(&asked.known_at)?;
    let client = app.client().await?;
    let mut rows = rows_of(&client, Persons::one(person_id, known_at)).await?;
    let spells = spells(&rows);
    let mut trace = Trace::new();
    add_current_cover(&mut rows, Month::of(as_of), &mut trace)?;
    let record = life(&rows.facts(), as_of)?;
    tell(&record, &mut trace);
    Ok(LifeCard {
        person_id,
        as_of,
        known_at,
        died_on: rows.died_on,
        spells,
        years: years(&record),
        counts: months(&record),
        contradictions: contradictions(&record),
        spans: spans(&rows),
        remunerations: remunerations(&rows),
        splits: rows.splits.iter().map(split_of).collect(),
        receipt: trace.into_receipt("年金記録", Value::Null, json!({ "qualifying": record.counts().qualifying() })),
    })
}

fn category_words(category: Category) -> String {
    match category {
        Category::Cat1 => "第1号".to_owned(),
        Category::Cat2 { kind, .. } => match kind {
            EmployeesKind::First => "厚生年金 (第1号)".to_owned(),
            other => format!("厚生年金 (第{}号・共済)", other.number()),
        },
        Category::Cat3 => "第3号".to_owned(),
        Category::Voluntary => "任意加入".to_owned(),
        Category::SpecialVoluntary => "特例任意加入".to_owned(),
    }
}

fn spells(rows: &LifeRows) -> Vec<LifeSpell> {
    let own = rows.spells.iter().map(|spell| LifeSpell {
        record_id: spell.source,
        category: spell.category.code(),
        name: category_words(spell.category),
        at_employer: false,
        acquired_on: spell.acquired_on,
        lost_on: spell.lost_on,
    });
    let covers = rows.covers.iter().map(|cover| LifeSpell {
        record_id: cover.spell_id.unsigned_abs(),
        category: "cat2",
        name: "厚生年金 (事業所の届)".to_owned(),
        at_employer: true,
        acquired_on: cover.acquired_on,
        lost_on: cover.lost_on,
    });
    let mut spells: Vec<LifeSpell> = own.chain(covers).collect();
    spells.sort_by_key(|spell| (spell.acquired_on, spell.record_id));
    spells
}

fn years(record: &LifeRecord) -> Vec<LifeYear> {
    let years = record.first().fiscal_year()..=record.last().fiscal_year();
    let year = |fiscal_year: i16| LifeYear {
        fiscal_year,
        months: (0..12)
            .map(|place| record.month(Month::new(fiscal_year, 4)?.plus(place)).map(|month| line_of(*month)))
            .collect(),
    };
    years.map(year).collect()
}

fn line_of(month: RecordMonth) -> LifeMonth {
    LifeMonth {
        cover: month.cover.code(),
        state: month.state.code(),
        additional: month.marks.has(Marks::ADDITIONAL),
        mark: mark(month),
    }
}

/// 月の印 — one or two signs a month, told under the table.
fn mark(month: RecordMonth) -> &'static str {
    let additional = month.marks.has(Marks::ADDITIONAL);
    match (month.state, month.cover) {
        (Standing::Nothing | Standing::ForeignerAbroad, _) => "－",
        (Standing::Employed, Cover::Employees(EmployeesKind::First)) => "厚",
        (Standing::Employed, _) => "共",
        (Standing::Dependant, _) => "3",
        (Standing::DependantLate, _) => "3遅",
        (Standing::Mismatch, _) => "不整",
        (Standing::Complementary(_), _) => "合",
        (Standing::Unpaid, _) => "未",
        (Standing::Paid | Standing::PaidLater, _) if additional => "納付",
        (Standing::Paid, Cover::Voluntary | Cover::SpecialVoluntary) => "任納",
        (Standing::Paid, _) => "納",
        (Standing::PaidLater, _) => "追",
        (Standing::Maternity, _) => "産",
        (Standing::Childcare, _) => "育",
        (Standing::StatutoryExempt, _) => "法",
        (Standing::FullExempt, _) => "全",
        (Standing::ThreeQuarterExempt, _) => "3/4",
        (Standing::HalfExempt, _) => "半",
        (Standing::QuarterExempt, _) => "1/4",
        (Standing::RestUnpaid, _) => "残未",
        (Standing::Student, _) => "学",
        (Standing::Deferral, _) => "猶",
    }
}

const MARKS_TOLD: &str = "納 納付、納付 付加も納付、任納 任意加入の納付、追 追納、未 未納、厚 厚生年金、共 共済、3 第3号、3遅 第3号の届出遅滞、\
    不整 時効消滅不整合、合 合算対象、法 法定免除、全 全額免除、3/4・半・1/4 一部免除、残未 一部免除の残りが未納、学 学生納付特例、\
    猶 納付猶予、産 産前産後免除、育 育児期間免除、－ 記録なし";

fn months(record: &LifeRecord) -> LifeMonths {
    let counts = record.counts();
    LifeMonths {
        contributed: counts.contributed.total(),
        cat2: counts.cat2.total(),
        cat3: counts.cat3.total(),
        exempt: counts.exempt(),
        deferred: counts.student + counts.deferral,
        complementary: counts.complementary_total(),
        unpaid: counts.unpaid,
        cat3_late: counts.cat3_late,
        cat3_mismatch: counts.cat3_mismatch,
        qualifying: counts.qualifying(),
        employees: counts.employees_total(),
        additional: counts.additional,
    }
}

fn contradictions(record: &LifeRecord) -> Vec<LifeContradiction> {
    let found = record.contradictions().iter().map(|found| LifeContradiction {
        code: found.kind.code(),
        first: found.first,
        last: found.last,
        sentence: found.kind.sentence(),
        clause: found.kind.clause(),
        resolver: found.kind.resolver().name(),
        records: found.source.into_iter().chain(found.other).collect(),
    });
    found.collect()
}

fn complementary_words(kind: ComplementaryKind) -> &'static str {
    match kind {
        ComplementaryKind::EmployeesOutside20To59 => "被用者年金の20歳前・60歳以後",
        ComplementaryKind::SpouseNotJoined => "被用者の配偶者で任意加入しなかった期間",
        ComplementaryKind::Overseas => "海外在住",
        ComplementaryKind::StudentNotJoined => "学生で任意加入しなかった期間",
        ComplementaryKind::VoluntaryUnpaid => "任意加入して納付しなかった期間",
        ComplementaryKind::LumpSumWithdrawn => "脱退手当金の期間",
        ComplementaryKind::DietMember => "国会議員の期間",
        ComplementaryKind::Naturalised => "帰化・永住許可前の期間",
        ComplementaryKind::EntitledNotJoined => "老齢給付の受給権者で任意加入しなかった期間",
        ComplementaryKind::MismatchFiled => "特定期間",
    }
}

fn spans(rows: &LifeRows) -> Vec<LifeSpanLine> {
    use domain::life::Cat3Irregularity as Cat3;
    let cat3 = rows.cat3.iter().map(|span| LifeSpanLine {
        record_id: span.source,
        kind: span.irregularity.code(),
        name: match span.irregularity {
            Cat3::Late => "第3号の届出遅滞",
            Cat3::SpecialNotice => "第3号の特例届出",
            Cat3::Mismatch => "時効消滅不整合期間",
            Cat3::MismatchFiled => "特定期間 (届出あり)",
        },
        first: span.first,
        last: span.last,
    });
    let complementary = rows.complementary.iter().map(|span| LifeSpanLine {
        record_id: span.source,
        kind: span.kind.code(),
        name: complementary_words(span.kind),
        first: span.first,
        last: span.last,
    });
    let mut spans: Vec<LifeSpanLine> = cat3.chain(complementary).collect();
    spans.sort_by_key(|span| (span.first, span.record_id));
    spans
}

fn remunerations(rows: &LifeRows) -> Vec<LifeRemuneration> {
    let mut lines: Vec<LifeRemuneration> = rows
        .remunerations
        .iter()
        .map(|span| LifeRemuneration {
            first: span.first,
            last: span.last,
            kind: span.kind.number(),
            standard_yen: span.standard_yen,
            deemed: span.basis == RemunerationBasis::DeemedBySplit,
            record_id: span.source,
        })
        .collect();
    lines.sort_by_key(|line| (line.first, line.record_id));
    lines
}

fn split_of(split: &RemunerationSplit) -> LifeSplit {
    let standard = |run: &SplitStandard| LifeSplitStandard {
        first: run.first,
        last: run.last,
        before_yen: run.before_yen,
        after_yen: run.after_yen,
    };
    LifeSplit {
        record_id: split.source,
        kind: split.kind.code(),
        name: split.kind.name_ja(),
        gives: split.gives,
        other_person_id: split.other_person_id,
        share: Share::new(split.share).map(|share| share.to_string()).unwrap_or_default(),
        rate: format!("0.{:07}", split.rate),
        first: split.first,
        last: split.last,
        claimed_on: split.claimed_on,
        effective: split.effective(),
        standards: split.standards.iter().map(standard).collect(),
    }
}

/// 画面の条件.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct PageAsked {
    as_of: String,
    known_at: String,
}

/// 年金記録の画面.
pub(crate) async fn page(
    State(app): State<App>,
    clerk: Clerk,
    audit: Audit,
    Path(person_id): Path<String>,
    Query(asked): Query<PageAsked>,
) -> Result<Response, TerminalError> {
    let asked = LifeAsked { as_of: asked.as_of, known_at: asked.known_at };
    let person_id = super::person::id_of(&person_id)?;
    let card = look_up(&app, &audit, person_id, &asked).await?;
    let who = super::person::heading(&app, person_id).await?;
    let body = format!("{who}{}", card_html(&card, audit.purpose()?));
    Ok(pages::page(StatusCode::OK, Some(&clerk), "年金記録", body))
}

fn card_html(card: &LifeCard, purpose: Purpose) -> String {
    let known = card.known_at.map_or("いま".to_owned(), super::course::in_japan);
    let mut html = format!("<p class=\"lead\">基準日 {}、記録の時点 {}。</p>\n", era::in_words(card.as_of), Esc(known));
    if let Some(died_on) = card.died_on {
        html.push_str(&format!("<p>死亡年月日 {}</p>\n", era::in_words(died_on)));
    }
    html.push_str(&format!(
        "<p class=\"actions\"><a class=\"button\" href=\"/persons/{id}/pension?purpose={purpose}\" autofocus>年金額を見る</a> \
         <a href=\"/persons/{id}?purpose={purpose}\">個人の記録へ戻る</a></p>\n",
        id = card.person_id,
        purpose = purpose.code(),
    ));
    html.push_str(&contradictions_html(card));
    let rows = card.spells.iter().map(|spell| {
        vec![
            spell.record_id.to_string(),
            Esc(&spell.name).to_string(),
            era::in_words(spell.acquired_on),
            spell.lost_on.map(era::in_words).unwrap_or_default(),
        ]
    });
    html.push_str("<h2>資格記録</h2>\n");
    html.push_str(&table("古い順", &["記録の番号", "種別", "資格取得", "資格喪失"], rows));
    html.push_str(&months_html(card));
    let rows = card.spans.iter().map(|span| {
        vec![span.record_id.to_string(), span.name.to_owned(), span.first.to_string(), span.last.to_string()]
    });
    if !card.spans.is_empty() {
        html.push_str("<h2>合算対象期間・第3号の届出の事情</h2>\n");
        html.push_str(&table("古い順", &["記録の番号", "種類", "最初の月", "最後の月"], rows));
    }
    let rows = card.remunerations.iter().map(|line| {
        let last = line.last.map(|last| last.to_string()).unwrap_or_default();
        let deemed = if line.deemed { "離婚時みなし" } else { "" };
        let yen = Yen::new(i64::from(line.standard_yen));
        vec![
            format!("{}〜{last}", line.first),
            format!("第{}号", line.kind),
            format!("<span class=\"yen\">{yen}</span>"),
            deemed.to_owned(),
        ]
    });
    if !card.remunerations.is_empty() {
        html.push_str("<h2>標準報酬月額</h2>\n");
        html.push_str(&table("古い順", &["月", "種別", "標準報酬月額", ""], rows));
    }
    card.splits.iter().for_each(|split| html.push_str(&split_html(split)));
    html.push_str(&receipt_html("集計の明細", &card.receipt));
    html
}

fn split_html(split: &LifeSplit) -> String {
    let role = match (split.gives, split.kind) {
        (true, "cat3") => "特定被保険者",
        (true, _) => "第1号改定者",
        (false, "cat3") => "被扶養配偶者",
        (false, _) => "第2号改定者",
    };
    let yen = |yen: u32| format!("<span class=\"yen\">{}</span>", Yen::new(i64::from(yen)));
    let rows = split.standards.iter().map(|run| {
        let deemed = if run.before_yen == 0 { "離婚時みなし" } else { "" };
        vec![format!("{}〜{}", run.first, run.last), yen(run.before_yen), yen(run.after_yen), deemed.to_owned()]
    });
    format!(
        "<h2>離婚時の年金分割 ({})</h2>\n<p>{role}。相手方は人 {}。按分割合 {}、改定割合 {}。対象期間 {}〜{}。{} の請求により、\
         年金額は {} 分から改定します。</p>\n{}",
        split.name,
        split.other_person_id,
        split.share,
        split.rate,
        split.first,
        split.last,
        era::in_words(split.claimed_on),
        split.effective,
        table("標準報酬月額の改定", &["月", "改定前", "改定後", ""], rows)
    )
}

fn contradictions_html(card: &LifeCard) -> String {
    if card.contradictions.is_empty() {
        return String::new();
    }
    let rows = card.contradictions.iter().map(|found| {
        let records: Vec<String> = found.records.iter().map(u64::to_string).collect();
        vec![
            format!("{}〜{}", found.first, found.last),
            format!("{} <span class=\"clause\">【{}】</span>", Esc(found.sentence), Esc(found.clause)),
            records.join("、"),
            found.resolver.to_owned(),
        ]
    });
    format!(
        "<div class=\"notice bad\" role=\"alert\"><p>記録に確かめることが{}件あります。</p></div>\n{}",
        card.contradictions.len(),
        table("矛盾と、解決できる人", &["月", "内容", "記録の番号", "解決できる人"], rows)
    )
}

fn months_html(card: &LifeCard) -> String {
    let counts = &card.counts;
    let mut html = String::from("<h2>月の集計</h2>\n");
    let counted = [
        ("納付済 (1号・任意)", counts.contributed),
        ("納付済 (2号)", counts.cat2),
        ("納付済 (3号)", counts.cat3),
        ("免除", counts.exempt),
        ("学生納付特例・猶予", counts.deferred),
        ("合算対象", counts.complementary),
        ("未納", counts.unpaid),
        ("第3号の届出遅滞", counts.cat3_late),
        ("時効消滅不整合", counts.cat3_mismatch),
        ("受給資格期間", counts.qualifying),
        ("厚生年金", counts.employees),
    ];
    let rows = counted.map(|(name, months)| vec![name.to_owned(), format!("<span class=\"yen\">{months}</span>")]);
    html.push_str(&table("か月", &["区分", "月数"], rows));
    let heads = ["年度", "4", "5", "6", "7", "8", "9", "10", "11", "12", "1", "2", "3"];
    let rows = card.years.iter().map(|year| {
        let cells = year.months.iter().map(|month| month.as_ref().map_or(String::new(), |month| month.mark.to_owned()));
        std::iter::once(year.fiscal_year.to_string()).chain(cells).collect()
    });
    html.push_str("<h2>月の記録</h2>\n");
    html.push_str(&table("年度ごと (4月から翌年3月)", &heads, rows));
    html.push_str(&format!("<p class=\"hint\">{MARKS_TOLD}</p>\n"));
    html
}
