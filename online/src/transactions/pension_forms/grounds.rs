//! 障害給付・遺族給付の請求, 障害等級の改定, 遺族の失権 and 年金の選択 at the terminal.

use domain::person_paper::{
    DisabilityClaim, DisabilityGrade, DrawnRight, GradeReview, LaterDisability, PensionChoice, PersonContent,
    PersonForm, SurvivorClaim, SurvivorEnd, SurvivorEndEvent, SurvivorMember, SurvivorRelation,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ACCOUNT, AccountForm, NOTE, PersonForms, WHO, account, filing_of, members, spec_of};
use crate::pages::form::{Group, choice, day, digits, tick};
use crate::paper_form::{PersonSpec, Reader};

const DISABILITY: Group = Group {
    legend: "障害給付の請求",
    fields: &[
        day("filed_on", "受付年月日").must(),
        day("first_seen_on", "初診日").must(),
        tick("resident", "初診日に国内に住所があった"),
        day("fixed_on", "症状が固定した日 (固定していなければ空欄)"),
        choice(
            "grade_at_certification",
            "障害認定日の等級",
            &[
                ("", "選んでください"),
                ("1", "1級"),
                ("2", "2級"),
                ("3", "3級"),
                ("4", "障害手当金の程度"),
                ("0", "該当しない"),
            ],
        )
        .must(),
        day("later_filed_on", "事後重症の請求日 (認定日による請求では空欄)"),
        choice("later_grade", "事後重症の等級", &[("", "請求しない"), ("1", "1級"), ("2", "2級"), ("3", "3級")]),
    ],
};

const FAMILY: Group = Group {
    legend: "加給年金額・子の加算の対象となる配偶者・子",
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
    ],
};

const GRADE: Group = Group {
    legend: "障害等級の改定",
    fields: &[
        choice(
            "review",
            "届の種類",
            &[
                ("", "選んでください"),
                ("claim", "額改定請求書"),
                ("status_report", "障害状態確認届"),
                ("resumption", "支給停止事由消滅届"),
            ],
        )
        .must(),
        day("reviewed_on", "受付年月日 (障害状態確認届は提出期限、支給停止事由消滅届は再び等級に該当した日)").must(),
        choice(
            "grade",
            "改定後の等級",
            &[("", "選んでください"), ("1", "1級"), ("2", "2級"), ("3", "3級"), ("0", "該当しない (支給停止)")],
        )
        .must(),
        tick("clearly_worse", "障害の程度が増進したことが明らかな場合 (額改定請求を1年待たない)"),
    ],
};

const SURVIVOR: Group = Group {
    legend: "死亡した方",
    fields: &[
        day("filed_on", "受付年月日").must(),
        digits("deceased_number", "死亡した方の基礎年金番号", 14, "例 1234-567890").must(),
        day("deceased_birth_on", "死亡した方の生年月日").must(),
        tick("resident", "死亡日に国内に住所があった"),
        day("illness_first_seen_on", "厚生年金の被保険者であった間の、死亡の原因の傷病の初診日"),
        tick("disability_grade_1_or_2", "1級・2級の障害厚生年金の受給権者であった"),
        tick("states_long", "長期要件によることを申し出る"),
    ],
};

const RELATIONS: &[(&str, &str)] = &[
    ("", "なし"),
    ("wife", "妻"),
    ("husband", "夫"),
    ("child", "子"),
    ("parent", "父母"),
    ("grandchild", "孫"),
    ("grandparent", "祖父母"),
];

/// The fields of one member, and their names.
macro_rules! member_groups {
    ($(($group:ident, $names:ident, $number:literal)),+) => {
        $(
            const $group: Group = Group {
                legend: concat!("家族", $number, " (死亡した方からみて)"),
                fields: &[
                    choice(concat!("member_", $number, "_relation"), "続柄", RELATIONS),
                    day(concat!("member_", $number, "_birth_on"), "生年月日"),
                    tick(concat!("member_", $number, "_maintained"), "生計を維持されていた"),
                    tick(concat!("member_", $number, "_disabled"), "障害等級1級・2級 (子・孫)"),
                    tick(concat!("member_", $number, "_married"), "婚姻している (子・孫)"),
                ],
            };
            const $names: MemberNames = MemberNames {
                relation: concat!("member_", $number, "_relation"),
                birth_on: concat!("member_", $number, "_birth_on"),
                maintained: concat!("member_", $number, "_maintained"),
                disabled: concat!("member_", $number, "_disabled"),
                married: concat!("member_", $number, "_married"),
            };
        )+
        const MEMBERS: [MemberNames; 6] = [$($names),+];
    };
}

