//! 紙の届 — filings that come on paper and have no public media layout: a clerk types them at the counter. The store
//! keeps them as JSON beside those of the official layouts ([`Filed`]).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::nenkin::{Filing, Insured, Note};
use crate::{EmployerSymbol, Month, MyNumber, Yen};

/// 様式 of paper. There is no official code; ours are words, so that they never meet one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaperForm {
    /// 訂正届・取消届.
    Correction,
    /// 育児休業等終了時・産前産後休業終了時報酬月額変更届.
    LeaveEnd,
    /// 被保険者所属選択・二以上事業所勤務届.
    WorkplaceSelection,
}

impl PaperForm {
    /// Every form.
    pub const ALL: [PaperForm; 3] = [PaperForm::Correction, PaperForm::LeaveEnd, PaperForm::WorkplaceSelection];

    /// The code in the store; also the tag of the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            PaperForm::Correction => "correction",
            PaperForm::LeaveEnd => "leave_end",
            PaperForm::WorkplaceSelection => "workplace_selection",
        }
    }

    /// By its code.
    pub fn from_code(code: &str) -> Option<PaperForm> {
        PaperForm::ALL.into_iter().find(|form| form.code() == code)
    }

    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            PaperForm::Correction => "訂正・取消届",
            PaperForm::LeaveEnd => "休業終了時報酬月額変更届",
            PaperForm::WorkplaceSelection => "被保険者所属選択・二以上事業所勤務届",
        }
    }
}

/// 紙の届 — one filing about one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum PaperFiling {
    /// 訂正届・取消届.
    Correction(Correction),
    /// 育児休業等終了時・産前産後休業終了時報酬月額変更届.
    LeaveEnd(LeaveEnd),
    /// 被保険者所属選択・二以上事業所勤務届.
    WorkplaceSelection(WorkplaceSelection),
}

/// 訂正届・取消届 — something that was decided already was otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者; the insured number names the spell.
    pub insured: Insured,
    /// What is corrected, and to what.
    pub corrected: Corrected,
    /// 後の決定を確認した: the clerk has looked at decisions that were made on what is corrected here, and they stay.
    pub later_decisions_confirmed: bool,
    /// 訂正の理由.
    pub note: Option<Note>,
}

/// 訂正・取消の対象 — which decision, and what is right. What is `None` stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Corrected {
    /// 資格取得届 訂正.
    Acquisition {
        /// 正しい資格取得年月日.
        acquired_on: Option<Date>,
        /// 正しい報酬月額.
        remuneration: Option<Yen>,
    },
    /// 資格取得届 取消: never insured here.
    AcquisitionCancelled,
    /// 資格喪失届 訂正.
    CoverageEnd {
        /// 正しい資格喪失年月日.
        lost_on: Option<Date>,
        /// 正しい喪失原因, as in 資格喪失届.
        end_cause: Option<u8>,
    },
    /// 資格喪失届 取消: the cover goes on.
    CoverageEndCancelled,
    /// 標準報酬月額 訂正, of the decision from this month.
    Standard {
        /// The month from which the decision holds.
        from: Month,
        /// 正しい報酬月額.
        remuneration: Yen,
    },
    /// 標準報酬月額 取消, of the decision from this month.
    StandardCancelled {
        /// The month from which the decision holds.
        from: Month,
    },
    /// 賞与支払届 訂正, of the payment of this day.
    Bonus {
        /// The day on record.
        paid_on: Date,
        /// 正しい賞与支払年月日.
        right_day: Option<Date>,
        /// 正しい賞与額, cash and kind.
        amount: Option<Yen>,
    },
    /// 賞与支払届 取消, of the payment of this day.
    BonusCancelled {
        /// The day on record.
        paid_on: Date,
    },
}

