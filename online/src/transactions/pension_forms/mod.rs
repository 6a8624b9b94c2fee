//! 人の届の様式 — 年金請求書, 種別訂正届, 死亡届, 未支給年金請求書, 受取口座変更届, 免除・猶予の決定: what each asks for, and the
//! bodies of their API. Those of 障害給付, 遺族給付 and the choice are in [`grounds`].

use axum::http::StatusCode;
use axum::response::Response;
use domain::Month;
use domain::age::attained_on;
use domain::nenkin::{Insured, kana};
use domain::person_paper::{
    Account, CategoryCorrected, CategoryCorrection, Death, Kin, Member, PayeeChange, PensionClaim, PersonContent,
    PersonFiling, PersonForm, PlainCategory, Relation, ReliefDecision, ReliefKind, Taking, UnpaidBenefitClaim,
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::split_form::{self, PensionSplitForm};
use crate::clerk::Clerk;
use crate::pages;
use crate::pages::form::{Group, choice, day, digits, text, tick};
use crate::paper_form::{PersonSpec, Reader};

/// The handlers of one of these forms.
macro_rules! form {
    ($form:expr, $page:ident, $by_page:ident, $(#[$doc:meta])* $by_api:ident, $path:literal, $operation:literal, $body:ty) => {
        crate::transactions::handlers::filing_handlers!(
            spec_of($form), "人の届", $page, $by_page,
            $(#[$doc])*
            $by_api, $path, $operation, $body
        );
    };
}

pub mod grounds;

const HOLDER_LENGTH_MAX: usize = 48;

pub(super) const WHO: Group = Group {
    legend: "本人",
    fields: &[
        digits("basic_pension_number", "基礎年金番号", 14, "例 1234-567890").must(),
        text("insured_name_kana", "氏名 (カナ)", 28, "姓と名の間に空白一つ　例 ﾐﾎﾝ ｲﾁﾛｳ").must(),
        day("birth_on", "生年月日").must(),
    ],
};

const ACCOUNT: Group = Group {
    legend: "受取口座",
    fields: &[
        digits("bank_code", "金融機関コード", 4, "4桁").must(),
        digits("branch_code", "支店コード", 3, "3桁").must(),
        choice(
            "account_type",
            "預金種目",
            &[("", "選んでください"), ("1", "普通"), ("2", "当座"), ("4", "貯蓄"), ("9", "その他")],
        )
        .must(),
        digits("account_number", "口座番号", 8, "").must(),
        text("holder_kana", "口座名義 (カナ)", 30, "例 ﾐﾎﾝ ｲﾁﾛｳ").must(),
    ],
};

pub(super) const NOTE: Group = Group { legend: "備考", fields: &[text("note", "備考", 60, "")] };

const CLAIM: Group = Group {
    legend: "請求 (特別支給・65歳からの年金はすべて空欄)",
    fields: &[
        day("filed_on", "受付年月日").must(),
        text("early_claim_month", "繰上げ請求の月", 8, "両方の年金を同時に　例 2026-04"),
        text("basic_claim_month", "老齢基礎年金の繰下げ申出の月", 8, "例 2026-04"),
        text("employees_claim_month", "老齢厚生年金の繰下げ申出の月", 8, ""),
        tick("basic_waits", "老齢基礎年金は繰下げ待機 (まだ請求しない)"),
        tick("employees_waits", "老齢厚生年金は繰下げ待機 (まだ請求しない)"),
    ],
};

const FAMILY: Group = Group {
    legend: "加給年金額の対象となる配偶者・子",
    fields: &[
        day("spouse_birth_on", "配偶者 生年月日"),
        day("spouse_since", "配偶者 婚姻年月日"),
        tick("spouse_dependent", "配偶者の生計を維持している"),
        day("spouse_own_old_age_from", "配偶者自身の老齢厚生年金 (240月以上) の受給権発生日"),
        day("child_1_birth_on", "子1 生年月日"),
        tick("child_1_dependent", "子1の生計を維持している"),
        tick("child_1_disabled", "子1は障害等級1級・2級"),
        day("child_2_birth_on", "子2 生年月日"),
        tick("child_2_dependent", "子2の生計を維持している"),
        tick("child_2_disabled", "子2は障害等級1級・2級"),
        day("child_3_birth_on", "子3 生年月日"),
        tick("child_3_dependent", "子3の生計を維持している"),
        tick("child_3_disabled", "子3は障害等級1級・2級"),
        tick("spouse_addition_moves", "振替加算の対象 (配偶者に加給年金額が加算されていた)"),
    ],
};

const CORRECTION: Group = Group {
    legend: "訂正の対象と正しい内容",
    fields: &[
        choice(
            "what",
            "訂正の対象",
            &[
                ("", "選んでください"),
                ("changed", "記録の種別が違う"),
                ("added", "記録漏れ"),
                ("cancelled", "記録の取消"),
            ],
        )
        .must(),
        digits("record_id", "記録の番号", 16, "年金記録の画面にある番号 (記録漏れでは空欄)"),
        choice(
            "category",
            "正しい種別",
            &[
                ("", "選んでください"),
                ("cat1", "第1号"),
                ("cat3", "第3号"),
                ("voluntary", "任意加入"),
                ("special_voluntary", "特例任意加入"),
            ],
        ),
        day("from", "正しい種別の取得年月日 (空欄は記録のまま)"),
        day("to", "正しい種別の喪失年月日 (空欄は記録のまま・継続)"),
        tick("mismatch_notice", "特定期間該当届が出ている"),
        tick("special_notice", "第3号の特例届出が出ている"),
        text("note", "訂正の理由", 60, "").must(),
    ],
};

const DEATH: Group = Group { legend: "死亡", fields: &[day("died_on", "死亡年月日").must()] };

const UNPAID: Group = Group {
    legend: "請求者",
    fields: &[
        day("filed_on", "受付年月日").must(),
        choice(
            "relation",
            "死亡した方との続柄",
            &[
                ("", "選んでください"),
                ("spouse", "配偶者"),
                ("child", "子"),
                ("parent", "父母"),
                ("grandchild", "孫"),
                ("grandparent", "祖父母"),
                ("sibling", "兄弟姉妹"),
                ("third_degree", "その他の三親等内の親族"),
            ],
        )
        .must(),
        tick("shared_livelihood", "死亡の当時、生計を同じくしていた"),
        digits("claimant_number", "請求者の基礎年金番号", 14, "ある場合"),
    ],
};

const RELIEF: Group = Group {
    legend: "決定",
    fields: &[
        choice(
            "relief",
            "種類",
            &[
                ("", "選んでください"),
                ("FULL", "全額免除"),
                ("THREE_QUARTERS", "4分の3免除"),
                ("HALF", "半額免除"),
                ("ONE_QUARTER", "4分の1免除"),
                ("DEFERRAL", "納付猶予"),
                ("STUDENT", "学生納付特例"),
                ("STATUTORY", "法定免除"),
                ("MATERNITY", "産前産後免除"),
                ("CHILDCARE", "育児期間免除"),
            ],
        )
        .must(),
        day("applied_on", "申請年月日 (法定免除では空欄)"),
        day("decided_on", "決定年月日").must(),
        text("first_month", "最初の月", 8, "例 2026-07").must(),
        text("last_month", "最後の月", 8, "例 2027-06").must(),
    ],
};

/// Every form, in the order of the menu.
pub(crate) static SPECS: [PersonSpec; 12] = [
    PersonSpec {
        form: PersonForm::PensionClaim,
        path: "/filings/pension-claim",
        groups: &[&WHO, &CLAIM, &ACCOUNT, &FAMILY, &NOTE],
        read: |typed| filing_of(typed, |typed, person| pension_claim(typed, person).map(PersonContent::PensionClaim)),
    },
    PersonSpec {
        form: PersonForm::CategoryCorrection,
        path: "/filings/category-correction",
        groups: &[&WHO, &CORRECTION],
        read: |typed| {
            typed.must("note");
            filing_of(typed, |typed, _| category_correction(typed).map(PersonContent::CategoryCorrection))
        },
    },
    PersonSpec {
        form: PersonForm::Death,
        path: "/filings/death",
        groups: &[&WHO, &DEATH, &NOTE],
        read: |typed| {
            filing_of(typed, |typed, _| {
                let died_on = typed.must("died_on").and_then(|_| typed.day("died_on"));
                Some(PersonContent::Death(Death { died_on: died_on? }))
            })
        },
    },
    PersonSpec {
        form: PersonForm::UnpaidBenefitClaim,
        path: "/filings/unpaid-benefit-claim",
        groups: &[&WHO, &UNPAID, &ACCOUNT, &NOTE],
        read: |typed| filing_of(typed, |typed, _| unpaid(typed).map(PersonContent::UnpaidBenefitClaim)),
    },
    PersonSpec {
        form: PersonForm::PayeeChange,
        path: "/filings/payee-change",
        groups: &[&WHO, &ACCOUNT, &NOTE],
        read: |typed| {
            filing_of(typed, |typed, _| Some(PersonContent::PayeeChange(PayeeChange { account: account(typed)? })))
        },
    },
    PersonSpec {
        form: PersonForm::Relief,
        path: "/filings/relief",
        groups: &[&WHO, &RELIEF, &NOTE],
        read: |typed| filing_of(typed, |typed, _| relief(typed).map(PersonContent::Relief)),
    },
    grounds::DISABILITY_CLAIM,
    grounds::DISABILITY_GRADE,
    grounds::SURVIVOR_CLAIM,
    grounds::SURVIVOR_END,
    grounds::PENSION_CHOICE,
    split_form::SPEC,
];

/// The form as the terminal asks for it.
pub(crate) fn spec_of(form: PersonForm) -> &'static PersonSpec {
    SPECS.iter().find(|spec| spec.form == form).expect("every form has its screen")
}

pub(super) fn filing_of(
    typed: &Reader<'_>,
    content: impl Fn(&Reader<'_>, Option<&Insured>) -> Option<PersonContent>,
) -> Option<PersonFiling> {
    let insured = typed.person();
    let content = content(typed, insured.as_ref());
    let note = typed.note();
    Some(PersonFiling { insured: insured?, content: content?, note })
}

fn account(typed: &Reader<'_>) -> Option<Account> {
    let bank_code = typed.code("bank_code", 4..=4);
    let branch_code = typed.code("branch_code", 3..=3);
    let account_type = typed.must("account_type").and_then(|kind| match kind {
        "1" | "2" | "4" | "9" => kind.parse().ok(),
        _ => typed.wrong("account_type", "unknown_choice", "一覧から選んでください"),
    });
    let account_number = typed.code("account_number", 1..=8);
    let holder_kana = typed.must("holder_kana").map(kana::to_half_width).and_then(|holder| {
        match holder.chars().count() <= HOLDER_LENGTH_MAX && !holder.chars().any(char::is_control) {
            true => Some(holder),
            false => typed.wrong("holder_kana", "too_long", format!("{HOLDER_LENGTH_MAX}字以内で入力してください")),
        }
    });
    Some(Account {
        bank_code: bank_code?,
        branch_code: branch_code?,
        account_type: account_type?,
        account_number: account_number?,
        holder_kana: holder_kana?,
    })
}

fn pension_claim(typed: &Reader<'_>, person: Option<&Insured>) -> Option<PensionClaim> {
    let filed_on = typed.must("filed_on").and_then(|_| typed.day("filed_on"));
    let takings = takings(typed, person);
    let account = account(typed);
    let members = members(typed);
    let spouse_addition_moves = typed.ticked("spouse_addition_moves");
    let (basic, employees) = takings?;
    Some(PensionClaim {
        filed_on: filed_on?,
        basic,
        employees,
        account: account?,
        members: members?,
        spouse_addition_moves,
    })
}

/// 受け方 of both pensions: early for both, or each deferred or waiting.
fn takings(typed: &Reader<'_>, person: Option<&Insured>) -> Option<(Taking, Taking)> {
    let at_65 = person.map(|person| Month::of(attained_on(person.born_on, 65)));
    if let Some(month) = typed.month("early_claim_month") {
        if at_65.is_some_and(|at_65| month >= at_65) {
            let why = "繰上げは60歳に達した月から65歳に達する月の前月まで請求できます。請求の月を確かめてください";
            return typed.wrong("early_claim_month", "early_outside", why);
        }
        // Whatever is said of a deferral beside is told as not used.
        return Some((Taking::In(month), Taking::In(month)));
    }
    let one = |name: &'static str, waits: &'static str| {
        let (month, waits) = (typed.month(name), typed.ticked(waits));
        match (month, waits) {
            (Some(_), true) => typed.wrong(name, "waits_and_claims", "待機するときは、申出の月を空欄にしてください"),
            (Some(month), false) if at_65.is_some_and(|at_65| month < at_65) => {
                let why = "65歳前の請求は繰上げです。「繰上げ請求の月」に入力してください";
                typed.wrong(name, "deferral_outside", why)
            }
            (Some(month), false) => Some(Taking::In(month)),
            (None, true) => Some(Taking::Waits),
            (None, false) => Some(Taking::AtRight),
        }
    };
    let basic = one("basic_claim_month", "basic_waits");
    let employees = one("employees_claim_month", "employees_waits");
    Some((basic?, employees?))
}

const CHILDREN: [(&str, &str, &str); 3] = [
    ("child_1_birth_on", "child_1_dependent", "child_1_disabled"),
    ("child_2_birth_on", "child_2_dependent", "child_2_disabled"),
    ("child_3_birth_on", "child_3_dependent", "child_3_disabled"),
];

fn members(typed: &Reader<'_>) -> Option<Vec<Member>> {
    let mut members = Vec::new();
    if typed.text("spouse_birth_on").is_some() {
        let birth_on = typed.day("spouse_birth_on");
        let since = typed.must("spouse_since").and_then(|_| typed.day("spouse_since"));
        let dependent = typed.ticked("spouse_dependent");
        let own_old_age_from = typed.day("spouse_own_old_age_from");
        members.push(member(Kin::Spouse, birth_on, since, (dependent, false, own_old_age_from)));
    }
    for (birth_on, dependent, disabled) in CHILDREN {
        if typed.text(birth_on).is_some() {
            let birth_on = typed.day(birth_on);
            let status = (typed.ticked(dependent), typed.ticked(disabled), None);
            members.push(member(Kin::Child, birth_on, birth_on, status));
        }
    }
    members.into_iter().collect()
}

fn member(
    relation: Kin,
    birth_on: Option<Date>,
    since: Option<Date>,
    (dependent, disabled, own_old_age_from): (bool, bool, Option<Date>),
) -> Option<Member> {
    Some(Member { relation, birth_on: birth_on?, dependent, disabled, own_old_age_from, since: since? })
}

fn category_correction(typed: &Reader<'_>) -> Option<CategoryCorrection> {
    let what = typed.must("what").and_then(|what| corrected(typed, what));
    let mismatch_notice = typed.ticked("mismatch_notice");
    let special_notice = typed.ticked("special_notice");
    Some(CategoryCorrection { corrected: what?, mismatch_notice, special_notice })
}

fn corrected(typed: &Reader<'_>, what: &str) -> Option<CategoryCorrected> {
    let record = || typed.must("record_id").and_then(|_| typed.number("record_id", 1..=9_999_999_999_999_999));
    let category = || {
        let named = typed.must("category")?;
        let found = PlainCategory::ALL.into_iter().find(|category| category.category().code() == named);
        found.or_else(|| typed.wrong("category", "unknown_choice", "一覧から選んでください"))
    };
    match what {
        "changed" => {
            let (record_id, category) = (record(), category());
            let (from, to) = (typed.day("from"), typed.any_day("to"));
            Some(CategoryCorrected::Changed { record_id: record_id?, category: category?, from, to })
        }
        "added" => {
            let category = category();
            let from = typed.must("from").and_then(|_| typed.day("from"));
            let to = typed.any_day("to");
            Some(CategoryCorrected::Added { category: category?, from: from?, to })
        }
        "cancelled" => Some(CategoryCorrected::Cancelled { record_id: record()? }),
        _ => typed.wrong("what", "unknown_choice", "一覧から選んでください"),
    }
}

fn unpaid(typed: &Reader<'_>) -> Option<UnpaidBenefitClaim> {
    let filed_on = typed.must("filed_on").and_then(|_| typed.day("filed_on"));
    let relation = typed.must("relation").and_then(|named| {
        Relation::from_code(named).or_else(|| typed.wrong("relation", "unknown_choice", "一覧から選んでください"))
    });
    let shared_livelihood = typed.ticked("shared_livelihood");
    let claimant_number = typed.pension_number("claimant_number");
    let account = account(typed);
    Some(UnpaidBenefitClaim {
        filed_on: filed_on?,
        relation: relation?,
        shared_livelihood,
        claimant_number,
        account: account?,
    })
}

fn relief(typed: &Reader<'_>) -> Option<ReliefDecision> {
    let relief = typed.must("relief").and_then(|named| {
        ReliefKind::from_code(named).or_else(|| typed.wrong("relief", "unknown_choice", "一覧から選んでください"))
    });
    let applied_on = typed.day("applied_on");
    let decided_on = typed.must("decided_on").and_then(|_| typed.day("decided_on"));
    let first = typed.must("first_month").and_then(|_| typed.month("first_month"));
    let last = typed.must("last_month").and_then(|_| typed.month("last_month"));
    Some(ReliefDecision { relief: relief?, applied_on, decided_on: decided_on?, first: first?, last: last? })
}

form!(
    PersonForm::PensionClaim, claim_form, claim_by_page,
    /// 年金請求書 (老齢) を受け付ける。起案と決裁は別の職員が行う。
    claim, "/api/filings/pension-claim", "file_pension_claim", PensionClaimForm
);
form!(
    PersonForm::CategoryCorrection, category_form, category_by_page,
    /// 種別訂正届を受け付ける。起案と決裁は別の職員が行う。
    correct_category, "/api/filings/category-correction", "file_category_correction", CategoryCorrectionForm
);
form!(
    PersonForm::Death, death_form, death_by_page,
    /// 死亡届を受け付ける。起案と決裁は別の職員が行う。
    death, "/api/filings/death", "file_death", DeathForm
);
form!(
    PersonForm::UnpaidBenefitClaim, unpaid_form, unpaid_by_page,
    /// 未支給年金請求書を受け付ける。起案と決裁は別の職員が行う。
    claim_unpaid, "/api/filings/unpaid-benefit-claim", "file_unpaid_benefit_claim", UnpaidBenefitClaimForm
);
form!(
    PersonForm::PayeeChange, payee_form, payee_by_page,
    /// 受取口座変更届を受け付ける。起案と決裁は別の職員が行う。
    change_payee, "/api/filings/payee-change", "file_payee_change", PayeeChangeForm
);
form!(
    PersonForm::Relief, relief_form, relief_by_page,
    /// 市町村から進達された免除・猶予の決定を受け付ける。起案と決裁は別の職員が行う。
    decide_relief, "/api/filings/relief", "file_relief", ReliefForm
);
form!(
    PersonForm::PensionSplit, split_form_page, split_by_page,
    /// 標準報酬改定請求書 (離婚時の年金分割) を受け付ける。起案と決裁は別の職員が行う。
    split_pension, "/api/filings/pension-split", "file_pension_split", PensionSplitForm
);

/// 本人 and 備考, the same in every body. Days: ISO, or 元号コードと年月日 (`9-080401`); months: `2026-04`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct PersonForms {
    /// 基礎年金番号.
    pub basic_pension_number: String,
    /// 氏名 (カナ), a space between family and given name.
    pub insured_name_kana: String,
    /// 生年月日.
    pub birth_on: String,
    /// 備考; 訂正の理由, which 種別訂正届 must give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// 受取口座, in the bodies that have one.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct AccountForm {
    /// 金融機関コード, four digits.
    pub bank_code: String,
    /// 支店コード, three digits.
    pub branch_code: String,
    /// 預金種目: 1 普通, 2 当座, 4 貯蓄, 9 その他.
    pub account_type: u8,
    /// 口座番号.
    pub account_number: String,
    /// 口座名義 (カナ).
    pub holder_kana: String,
}

/// 年金請求書 (老齢) — the body of `POST /api/filings/pension-claim`. At the usual time nothing is said of months.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct PensionClaimForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 受付年月日.
    pub filed_on: String,
    /// 繰上げ請求の月 (both pensions): that of 受付年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_claim_month: Option<String>,
    /// 老齢基礎年金の繰下げ申出の月: that of 受付年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basic_claim_month: Option<String>,
    /// 老齢厚生年金の繰下げ申出の月: that of 受付年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employees_claim_month: Option<String>,
    /// 老齢基礎年金は繰下げ待機.
    pub basic_waits: bool,
    /// 老齢厚生年金は繰下げ待機.
    pub employees_waits: bool,
    /// 受取口座.
    #[serde(flatten)]
    pub account: AccountForm,
    /// 配偶者の生年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spouse_birth_on: Option<String>,
    /// 婚姻年月日, with a spouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spouse_since: Option<String>,
    /// 配偶者の生計を維持している.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spouse_dependent: Option<bool>,
    /// 配偶者自身の老齢厚生年金 (240月以上) の受給権発生日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spouse_own_old_age_from: Option<String>,
    /// 子の生年月日; `child_2_…` and `child_3_…` likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_1_birth_on: Option<String>,
    /// 子の生計を維持している.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_1_dependent: Option<bool>,
    /// 子は障害等級1級・2級.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_1_disabled: Option<bool>,
    /// 振替加算の対象.
    pub spouse_addition_moves: bool,
}

/// 種別訂正届 — the body of `POST /api/filings/category-correction`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct CategoryCorrectionForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 対象: changed 記録の種別が違う, added 記録漏れ, cancelled 取消.
    pub what: String,
    /// 記録の番号 (changed, cancelled), from 年金記録の照会.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<i64>,
    /// 正しい種別 (changed, added): cat1, cat3, voluntary, special_voluntary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// 取得年月日; without it that of the record (changed).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// 喪失年月日; without it that of the record (changed), or none (added).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// 特定期間該当届が出ている.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mismatch_notice: Option<bool>,
    /// 第3号の特例届出が出ている.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_notice: Option<bool>,
}