/// Where one member of the family is typed.
struct MemberNames {
    relation: &'static str,
    birth_on: &'static str,
    maintained: &'static str,
    disabled: &'static str,
    married: &'static str,
}

member_groups!(
    (MEMBER_1, NAMES_1, "1"),
    (MEMBER_2, NAMES_2, "2"),
    (MEMBER_3, NAMES_3, "3"),
    (MEMBER_4, NAMES_4, "4"),
    (MEMBER_5, NAMES_5, "5"),
    (MEMBER_6, NAMES_6, "6")
);

const CLAIMANT: Group = Group {
    legend: "請求者",
    fields: &[choice(
        "claimant_no",
        "請求者 (本人) は家族の何番の人か",
        &[("", "選んでください"), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("6", "6")],
    )
    .must()],
};

const END: Group = Group {
    legend: "失権した方 (本人は遺族年金を請求した方)",
    fields: &[
        digits("member_no", "失権した方の番号", 4, "年金額の画面にある家族の番号").must(),
        day("member_birth_on", "失権した方の生年月日").must(),
        choice(
            "event",
            "事由",
            &[
                ("", "選んでください"),
                ("marriage", "婚姻"),
                ("adoption", "養子縁組 (直系血族・直系姻族の養子を除く)"),
                ("dissolution", "離縁による親族関係の終了"),
                ("death", "死亡"),
            ],
        )
        .must(),
        day("ended_on", "その日").must(),
    ],
};

const CHOICE: Group = Group {
    legend: "支給を受ける年金 (選ばない年金は支給停止)",
    fields: &[
        day("filed_on", "受付年月日").must(),
        tick("old_age_basic", "老齢基礎年金"),
        tick("old_age_employee", "老齢厚生年金 (特別支給を含む)"),
        tick("disability_basic", "障害基礎年金"),
        tick("disability_employee", "障害厚生年金"),
        tick("survivor_basic", "遺族基礎年金"),
        tick("survivor_employee", "遺族厚生年金"),
    ],
};

pub(super) const DISABILITY_CLAIM: PersonSpec = PersonSpec {
    form: PersonForm::DisabilityClaim,
    path: "/filings/disability-claim",
    groups: &[&WHO, &DISABILITY, &ACCOUNT, &FAMILY, &NOTE],
    read: |typed| filing_of(typed, |typed, _| disability_claim(typed).map(PersonContent::DisabilityClaim)),
};

pub(super) const DISABILITY_GRADE: PersonSpec = PersonSpec {
    form: PersonForm::DisabilityGrade,
    path: "/filings/disability-grade",
    groups: &[&WHO, &GRADE, &NOTE],
    read: |typed| filing_of(typed, |typed, _| disability_grade(typed).map(PersonContent::DisabilityGrade)),
};

pub(super) const SURVIVOR_CLAIM: PersonSpec = PersonSpec {
    form: PersonForm::SurvivorClaim,
    path: "/filings/survivor-claim",
    groups: &[
        &WHO, &SURVIVOR, &MEMBER_1, &MEMBER_2, &MEMBER_3, &MEMBER_4, &MEMBER_5, &MEMBER_6, &CLAIMANT, &ACCOUNT, &NOTE,
    ],
    read: |typed| filing_of(typed, |typed, _| survivor_claim(typed).map(PersonContent::SurvivorClaim)),
};

pub(super) const SURVIVOR_END: PersonSpec = PersonSpec {
    form: PersonForm::SurvivorEnd,
    path: "/filings/survivor-end",
    groups: &[&WHO, &END, &NOTE],
    read: |typed| filing_of(typed, |typed, _| survivor_end(typed).map(PersonContent::SurvivorEnd)),
};

