//! 被保険者資格喪失届／70歳以上被用者不該当届 (厚生年金保険法27条, 健康保険法48条).

use domain::nenkin::Form;
use serde::Serialize;
use utoipa::ToSchema;

use super::handlers::filing_handlers;
use crate::filing_form::Spec;
use crate::pages::form::{Group, choice, day, digits, text, tick};

const EMPLOYER: Group = Group {
    legend: "事業所",
    fields: &[
        text("employer_symbol", "事業所整理記号", 14, "都道府県コード-郡市区符号-事業所記号　例 21-01-ﾃｽﾄ").must(),
        digits("office_number", "事業所番号", 6, "").must(),
    ],
};

const PERSON: Group = Group {
    legend: "被保険者",
    fields: &[
        digits("insured_number", "被保険者整理番号", 7, "70歳以上被用者届のみのときは空欄"),
        text("insured_name_kana", "氏名 (カナ)", 28, "姓と名の間に空白一つ　例 ﾐﾎﾝ ｲﾁﾛｳ").must(),
        text("insured_name_kanji", "氏名 (漢字)", 28, "例 見本　一郎"),
        day("birth_on", "生年月日").must(),
        digits("my_number", "個人番号", 14, "個人番号または基礎年金番号を入力します"),
        digits("basic_pension_number", "基礎年金番号", 14, "例 1234-567890"),
    ],
};

const END: Group = Group {
    legend: "資格の喪失",
    fields: &[
        choice(
            "loss_cause",
            "喪失原因",
            &[
                ("", "選んでください"),
                ("4", "4 退職等"),
                ("5", "5 死亡"),
                ("7", "7 75歳到達"),
                ("9", "9 障害認定"),
                ("11", "11 社会保障協定"),
            ],
        )
        .must(),
        day("event_on", "退職日・死亡日"),
        day("lost_on", "資格喪失年月日"),
    ],
};

const REMARKS: Group = Group {
    legend: "備考",
    fields: &[
        tick("flag_multi_office", "二以上事業所勤務者"),
        tick("flag_rehired", "退職後の継続再雇用者"),
        digits("certificates_attached", "資格確認書 (添付) 枚", 3, ""),
        digits("certificates_not_returnable", "資格確認書 (返不能) 枚", 3, ""),
        tick("flag_over70_ceased", "70歳不該当"),
        day("ceased_on", "不該当年月日"),
        tick("only_over70_form", "70歳以上被用者届のみ提出"),
        text("note", "備考", 40, ""),
    ],
};

/// The form as the terminal asks for it.
pub(crate) static SPEC: Spec = Spec {
    form: Form::CoverageEnd,
    title: "被保険者資格喪失届",
    path: "/filings/coverage-end",
    groups: &[&EMPLOYER, &PERSON, &END, &REMARKS],
    days: &[
        ("birth_on", "birth_era", "birth_yymmdd"),
        ("lost_on", "lost_era", "lost_yymmdd"),
        ("event_on", "event_era", "event_yymmdd"),
        ("ceased_on", "ceased_era", "ceased_yymmdd"),
    ],
};

/// 資格喪失届 — the body of `POST /api/filings/coverage-end`. Days: ISO, or 元号コードと年月日 (`9-080331`).
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct CoverageEndForm {
    /// 事業所整理記号 `21-01-ﾃｽﾄ`.
    pub employer_symbol: String,
    /// 事業所番号.
    pub office_number: String,
    /// 被保険者整理番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insured_number: Option<u32>,
    /// 氏名 (カナ), a space between family and given name.
    pub insured_name_kana: String,
    /// 氏名 (漢字).
    pub insured_name_kanji: String,
    /// 生年月日.
    pub birth_on: String,
    /// 個人番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_number: Option<String>,
    /// 基礎年金番号 `1234-567890`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basic_pension_number: Option<String>,
    /// 喪失原因: 4, 5, 7, 9, 11.
    pub loss_cause: String,
    /// 退職日・死亡日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_on: Option<String>,
    /// 資格喪失年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_on: Option<String>,
    /// 二以上事業所勤務者.
    pub flag_multi_office: bool,
    /// 退職後の継続再雇用者.
    pub flag_rehired: bool,
    /// 資格確認書回収（添付）, sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificates_attached: Option<u8>,
    /// 資格確認書回収（返不能）, sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificates_not_returnable: Option<u8>,
    /// 70歳不該当.
    pub flag_over70_ceased: bool,
    /// 不該当年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceased_on: Option<String>,
    /// 70歳以上被用者届のみ提出.
    pub only_over70_form: bool,
    /// 備考.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

filing_handlers!(
    &SPEC, "届書", form, by_page,
    /// 資格喪失届を受け付ける。同じ鍵の再送には同じ受付を返す。
    end_coverage, "/api/filings/coverage-end", "file_coverage_end", CoverageEndForm
);
