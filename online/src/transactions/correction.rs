//! 訂正届・取消届 (健康保険法48条・厚生年金保険法27条の届の訂正) — on paper, typed at the counter, decided by two clerks.

use domain::paper::{Corrected, Correction, PaperFiling, PaperForm};
use serde::Serialize;
use utoipa::ToSchema;

use super::handlers::filing_handlers;
use crate::pages::form::{Group, choice, day, digits, text, tick};
use crate::paper_form::{PaperSpec, Reader};

/// 誰の届か, the same on every form of paper.
pub(super) const WHO: Group = Group {
    legend: "事業所と被保険者",
    fields: &[
        text("employer_symbol", "事業所整理記号", 14, "都道府県コード-郡市区符号-事業所記号　例 21-01-ﾃｽﾄ").must(),
        digits("insured_number", "被保険者整理番号", 7, "").must(),
        text("insured_name_kana", "氏名 (カナ)", 28, "姓と名の間に空白一つ　例 ﾐﾎﾝ ｲﾁﾛｳ").must(),
        day("birth_on", "生年月日").must(),
    ],
};

const WHAT: Group = Group {
    legend: "訂正・取消の対象",
    fields: &[choice(
        "what",
        "訂正・取消の対象",
        &[
            ("", "選んでください"),
            ("acquisition", "資格取得届の訂正"),
            ("acquisition_cancelled", "資格取得届の取消"),
            ("coverage_end", "資格喪失届の訂正"),
            ("coverage_end_cancelled", "資格喪失届の取消"),
            ("standard", "標準報酬月額の訂正"),
            ("standard_cancelled", "標準報酬月額の取消"),
            ("bonus", "賞与支払届の訂正"),
            ("bonus_cancelled", "賞与支払届の取消"),
        ],
    )
    .must()],
};

const RIGHT: Group = Group {
    legend: "正しい内容 (対象に応じた欄だけ)",
    fields: &[
        day("acquired_on", "正しい資格取得年月日"),
        day("lost_on", "正しい資格喪失年月日"),
        choice(
            "end_cause",
            "正しい喪失原因",
            &[
                ("", "訂正しない"),
                ("4", "4 退職等"),
                ("5", "5 死亡"),
                ("7", "7 75歳到達"),
                ("9", "9 障害認定"),
                ("11", "11 社会保障協定"),
            ],
        ),
        text("standard_from", "標準報酬月額の適用年月", 8, "訂正・取消する決定の最初の月　例 2026-04 または 9-0804"),
        digits("remuneration", "正しい報酬月額 円", 11, "資格取得届・標準報酬月額の訂正のとき"),
        day("paid_on", "賞与支払年月日 (記録にある日)"),
        day("right_paid_on", "正しい賞与支払年月日"),
        digits("bonus_yen", "正しい賞与額 円", 11, "通貨と現物の合計"),
    ],
};

const REASON: Group = Group {
    legend: "理由",
    fields: &[
        tick("later_decisions_confirmed", "後の決定 (随時改定・定時決定) を確認した"),
        text("note", "訂正・取消の理由", 60, "").must(),
    ],
};

/// The form as the terminal asks for it.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    form: PaperForm::Correction,
    title: "訂正・取消届",
    path: "/filings/correction",
    groups: &[&WHO, &WHAT, &RIGHT, &REASON],
    read,
};

fn read(typed: &Reader<'_>) -> Option<PaperFiling> {
    let (employer, insured) = (typed.employer(), typed.insured());
    let corrected = typed.must("what").and_then(|what| corrected(typed, what));
    let later_decisions_confirmed = typed.ticked("later_decisions_confirmed");
    let note = typed.must("note").and_then(|_| typed.note());
    Some(PaperFiling::Correction(Correction {
        employer: employer?,
        insured: insured?,
        corrected: corrected?,
        later_decisions_confirmed,
        note: Some(note?),
    }))
}

fn corrected(typed: &Reader<'_>, what: &str) -> Option<Corrected> {
    let from = || typed.must("standard_from").and_then(|_| typed.month("standard_from"));
    let paid_on = || typed.must("paid_on").and_then(|_| typed.day("paid_on"));
    let corrected = match what {
        "acquisition" => {
            Corrected::Acquisition { acquired_on: typed.day("acquired_on"), remuneration: typed.yen("remuneration") }
        }
        "acquisition_cancelled" => Corrected::AcquisitionCancelled,
        "coverage_end" => {
            let end_cause = typed.number("end_cause", 4..=11).and_then(|code| u8::try_from(code).ok());
            Corrected::CoverageEnd { lost_on: typed.any_day("lost_on"), end_cause }
        }
        "coverage_end_cancelled" => Corrected::CoverageEndCancelled,
        "standard" => {
            let remuneration = typed.must("remuneration").and_then(|_| typed.yen("remuneration"));
            Corrected::Standard { from: from()?, remuneration: remuneration? }
        }
        "standard_cancelled" => Corrected::StandardCancelled { from: from()? },
        "bonus" => {
            let (right_day, amount) = (typed.day("right_paid_on"), typed.yen("bonus_yen"));
            Corrected::Bonus { paid_on: paid_on()?, right_day, amount }
        }
        "bonus_cancelled" => Corrected::BonusCancelled { paid_on: paid_on()? },
        _ => return typed.wrong("what", "unknown_choice", "一覧から選んでください"),
    };
    match corrected.says_something() {
        true => Some(corrected),
        false if !typed.clean() => None,
        false => typed.wrong("what", "nothing_corrected", "正しい内容を一つは入力してください"),
    }
}