pub(super) const PENSION_CHOICE: PersonSpec = PersonSpec {
    form: PersonForm::PensionChoice,
    path: "/filings/pension-choice",
    groups: &[&WHO, &CHOICE, &NOTE],
    read: |typed| filing_of(typed, |typed, _| pension_choice(typed).map(PersonContent::PensionChoice)),
};

/// A day that must be given and has come.
fn past(typed: &Reader<'_>, name: &'static str) -> Option<jiff::civil::Date> {
    typed.must(name).and_then(|_| typed.day(name))
}

/// A grade of a list.
fn grade(typed: &Reader<'_>, name: &'static str, range: std::ops::RangeInclusive<i64>) -> Option<i16> {
    typed.must(name).and_then(|_| typed.number(name, range)).and_then(|grade| i16::try_from(grade).ok())
}

/// One of a list.
fn one_of<T: Copy>(typed: &Reader<'_>, name: &'static str, all: &[T], code: impl Fn(T) -> &'static str) -> Option<T> {
    let named = typed.must(name)?;
    let found = all.iter().copied().find(|one| code(*one) == named);
    found.or_else(|| typed.wrong(name, "unknown_choice", "一覧から選んでください"))
}

fn disability_claim(typed: &Reader<'_>) -> Option<DisabilityClaim> {
    let filed_on = past(typed, "filed_on");
    let first_seen_on = past(typed, "first_seen_on");
    let resident = typed.ticked("resident");
    let fixed_on = typed.day("fixed_on");
    let grade_at_certification = grade(typed, "grade_at_certification", 0..=4);
    let later = later(typed);
    let account = account(typed);
    let members = members(typed);
    Some(DisabilityClaim {
        filed_on: filed_on?,
        first_seen_on: first_seen_on?,
        resident,
        fixed_on,
        grade_at_certification: grade_at_certification?,
        later: later?,
        account: account?,
        members: members?,
    })
}

/// 事後重症: both its day and its grade, or neither.
fn later(typed: &Reader<'_>) -> Option<Option<LaterDisability>> {
    if typed.text("later_filed_on").is_none() && typed.text("later_grade").is_none() {
        return Some(None);
    }
    let filed_on = past(typed, "later_filed_on");
    let grade = grade(typed, "later_grade", 1..=3);
    Some(Some(LaterDisability { filed_on: filed_on?, grade: grade? }))
}

fn disability_grade(typed: &Reader<'_>) -> Option<DisabilityGrade> {
    let review = one_of(typed, "review", &GradeReview::ALL, GradeReview::code);
    // 提出期限 may lie ahead of the day on which the report is read.
    let reviewed_on = typed.must("reviewed_on").and_then(|_| match review {
        Some(GradeReview::StatusReport) => typed.any_day("reviewed_on"),
        _ => typed.day("reviewed_on"),
    });
    let grade = grade(typed, "grade", 0..=3);
    let clearly_worse = typed.ticked("clearly_worse");
    let review = review?;
    if clearly_worse && review != GradeReview::Claim {
        let why = "額改定請求書のときだけ使う欄です。印を外してください";
        return typed.wrong("clearly_worse", "not_for_this_filing", why);
    }
    Some(DisabilityGrade { review, reviewed_on: reviewed_on?, grade: grade?, clearly_worse })
}

fn survivor_claim(typed: &Reader<'_>) -> Option<SurvivorClaim> {
    let filed_on = past(typed, "filed_on");
    let deceased_number = typed.must("deceased_number").and_then(|_| typed.pension_number("deceased_number"));
    let deceased_birth_on = past(typed, "deceased_birth_on");
    let resident = typed.ticked("resident");
    let illness_first_seen_on = typed.day("illness_first_seen_on");
    let disability_grade_1_or_2 = typed.ticked("disability_grade_1_or_2");
    let states_long = typed.ticked("states_long");
    let members = family(typed);
    let claimant_no = grade(typed, "claimant_no", 1..=6);
    let account = account(typed);
    Some(SurvivorClaim {
        filed_on: filed_on?,
        deceased_number: deceased_number?,
        deceased_birth_on: deceased_birth_on?,
        resident,
        illness_first_seen_on,
        disability_grade_1_or_2,
        states_long,
        members: members?,
        claimant_no: claimant_no?,
        account: account?,
    })
}

