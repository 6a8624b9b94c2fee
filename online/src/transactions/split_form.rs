//! 標準報酬改定請求書 (離婚時の年金分割) — what the form asks for, and the body of its API.

use domain::life::SplitKind;
use domain::person_paper::{PensionSplit, PersonContent, PersonForm, Share};
use serde::Serialize;
use utoipa::ToSchema;

use super::pension_forms::{NOTE, PersonForms, WHO, filing_of};
use crate::pages::form::{Group, choice, day, digits, text};
use crate::paper_form::{PersonSpec, Reader};

const SPLIT: Group = Group {
    legend: "分割の請求 (3号分割の「本人」は被扶養配偶者)",
    fields: &[
        day("filed_on", "受付年月日").must(),
        choice("kind", "分割の種類", &[("", "選んでください"), ("agreed", "合意分割"), ("cat3", "3号分割")]).must(),
        digits("other_number", "相手方の基礎年金番号", 14, "例 1234-567890").must(),
        day("married_on", "婚姻年月日").must(),
        day("divorced_on", "離婚年月日").must(),
        text("share", "請求すべき按分割合", 12, "合意分割のみ　例 0.5、50%、0.45123"),
        day("court_asked_on", "調停・審判の申立年月日 (請求期限を過ぎた場合)"),
        day("court_decided_on", "調停・審判の確定年月日"),
    ],
};

/// The form.
pub(super) const SPEC: PersonSpec = PersonSpec {
    form: PersonForm::PensionSplit,
    path: "/filings/pension-split",
    groups: &[&WHO, &SPLIT, &NOTE],
    read: |typed| filing_of(typed, |typed, _| split(typed).map(PersonContent::PensionSplit)),
};

fn split(typed: &Reader<'_>) -> Option<PensionSplit> {
    let filed_on = typed.must("filed_on").and_then(|_| typed.day("filed_on"));
    let kind = typed.must("kind").and_then(|named| {
        SplitKind::of_code(named).or_else(|| typed.wrong("kind", "unknown_choice", "一覧から選んでください"))
    });
    let other_number = typed.must("other_number").and_then(|_| typed.pension_number("other_number"));
    let married_on = typed.must("married_on").and_then(|_| typed.day("married_on"));
    let divorced_on = typed.must("divorced_on").and_then(|_| typed.day("divorced_on"));
    let share = match typed.text("share").map(str::parse::<Share>) {
        None => None,
        Some(Ok(share)) => Some(share),
        Some(Err(why)) => typed.wrong("share", "share_unreadable", why.to_string()),
    };
    let court_asked_on = typed.day("court_asked_on");
    let court_decided_on = typed.day("court_decided_on");
    if court_decided_on.is_some() != court_asked_on.is_some() {
        let why = "調停・審判は、申立てと確定の日の両方を入力してください";
        let empty = if court_asked_on.is_none() { "court_asked_on" } else { "court_decided_on" };
        return typed.wrong(empty, "missing", why);
    }
    Some(PensionSplit {
        filed_on: filed_on?,
        kind: kind?,
        other_number: other_number?,
        married_on: married_on?,
        divorced_on: divorced_on?,
        share,
        court_asked_on,
        court_decided_on,
    })
}

/// 標準報酬改定請求書 — the body of `POST /api/filings/pension-split`; 本人 claims: of 合意分割 either of the two, of 3号分割 the
/// 被扶養配偶者.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct PensionSplitForm {
    /// 請求する方.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 受付年月日.
    pub filed_on: String,
    /// 種類: agreed 合意分割, cat3 3号分割.
    pub kind: String,
    /// 相手方の基礎年金番号.
    pub other_number: String,
    /// 婚姻年月日.
    pub married_on: String,
    /// 離婚年月日.
    pub divorced_on: String,
    /// 按分割合 (agreed): `0.5`, `50%`, `1/2`; at most five decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// 調停・審判を申し立てた日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_asked_on: Option<String>,
    /// それが確定・成立した日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_decided_on: Option<String>,
}
