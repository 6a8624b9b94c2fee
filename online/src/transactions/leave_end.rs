//! 育児休業等終了時・産前産後休業終了時報酬月額変更届 (健康保険法43条の2・43条の3, 厚生年金保険法23条の2・23条の3) — on
//! paper, typed at the counter, decided by two clerks.

use domain::paper::{EndedLeave, LeaveEnd, PaperFiling, PaperForm, PaperMonth};
use serde::Serialize;
use utoipa::ToSchema;

use super::correction::WHO;
use super::handlers::filing_handlers;
use crate::pages::form::{Group, choice, day, digits, text, tick};
use crate::paper_form::{PaperSpec, Reader};

const LEAVE: Group = Group {
    legend: "終了した休業",
    fields: &[
        choice(
            "leave",
            "休業の種類",
            &[("", "選んでください"), ("childcare", "育児休業等"), ("maternity", "産前産後休業")],
        )
        .must(),
        day("ended_on", "休業終了年月日").must(),
        day("child_born_on", "子の生年月日"),
        day("next_leave_starts_on", "続く育児休業等の開始年月日"),
    ],
};

const PAY: Group = Group {
    legend: "休業終了日の翌日の月から3か月の報酬",
    fields: &[
        digits("days_1", "1か月目 基礎日数", 3, "").must(),
        digits("pay_1", "1か月目 報酬 円", 11, "通貨と現物の合計").must(),
        digits("days_2", "2か月目 基礎日数", 3, "").must(),
        digits("pay_2", "2か月目 報酬 円", 11, "通貨と現物の合計").must(),
        digits("days_3", "3か月目 基礎日数", 3, "").must(),
        digits("pay_3", "3か月目 報酬 円", 11, "通貨と現物の合計").must(),
        tick("flag_short_time", "短時間労働者"),
        tick("flag_part_time", "パート"),
        text("note", "備考", 60, ""),
    ],
};

/// The form as the terminal asks for it.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    form: PaperForm::LeaveEnd,
    title: "休業終了時報酬月額変更届",
    path: "/filings/leave-end",
    groups: &[&WHO, &LEAVE, &PAY],
    read,
};

fn read(typed: &Reader<'_>) -> Option<PaperFiling> {
    let (employer, insured) = (typed.employer(), typed.insured());
    let leave = typed.must("leave").and_then(|leave| match leave {
        "childcare" => Some(EndedLeave::Childcare),
        "maternity" => Some(EndedLeave::Maternity),
        _ => typed.wrong("leave", "unknown_choice", "一覧から選んでください"),
    });
    let ended_on = typed.must("ended_on").and_then(|_| typed.day("ended_on"));
    let (child_born_on, next_leave_starts_on) = (typed.day("child_born_on"), typed.day("next_leave_starts_on"));
    if leave == Some(EndedLeave::Childcare) {
        typed.must("child_born_on");
    }
    let months = [month(typed, "days_1", "pay_1"), month(typed, "days_2", "pay_2"), month(typed, "days_3", "pay_3")];
    let (short_time_worker, part_time_worker) = (typed.ticked("flag_short_time"), typed.ticked("flag_part_time"));
    let note = typed.note();
    let [first, second, third] = months;
    Some(PaperFiling::LeaveEnd(LeaveEnd {
        employer: employer?,
        insured: insured?,
        leave: leave?,
        ended_on: ended_on?,
        child_born_on,
        next_leave_starts_on,
        months: [first?, second?, third?],
        short_time_worker,
        part_time_worker,
        note,
    }))
}

fn month(typed: &Reader<'_>, days: &'static str, pay: &'static str) -> Option<PaperMonth> {
    let base_days = typed.must(days).and_then(|_| typed.number(days, 0..=31));
    let pay = typed.must(pay).and_then(|_| typed.yen(pay));
    Some(PaperMonth { base_days: u8::try_from(base_days?).ok()?, pay: pay? })
}

/// 休業終了時報酬月額変更届 — the body of `POST /api/filings/leave-end`. Days: ISO, or 元号コードと年月日 (`9-080401`).
#[derive(Clone, Default, Serialize, ToSchema)]
#[serde(default)]
pub struct LeaveEndForm {
    /// 事業所整理記号 `21-01-ﾃｽﾄ`.
    pub employer_symbol: String,
    /// 被保険者整理番号.
    pub insured_number: u32,
    /// 氏名 (カナ), a space between family and given name.
    pub insured_name_kana: String,
    /// 生年月日.
    pub birth_on: String,
    /// 休業の種類: childcare 育児休業等, maternity 産前産後休業.
    pub leave: String,
    /// 休業終了年月日, the last day of leave.
    pub ended_on: String,
    /// 子の生年月日; must be there after 育児休業等.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child_born_on: Option<String>,
    /// 産前産後休業に続く育児休業等の開始年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_leave_starts_on: Option<String>,
    /// 1か月目 (休業終了日の翌日の月) の基礎日数.
    pub days_1: u8,
    /// 1か月目の報酬 (円), cash and kind.
    pub pay_1: u32,
    /// 2か月目の基礎日数.
    pub days_2: u8,
    /// 2か月目の報酬 (円).
    pub pay_2: u32,
    /// 3か月目の基礎日数.
    pub days_3: u8,
    /// 3か月目の報酬 (円).
    pub pay_3: u32,
    /// 短時間労働者.
    pub flag_short_time: bool,
    /// パート.
    pub flag_part_time: bool,
    /// 備考.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

filing_handlers!(
    &SPEC, "届書", form, by_page,
    /// 育児休業等終了時・産前産後休業終了時報酬月額変更届を受け付ける。同じ鍵の再送には同じ受付を返す。
    end_of_leave, "/api/filings/leave-end", "file_leave_end", LeaveEndForm
);