/// Members from the first on, without a gap, for they are numbered as they are typed.
fn family(typed: &Reader<'_>) -> Option<Vec<SurvivorMember>> {
    let mut members = Vec::new();
    let mut blank = None;
    for names in &MEMBERS {
        match (survivor_member(typed, names), blank) {
            (None, None) => blank = Some(names.relation),
            (Some(_), Some(blank)) => {
                return typed.wrong(blank, "member_gap", "家族は1番から順に、間を空けずに入力してください");
            }
            (Some(member), None) => members.push(member),
            (None, Some(_)) => {}
        }
    }
    members.into_iter().collect()
}

/// `None` where nothing of the member was typed; `Some(None)` where something is wrong.
fn survivor_member(typed: &Reader<'_>, names: &MemberNames) -> Option<Option<SurvivorMember>> {
    let [maintained, disabled, married] =
        [names.maintained, names.disabled, names.married].map(|name| typed.ticked(name));
    let given = [names.relation, names.birth_on].map(|name| typed.text(name).is_some());
    if !(given.contains(&true) || maintained || disabled || married) {
        return None;
    }
    let relation = one_of(typed, names.relation, &SurvivorRelation::ALL, SurvivorRelation::code);
    let birth_on = past(typed, names.birth_on);
    Some(relation.zip(birth_on).map(|(relation, birth_on)| SurvivorMember {
        relation,
        birth_on,
        maintained,
        disabled,
        married,
    }))
}

fn survivor_end(typed: &Reader<'_>) -> Option<SurvivorEnd> {
    let member_no = grade(typed, "member_no", 1..=99);
    let member_birth_on = past(typed, "member_birth_on");
    let event = one_of(typed, "event", &SurvivorEndEvent::ALL, SurvivorEndEvent::code);
    let ended_on = past(typed, "ended_on");
    Some(SurvivorEnd { member_no: member_no?, member_birth_on: member_birth_on?, event: event?, ended_on: ended_on? })
}

fn pension_choice(typed: &Reader<'_>) -> Option<PensionChoice> {
    let filed_on = past(typed, "filed_on");
    let chosen = |right: &DrawnRight| typed.ticked(right.code());
    // Every tick is read before the first question mark.
    let rights: Vec<DrawnRight> = DrawnRight::ALL.into_iter().filter(chosen).collect();
    if rights.is_empty() {
        return typed.wrong("old_age_basic", "nothing_chosen", "支給を受ける年金に印を付けてください");
    }
    Some(PensionChoice { filed_on: filed_on?, rights })
}

form!(
    PersonForm::DisabilityClaim, disability_form, disability_by_page,
    /// 年金請求書 (障害給付) を受け付ける。起案と決裁は別の職員が行う。
    claim_disability, "/api/filings/disability-claim", "file_disability_claim", DisabilityClaimForm
);
form!(
    PersonForm::DisabilityGrade, grade_form, grade_by_page,
    /// 障害等級の改定 (額改定請求書・障害状態確認届・支給停止事由消滅届) を受け付ける。起案と決裁は別の職員が行う。
    revise_grade, "/api/filings/disability-grade", "file_disability_grade", DisabilityGradeForm
);
form!(
    PersonForm::SurvivorClaim, survivor_form, survivor_by_page,
    /// 年金請求書 (遺族給付) を受け付ける。起案と決裁は別の職員が行う。
    claim_survivor, "/api/filings/survivor-claim", "file_survivor_claim", SurvivorClaimForm
);
form!(
    PersonForm::SurvivorEnd, end_form, end_by_page,
    /// 遺族年金失権届を受け付ける。起案と決裁は別の職員が行う。
    end_survivor, "/api/filings/survivor-end", "file_survivor_end", SurvivorEndForm
);
form!(
    PersonForm::PensionChoice, choice_form, choice_by_page,
    /// 年金受給選択申出書を受け付ける。起案と決裁は別の職員が行う。
    choose_pension, "/api/filings/pension-choice", "file_pension_choice", PensionChoiceForm
);