impl Corrected {
    /// In Japanese: the reason that new facts carry.
    pub const fn name_ja(&self) -> &'static str {
        match self {
            Corrected::Acquisition { .. } => "資格取得届の訂正",
            Corrected::AcquisitionCancelled => "資格取得届の取消",
            Corrected::CoverageEnd { .. } => "資格喪失届の訂正",
            Corrected::CoverageEndCancelled => "資格喪失届の取消",
            Corrected::Standard { .. } => "標準報酬月額の訂正",
            Corrected::StandardCancelled { .. } => "標準報酬月額の取消",
            Corrected::Bonus { .. } => "賞与支払届の訂正",
            Corrected::BonusCancelled { .. } => "賞与支払届の取消",
        }
    }

    /// Whether it says anything to correct.
    pub fn says_something(&self) -> bool {
        match self {
            Corrected::Acquisition { acquired_on, remuneration } => acquired_on.is_some() || remuneration.is_some(),
            Corrected::CoverageEnd { lost_on, end_cause } => lost_on.is_some() || end_cause.is_some(),
            Corrected::Bonus { right_day, amount, .. } => right_day.is_some() || amount.is_some(),
            _ => true,
        }
    }

    /// Items and values, as a form would show them.
    fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![("訂正・取消の対象", self.name_ja().to_owned())];
        let mut add = |name, value: Option<String>| items.extend(value.map(|value| (name, value)));
        match *self {
            Corrected::Acquisition { acquired_on, remuneration } => {
                add("正しい資格取得年月日", acquired_on.map(|day| day.to_string()));
                add("正しい報酬月額", remuneration.map(|yen| yen.to_string()));
            }
            Corrected::CoverageEnd { lost_on, end_cause } => {
                add("正しい資格喪失年月日", lost_on.map(|day| day.to_string()));
                add("正しい喪失原因", end_cause.map(|code| code.to_string()));
            }
            Corrected::Standard { from, remuneration } => {
                add("決定の適用年月", Some(from.to_string()));
                add("正しい報酬月額", Some(remuneration.to_string()));
            }
            Corrected::StandardCancelled { from } => add("決定の適用年月", Some(from.to_string())),
            Corrected::Bonus { paid_on, right_day, amount } => {
                add("賞与支払年月日 (記録)", Some(paid_on.to_string()));
                add("正しい賞与支払年月日", right_day.map(|day| day.to_string()));
                add("正しい賞与額", amount.map(|yen| yen.to_string()));
            }
            Corrected::BonusCancelled { paid_on } => add("賞与支払年月日 (記録)", Some(paid_on.to_string())),
            Corrected::AcquisitionCancelled | Corrected::CoverageEndCancelled => {}
        }
        items
    }
}

/// 終了した休業.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedLeave {
    /// 育児休業等.
    Childcare,
    /// 産前産後休業.
    Maternity,
}

/// 休業終了時報酬月額変更届 (健康保険法43条の2・43条の3, 厚生年金保険法23条の2・23条の3), which the insured applies for
/// through the employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveEnd {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者; the insured number names the spell.
    pub insured: Insured,
    /// Which leave ended.
    pub leave: EndedLeave,
    /// 休業終了年月日, the last day of leave.
    pub ended_on: Date,
    /// 子の生年月日.
    pub child_born_on: Option<Date>,
    /// 産前産後休業の翌日に育児休業等を始めた日.
    pub next_leave_starts_on: Option<Date>,
    /// The three months from that of the day after the end, oldest first.
    pub months: [PaperMonth; 3],
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// パート.
    pub part_time_worker: bool,
    /// 備考.
    pub note: Option<Note>,
}

/// 給与支給月の報酬 — days and pay of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperMonth {
    /// 給与計算の基礎日数.
    pub base_days: u8,
    /// 報酬, cash and kind.
    pub pay: Yen,
}

impl LeaveEnd {
    fn items(&self) -> Vec<(&'static str, String)> {
        const MONTHS: [&str; 3] = ["1か月目", "2か月目", "3か月目"];
        let leave = match self.leave {
            EndedLeave::Childcare => "育児休業等",
            EndedLeave::Maternity => "産前産後休業",
        };
        let mut items = vec![("終了した休業", leave.to_owned()), ("休業終了年月日", self.ended_on.to_string())];
        items.extend(self.child_born_on.map(|day| ("子の生年月日", day.to_string())));
        items.extend(self.next_leave_starts_on.map(|day| ("次の育児休業等の開始年月日", day.to_string())));
        let months = MONTHS.into_iter().zip(self.months);
        items.extend(months.map(|(name, month)| (name, format!("{}日 {}", month.base_days, month.pay))));
        items.extend(self.short_time_worker.then(|| ("区分", "短時間労働者".to_owned())));
        items.extend(self.part_time_worker.then(|| ("区分", "パート".to_owned())));
        items
    }
}

/// 選択した保険者.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthInsurer {
    /// 全国健康保険協会.
    Association,
    /// 健康保険組合, which collects the premiums of health insurance itself.
    Society,
}

impl HealthInsurer {
    /// In Japanese.
    pub const fn name_ja(self) -> &'static str {
        match self {
            HealthInsurer::Association => "全国健康保険協会",
            HealthInsurer::Society => "健康保険組合",
        }
    }
}

/// 選択しない事業所 — another office where the person is insured.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OtherWorkplace {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 被保険者整理番号 there.
    pub insured_number: u32,
}

