//! 被保険者資格取得届／70歳以上被用者該当届 (厚生年金保険法27条, 健康保険法48条).

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
        digits("insured_number", "被保険者整理番号", 7, "空欄なら決裁のときに付けます"),
        text("insured_name_kana", "氏名 (カナ)", 28, "姓と名の間に空白一つ　例 ﾐﾎﾝ ｲﾁﾛｳ").must(),
        text("insured_name_kanji", "氏名 (漢字)", 28, "例 見本　一郎"),
        day("birth_on", "生年月日").must(),
        choice(
            "kind_sex",
            "種別 (性別)",
            &[
                ("", "選んでください"),
                ("1", "1 男子"),
                ("2", "2 女子"),
                ("3", "3 坑内員"),
                ("5", "5 男子 (基金)"),
                ("6", "6 女子 (基金)"),
                ("7", "7 坑内員 (基金)"),
            ],
        ),
        choice(
            "acquisition_kind",
            "取得区分",
            &[("", "選んでください"), ("1", "1 健保・厚年"), ("3", "3 共済出向"), ("4", "4 船保任継")],
        ),
        digits("my_number", "個人番号", 14, "個人番号または基礎年金番号を入力します"),
        digits("basic_pension_number", "基礎年金番号", 14, "例 1234-567890"),
    ],
};

const COVERAGE: Group = Group {
    legend: "資格と報酬",
    fields: &[
        day("acquired_on", "資格取得年月日").must(),
        choice("has_dependants", "被扶養者", &[("", "選んでください"), ("0", "0 無"), ("1", "1 有")]).must(),
        digits("pay_cash", "報酬月額 (通貨) 円", 10, "1,000万円以上は 9999999").must(),
        digits("pay_in_kind", "報酬月額 (現物) 円", 10, "ないときは 0").must(),
    ],
};

const REMARKS: Group = Group {
    legend: "備考",
    fields: &[
        tick("flag_over70", "70歳以上被用者該当"),
        tick("flag_multi_office", "二以上事業所勤務者"),
        tick("flag_short_time", "短時間労働者"),
        tick("flag_rehired", "退職後の継続再雇用者"),
        tick("only_over70_form", "70歳以上被用者届のみ提出"),
        tick("issue_eligibility_certificate", "資格確認書の発行が必要"),
        text("note", "備考", 40, ""),
    ],
};

const ADDRESS: Group = Group {
    legend: "住所 (個人番号を入力したときは空欄)",
    fields: &[
        text("zip", "郵便番号", 9, "例 100-0001"),
        text("address_kana", "住所 (カナ)", 50, ""),
        text("address_kanji", "住所 (漢字)", 50, ""),
        choice(
            "reason_no_resident_address",
            "住民票住所を書けない理由",
            &[("", "なし"), ("1", "1 海外在住"), ("2", "2 短期在留"), ("3", "3 その他")],
        ),
        text("my_number_note", "その他の理由", 40, ""),
    ],
};

/// The form as the terminal asks for it.
pub(crate) static SPEC: Spec = Spec {
    form: Form::Enrolment,
    title: "被保険者資格取得届",
    path: "/filings/enrolment",
    groups: &[&EMPLOYER, &PERSON, &COVERAGE, &REMARKS, &ADDRESS],
    days: &[("birth_on", "birth_era", "birth_yymmdd"), ("acquired_on", "acquired_era", "acquired_yymmdd")],
};

/// 資格取得届 — the body of `POST /api/filings/enrolment`. Days: ISO, or 元号コードと年月日 (`7-020304`).
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct EnrolmentForm {
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
    /// 種別: 1, 2, 3, 5, 6, 7.
    pub kind_sex: String,
    /// 取得区分: 1, 3, 4.
    pub acquisition_kind: String,
    /// 個人番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_number: Option<String>,
    /// 基礎年金番号 `1234-567890`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basic_pension_number: Option<String>,
    /// 資格取得年月日.
    pub acquired_on: String,
    /// 被扶養者の有無.
    pub has_dependants: bool,
    /// 通貨によるものの額 (円).
    pub pay_cash: u32,
    /// 現物によるものの額 (円).
    pub pay_in_kind: u32,
    /// 70歳以上被用者該当.
    pub flag_over70: bool,
    /// 二以上事業所勤務者.
    pub flag_multi_office: bool,
    /// 短時間労働者.
    pub flag_short_time: bool,
    /// 退職後の継続再雇用者.
    pub flag_rehired: bool,
    /// 70歳以上被用者届のみ提出.
    pub only_over70_form: bool,
    /// 資格確認書発行要否.
    pub issue_eligibility_certificate: bool,
    /// 備考.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// 郵便番号 `100-0001`; empty with a 個人番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// 住所 (カナ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_kana: Option<String>,
    /// 住所 (漢字).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_kanji: Option<String>,
    /// 住民票住所を記載できない理由: 1, 2, 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_no_resident_address: Option<String>,
    /// その他の理由.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_number_note: Option<String>,
}

filing_handlers!(
    &SPEC, "届書", form, by_page,
    /// 資格取得届を受け付ける。同じ鍵の再送には同じ受付を返す。
    enrol, "/api/filings/enrolment", "file_enrolment", EnrolmentForm
);
