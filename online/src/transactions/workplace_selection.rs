//! 被保険者所属選択・二以上事業所勤務届 (健康保険法施行規則1条の3・2条・37条, 厚生年金保険法施行規則1条・2条) — on paper, typed at the
//! counter of the office chosen, decided by two clerks.

use domain::paper::{HealthInsurer, OtherWorkplace, PaperFiling, PaperForm, WorkplaceSelection};
use serde::Serialize;
use utoipa::ToSchema;

use super::correction::WHO;
use super::handlers::filing_handlers;
use crate::pages::form::{Group, choice, day, digits, text};
use crate::paper_form::{PaperSpec, Reader};

const CHOICE: Group = Group {
    legend: "選択 (上の事業所を選択する事業所とする)",
    fields: &[
        day("since", "二以上の事業所に使用されることとなった年月日").must(),
        choice(
            "insurer",
            "選択する保険者",
            &[("", "選んでください"), ("association", "全国健康保険協会"), ("society", "健康保険組合")],
        )
        .must(),
    ],
};

const OTHERS: Group = Group {
    legend: "選択しない事業所",
    fields: &[
        text("other_1_symbol", "1つ目 事業所整理記号", 12, "例 41-01-ﾄｵｲ").must(),
        digits("other_1_number", "1つ目 被保険者整理番号", 6, "").must(),
        text("other_2_symbol", "2つ目 事業所整理記号", 12, ""),
        digits("other_2_number", "2つ目 被保険者整理番号", 6, ""),
        text("other_3_symbol", "3つ目 事業所整理記号", 12, ""),
        digits("other_3_number", "3つ目 被保険者整理番号", 6, ""),
        text("note", "備考", 60, ""),
    ],
};

const OTHER_FIELDS: [(&str, &str); 3] =
    [("other_1_symbol", "other_1_number"), ("other_2_symbol", "other_2_number"), ("other_3_symbol", "other_3_number")];

/// The form as the terminal asks for it.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    form: PaperForm::WorkplaceSelection,
    title: "被保険者所属選択・二以上事業所勤務届",
    path: "/filings/workplace-selection",
    groups: &[&WHO, &CHOICE, &OTHERS],
    read,
};

fn read(typed: &Reader<'_>) -> Option<PaperFiling> {
    let (employer, insured) = (typed.employer(), typed.insured());
    let since = typed.must("since").and_then(|_| typed.day("since"));
    let insurer = typed.must("insurer").and_then(|insurer| match insurer {
        "association" => Some(HealthInsurer::Association),
        "society" => Some(HealthInsurer::Society),
        _ => typed.wrong("insurer", "unknown_choice", "一覧から選んでください"),
    });
    let others: Vec<Option<Option<OtherWorkplace>>> =
        OTHER_FIELDS.iter().enumerate().map(|(place, fields)| other(typed, place == 0, *fields)).collect();
    let note = typed.note();
    Some(PaperFiling::WorkplaceSelection(WorkplaceSelection {
        employer: employer?,
        insured: insured?,
        others: others.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect(),
        since: since?,
        insurer: insurer?,
        note,
    }))
}

/// One office; the second and third may be left empty, both fields of them or none.
fn other(
    typed: &Reader<'_>,
    must: bool,
    (symbol, number): (&'static str, &'static str),
) -> Option<Option<OtherWorkplace>> {
    if !must && typed.text(symbol).is_none() && typed.text(number).is_none() {
        return Some(None);
    }
    let employer = typed.must(symbol).and_then(|_| typed.symbol(symbol));
    let number = typed.must(number).and_then(|_| typed.number(number, 1..=999_999));
    Some(Some(OtherWorkplace { employer: employer?, insured_number: u32::try_from(number?).ok()? }))
}

/// 被保険者所属選択・二以上事業所勤務届 — the body of `POST /api/filings/workplace-selection`. Days: ISO, or 元号コードと年月日
/// (`9-080401`).
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct WorkplaceSelectionForm {
    /// 選択する事業所の事業所整理記号 `21-01-ﾃｽﾄ`.
    pub employer_symbol: String,
    /// 選択する事業所での被保険者整理番号.
    pub insured_number: u32,
    /// 氏名 (カナ), a space between family and given name.
    pub insured_name_kana: String,
    /// 生年月日.
    pub birth_on: String,
    /// 二以上の事業所に使用されることとなった年月日, or the day from which the choice is another.
    pub since: String,
    /// 選択する保険者: association 全国健康保険協会, society 健康保険組合.
    pub insurer: String,
    /// 選択しない事業所の事業所整理記号.
    pub other_1_symbol: String,
    /// 選択しない事業所での被保険者整理番号.
    pub other_1_number: u32,
    /// 2つ目.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_2_symbol: Option<String>,
    /// 2つ目.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_2_number: Option<u32>,
    /// 3つ目.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_3_symbol: Option<String>,
    /// 3つ目.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_3_number: Option<u32>,
    /// 備考.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

filing_handlers!(
    &SPEC, "届書", form, by_page,
    /// 被保険者所属選択・二以上事業所勤務届を受け付ける。同じ鍵の再送には同じ受付を返す。
    choose, "/api/filings/workplace-selection", "file_workplace_selection", WorkplaceSelectionForm
);