/// 被保険者所属選択・二以上事業所勤務届 (健康保険法施行規則1条の3・2条・37条, 厚生年金保険法施行規則1条・2条), which the insured files
/// within ten days. It stands at the office chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkplaceSelection {
    /// 選択する事業所.
    pub employer: EmployerSymbol,
    /// 被保険者; the insured number names the spell at the office chosen.
    pub insured: Insured,
    /// 選択しない事業所, one at least.
    pub others: Vec<OtherWorkplace>,
    /// 二以上の事業所に使用されることとなった年月日, or the day from which the choice is another.
    pub since: Date,
    /// 選択する保険者.
    pub insurer: HealthInsurer,
    /// 備考.
    pub note: Option<Note>,
}

impl WorkplaceSelection {
    fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = vec![
            ("二以上勤務・選択の年月日", self.since.to_string()),
            ("選択する保険者", self.insurer.name_ja().to_owned()),
        ];
        let other = |other: &OtherWorkplace| format!("{} 整理番号 {}", other.employer, other.insured_number);
        items.extend(self.others.iter().map(|one| ("選択しない事業所", other(one))));
        items
    }
}

impl PaperFiling {
    /// 様式.
    pub fn form(&self) -> PaperForm {
        match self {
            PaperFiling::Correction(_) => PaperForm::Correction,
            PaperFiling::LeaveEnd(_) => PaperForm::LeaveEnd,
            PaperFiling::WorkplaceSelection(_) => PaperForm::WorkplaceSelection,
        }
    }

    /// 事業所整理記号.
    pub fn employer(&self) -> &EmployerSymbol {
        match self {
            PaperFiling::Correction(filing) => &filing.employer,
            PaperFiling::LeaveEnd(filing) => &filing.employer,
            PaperFiling::WorkplaceSelection(filing) => &filing.employer,
        }
    }

    /// 被保険者.
    pub fn insured(&self) -> &Insured {
        match self {
            PaperFiling::Correction(filing) => &filing.insured,
            PaperFiling::LeaveEnd(filing) => &filing.insured,
            PaperFiling::WorkplaceSelection(filing) => &filing.insured,
        }
    }

    /// 届の内容 — items and values in the order of the form, for people.
    pub fn items(&self) -> Vec<(&'static str, String)> {
        let insured = self.insured();
        let number = insured.insured_number.map(|number| number.to_string()).unwrap_or_default();
        let mut items = vec![
            ("事業所整理記号", self.employer().to_string()),
            ("被保険者整理番号", number),
            ("氏名 (カナ)", insured.name.kana.clone()),
            ("生年月日", insured.born_on.to_string()),
        ];
        let note = match self {
            PaperFiling::Correction(filing) => {
                items.extend(filing.corrected.items());
                items.extend(filing.later_decisions_confirmed.then(|| ("後の決定", "確認した".to_owned())));
                &filing.note
            }
            PaperFiling::LeaveEnd(filing) => {
                items.extend(filing.items());
                &filing.note
            }
            PaperFiling::WorkplaceSelection(filing) => {
                items.extend(filing.items());
                &filing.note
            }
        };
        items.extend(note.as_ref().map(|note| ("理由・備考", note.0.clone())));
        items
    }
}

/// 届の内容 as it is stored: of an official layout, or of paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// Of an official layout, whether it came on a medium or was typed.
    Official(Filing),
    /// Of paper.
    Paper(PaperFiling),
}

impl Filed {
    /// From the stored JSON; its `form` says which kind it is.
    ///
    /// # Errors
    /// What is missing or wrong in it.
    pub fn read(payload: &Value) -> Result<Filed, serde_json::Error> {
        let form = payload.get("form").and_then(Value::as_str).and_then(PaperForm::from_code);
        match form {
            Some(_) => PaperFiling::deserialize(payload).map(Filed::Paper),
            None => Filing::deserialize(payload).map(Filed::Official),
        }
    }

    /// The JSON to be stored, without 個人番号.
    ///
    /// # Errors
    /// Never in practice: every member is plain data.
    pub fn payload(&self) -> Result<Value, serde_json::Error> {
        match self {
            Filed::Official(filing) => serde_json::to_value(filing),
            Filed::Paper(filing) => serde_json::to_value(filing),
        }
    }