/// 死亡届 — the body of `POST /api/filings/death`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct DeathForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 死亡年月日.
    pub died_on: String,
}

/// 未支給年金請求書 — the body of `POST /api/filings/unpaid-benefit-claim`; 本人 is who died, the account the claimant's.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct UnpaidBenefitClaimForm {
    /// 死亡した方.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 受付年月日.
    pub filed_on: String,
    /// 続柄: spouse, child, parent, grandchild, grandparent, sibling, third_degree.
    pub relation: String,
    /// 生計を同じくしていた.
    pub shared_livelihood: bool,
    /// 請求者の基礎年金番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimant_number: Option<String>,
    /// 請求者の口座.
    #[serde(flatten)]
    pub account: AccountForm,
}

/// 受取口座変更届 — the body of `POST /api/filings/payee-change`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct PayeeChangeForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 新しい受取口座.
    #[serde(flatten)]
    pub account: AccountForm,
}

/// 免除・猶予の決定 — the body of `POST /api/filings/relief`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct ReliefForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// FULL, THREE_QUARTERS, HALF, ONE_QUARTER, DEFERRAL, STUDENT, STATUTORY, MATERNITY, CHILDCARE.
    pub relief: String,
    /// 申請年月日; none for 法定免除.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<String>,
    /// 決定年月日.
    pub decided_on: String,
    /// 最初の月.
    pub first_month: String,
    /// 最後の月.
    pub last_month: String,
}

/// 人の届の一覧の画面.
pub(crate) async fn menu(clerk: Clerk) -> Response {
    let mut body = String::from("<ul class=\"menu\">\n");
    for (place, spec) in SPECS.iter().enumerate() {
        let focus = if place == 0 { " autofocus" } else { "" };
        let (path, title) = (spec.path, spec.form.name_ja());
        body.push_str(&format!("<li><a href=\"{path}\"{focus}><b>{title}</b></a></li>\n"));
    }
    body.push_str("</ul>\n");
    pages::page(StatusCode::OK, Some(&clerk), "人の届 (年金)", body)
}