/// 訂正・取消届 — the body of `POST /api/filings/correction`. Days: ISO, or 元号コードと年月日 (`9-080401`). What the
/// kind of correction does not use stays away.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct CorrectionForm {
    /// 事業所整理記号 `21-01-ﾃｽﾄ`.
    pub employer_symbol: String,
    /// 被保険者整理番号.
    pub insured_number: u32,
    /// 氏名 (カナ), a space between family and given name.
    pub insured_name_kana: String,
    /// 生年月日.
    pub birth_on: String,
    /// 対象: acquisition 資格取得届の訂正, acquisition_cancelled 同取消, coverage_end 資格喪失届の訂正,
    /// coverage_end_cancelled 同取消, standard 標準報酬月額の訂正, standard_cancelled 同取消, bonus 賞与支払届の訂正,
    /// bonus_cancelled 同取消.
    pub what: String,
    /// 正しい資格取得年月日 (acquisition).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acquired_on: Option<String>,
    /// 正しい資格喪失年月日 (coverage_end).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_on: Option<String>,
    /// 正しい喪失原因 (coverage_end): 4, 5, 7, 9, 11.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_cause: Option<u8>,
    /// 適用年月 `2026-04` (standard, standard_cancelled).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_from: Option<String>,
    /// 正しい報酬月額 (acquisition, standard).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remuneration: Option<u32>,
    /// 記録にある賞与支払年月日 (bonus, bonus_cancelled).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_on: Option<String>,
    /// 正しい賞与支払年月日 (bonus).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right_paid_on: Option<String>,
    /// 正しい賞与額, cash and kind (bonus).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus_yen: Option<u32>,
    /// 後の決定を確認した.
    pub later_decisions_confirmed: bool,
    /// 訂正・取消の理由.
    pub note: String,
}

filing_handlers!(
    &SPEC, "届書", form, by_page,
    /// 訂正・取消届を受け付ける。同じ鍵の再送には同じ受付を返す。起案と決裁は別の職員が行う。
    correct, "/api/filings/correction", "file_correction", CorrectionForm
);

#[cfg(test)]
mod tests {
    use domain::Yen;
    use domain::paper::Filed;
    use jiff::civil::date;

    use super::*;
    use crate::error::TerminalError;
    use crate::filing_form::{Asks, Typed};
    use crate::pages::form::Values;

    const WHO: [(&str, &str); 5] = [
        ("employer_symbol", "21-01-テスト"),
        ("insured_number", "７"),
        ("insured_name_kana", "ネンリン　ハナコ"),
        ("birth_on", "H2.5.5"),
        ("note", "報酬の記入誤り"),
    ];

    fn asked(more: &[(&str, &str)]) -> Result<Corrected, Vec<(String, String)>> {
        let typed: Values =
            WHO.iter().chain(more).map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        match SPEC.read(&typed, date(2026, 10, 15)) {
            Ok((Typed::Employer(Filed::Paper(PaperFiling::Correction(filing))), _)) => Ok(filing.corrected),
            Err(TerminalError::Invalid(problems)) => {
                Err(problems.into_iter().map(|problem| (problem.field, problem.code)).collect())
            }
            other => panic!("{:?}", other.map(|_| "another filing")),
        }
    }

    fn wrong(field: &str, code: &str) -> Result<Corrected, Vec<(String, String)>> {
        Err(vec![(field.to_owned(), code.to_owned())])
    }

    #[test]
    fn what_a_clerk_types_becomes_the_correction() {
        let from = "2026-04".parse().expect("a month");
        let standard = Ok(Corrected::Standard { from, remuneration: Yen::new(330_000) });
        for month in ["2026-04", "9-0804", "９－０８０４"] {
            let typed = [("what", "standard"), ("standard_from", month), ("remuneration", "330,000")];
            assert_eq!(asked(&typed), standard, "{month}");
        }
        assert_eq!(asked(&[("what", "acquisition_cancelled")]), Ok(Corrected::AcquisitionCancelled));
        let bonus = [("what", "bonus"), ("paid_on", "9-080630"), ("bonus_yen", "600000")];
        let amount = Some(Yen::new(600_000));
        assert_eq!(asked(&bonus), Ok(Corrected::Bonus { paid_on: date(2026, 6, 30), right_day: None, amount }));
    }

    #[test]
    fn what_is_missing_wrong_or_not_asked_for_is_named() {
        assert_eq!(asked(&[]), wrong("what", "missing"));
        assert_eq!(asked(&[("what", "everything")]), wrong("what", "unknown_choice"));
        assert_eq!(asked(&[("what", "acquisition")]), wrong("what", "nothing_corrected"));
        assert_eq!(asked(&[("what", "bonus_cancelled")]), wrong("paid_on", "missing"));
        let late = [("what", "acquisition"), ("acquired_on", "2026-10-16")];
        assert_eq!(asked(&late), wrong("acquired_on", "future"));
        let more = [("what", "acquisition_cancelled"), ("remuneration", "300000")];
        assert_eq!(asked(&more), wrong("remuneration", "not_for_this_filing"));
        let month = [("what", "standard_cancelled"), ("standard_from", "4月")];
        assert_eq!(asked(&month), wrong("standard_from", "month_unreadable"));
        let name = [("what", "acquisition_cancelled"), ("insured_name_kana", "年輪花子")];
        assert_eq!(asked(&name), wrong("insured_name_kana", "name_unreadable"));
    }
}