    /// 様式コード.
    pub fn form_code(&self) -> &'static str {
        match self {
            Filed::Official(filing) => filing.form().code(),
            Filed::Paper(filing) => filing.form().code(),
        }
    }

    /// The reason that facts carry which come of it.
    pub fn reason(&self) -> &'static str {
        match self {
            Filed::Official(filing) => filing.form().name_ja(),
            Filed::Paper(PaperFiling::Correction(filing)) => filing.corrected.name_ja(),
            Filed::Paper(filing) => filing.form().name_ja(),
        }
    }

    /// 事業所整理記号.
    pub fn employer(&self) -> &EmployerSymbol {
        match self {
            Filed::Official(filing) => filing.employer(),
            Filed::Paper(filing) => filing.employer(),
        }
    }

    /// 被保険者.
    pub fn insured(&self) -> &Insured {
        match self {
            Filed::Official(filing) => filing.insured(),
            Filed::Paper(filing) => filing.insured(),
        }
    }

    /// 事業所番号, on the forms that carry it.
    pub fn office_number(&self) -> Option<u32> {
        match self {
            Filed::Official(filing) => filing.office_number(),
            Filed::Paper(_) => None,
        }
    }

    /// 個人番号 of the insured, to be sealed apart from the payload.
    pub fn my_number(&self) -> Option<MyNumber> {
        self.insured().my_number
    }
}

/// 様式の名 by the code in the store, of any kind: official, of paper, or a person's.
pub fn form_name(code: &str) -> Option<&'static str> {
    let paper = PaperForm::from_code(code).map(PaperForm::name_ja);
    let person = || crate::person_paper::PersonForm::from_code(code).map(|form| form.name_ja());
    paper.or_else(person).or_else(|| crate::nenkin::Form::from_code(code).map(|form| form.name_ja()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::nenkin::PersonName;

    fn filing(corrected: Corrected) -> PaperFiling {
        let insured = Insured {
            insured_number: Some(7),
            name: PersonName::new("ﾐﾎﾝ ｲﾁﾛｳ", None),
            born_on: date(1990, 5, 5),
            my_number: None,
            basic_pension_number: None,
        };
        let employer = EmployerSymbol::new("21", "01", "ﾃｽﾄ").expect("a symbol");
        PaperFiling::Correction(Correction {
            employer,
            insured,
            corrected,
            later_decisions_confirmed: false,
            note: None,
        })
    }

    #[test]
    fn what_is_stored_is_read_again_as_what_it_was() {
        let month: Month = "2026-04".parse().expect("a month");
        let day = date(2026, 6, 30);
        for corrected in [
            Corrected::Acquisition { acquired_on: Some(day), remuneration: None },
            Corrected::AcquisitionCancelled,
            Corrected::CoverageEnd { lost_on: None, end_cause: Some(5) },
            Corrected::CoverageEndCancelled,
            Corrected::Standard { from: month, remuneration: Yen::new(300_000) },
            Corrected::StandardCancelled { from: month },
            Corrected::Bonus { paid_on: day, right_day: None, amount: Some(Yen::new(500_000)) },
            Corrected::BonusCancelled { paid_on: day },
        ] {
            let filed = Filed::Paper(filing(corrected));
            let payload = filed.payload().expect("JSON");
            assert_eq!(payload["form"], filed.form_code());
            assert_eq!(Filed::read(&payload).expect("read"), filed);
            assert!(corrected.says_something(), "{corrected:?}");
            assert_eq!(filed.reason(), corrected.name_ja());
        }
        assert!(!Corrected::Acquisition { acquired_on: None, remuneration: None }.says_something());
    }

    #[test]
    fn a_selection_is_read_again_with_all_its_offices() {
        let PaperFiling::Correction(Correction { employer, insured, .. }) = filing(Corrected::AcquisitionCancelled)
        else {
            unreachable!("a correction");
        };
        let other = |mark, insured_number| OtherWorkplace {
            employer: EmployerSymbol::new("41", "01", mark).expect("a symbol"),
            insured_number,
        };
        let selection = WorkplaceSelection {
            employer,
            insured,
            others: vec![other("ﾄｵｲ", 3), other("ﾄﾅﾘ", 12)],
            since: date(2026, 4, 1),
            insurer: HealthInsurer::Association,
            note: None,
        };
        let filed = Filed::Paper(PaperFiling::WorkplaceSelection(selection));
        let payload = filed.payload().expect("JSON");
        assert_eq!((&payload["form"], filed.form_code()), (&"workplace_selection".into(), "workplace_selection"));
        assert_eq!(Filed::read(&payload).expect("read"), filed);
        let Filed::Paper(paper) = &filed else { unreachable!("paper") };
        assert_eq!(paper.items().iter().filter(|(name, _)| *name == "選択しない事業所").count(), 2);
    }

    #[test]
    fn codes_of_paper_never_meet_an_official_one() {
        for form in PaperForm::ALL {
            assert_eq!(PaperForm::from_code(form.code()), Some(form));
            assert_eq!(crate::nenkin::Form::from_code(form.code()), None);
            assert_eq!(form_name(form.code()), Some(form.name_ja()));
        }
        assert_eq!(form_name("2200700"), Some("資格取得届"));
        assert_eq!(form_name("9"), None);
    }
}