/// 年金請求書 (障害給付) — the body of `POST /api/filings/disability-claim`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct DisabilityClaimForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 受付年月日.
    pub filed_on: String,
    /// 初診日.
    pub first_seen_on: String,
    /// 初診日に国内に住所があった.
    pub resident: bool,
    /// 症状が固定した日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed_on: Option<String>,
    /// 障害認定日の等級: 0 該当しない, 1 to 3, 4 障害手当金の程度.
    pub grade_at_certification: u8,
    /// 事後重症の請求日: that of 受付年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub later_filed_on: Option<String>,
    /// 事後重症の等級, 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub later_grade: Option<u8>,
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
}

/// 障害等級の改定 — the body of `POST /api/filings/disability-grade`.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct DisabilityGradeForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 届の種類: claim 額改定請求書, status_report 障害状態確認届, resumption 支給停止事由消滅届.
    pub review: String,
    /// 受付年月日; of status_report 提出期限, of resumption the day from which the grade is met again.
    pub reviewed_on: String,
    /// 改定後の等級: 0 該当しない, 1 to 3.
    pub grade: u8,
    /// 増進が明らかな場合: a claim without waiting for a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearly_worse: Option<bool>,
}

/// 年金請求書 (遺族給付) — the body of `POST /api/filings/survivor-claim`; 本人 is the claimant, who is one of the members.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct SurvivorClaimForm {
    /// 請求者.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 受付年月日.
    pub filed_on: String,
    /// 死亡した方の基礎年金番号.
    pub deceased_number: String,
    /// 死亡した方の生年月日.
    pub deceased_birth_on: String,
    /// 死亡日に国内に住所があった.
    pub resident: bool,
    /// 死亡の原因の傷病の初診日, where he was insured by 厚生年金 then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illness_first_seen_on: Option<String>,
    /// 1級・2級の障害厚生年金の受給権者であった.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disability_grade_1_or_2: Option<bool>,
    /// 長期要件によることの申出.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub states_long: Option<bool>,
    /// 家族1の続柄: wife, husband, child, parent, grandchild, grandparent; `member_2_…` to `member_6_…` likewise.
    pub member_1_relation: String,
    /// 家族1の生年月日.
    pub member_1_birth_on: String,
    /// 家族1は生計を維持されていた.
    pub member_1_maintained: bool,
    /// 家族1は障害等級1級・2級 (子・孫).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_1_disabled: Option<bool>,
    /// 家族1は婚姻している (子・孫).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_1_married: Option<bool>,
    /// 請求者は何番の人か.
    pub claimant_no: u8,
    /// 請求者の口座.
    #[serde(flatten)]
    pub account: AccountForm,
}

/// 遺族年金失権届 — the body of `POST /api/filings/survivor-end`; 本人 is who claimed.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct SurvivorEndForm {
    /// 遺族年金を請求した方.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 失権した方の番号, from 年金額の照会.
    pub member_no: u8,
    /// 失権した方の生年月日.
    pub member_birth_on: String,
    /// 事由: death, marriage, adoption, dissolution.
    pub event: String,
    /// その日.
    pub ended_on: String,
}

/// 年金受給選択申出書 — the body of `POST /api/filings/pension-choice`: what is to be paid; the rest is suspended.
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct PensionChoiceForm {
    /// 本人.
    #[serde(flatten)]
    pub person: PersonForms,
    /// 受付年月日.
    pub filed_on: String,
    /// 老齢基礎年金.
    pub old_age_basic: bool,
    /// 老齢厚生年金.
    pub old_age_employee: bool,
    /// 障害基礎年金.
    pub disability_basic: bool,
    /// 障害厚生年金.
    pub disability_employee: bool,
    /// 遺族基礎年金.
    pub survivor_basic: bool,
    /// 遺族厚生年金.
    pub survivor_employee: bool,
}
