//! 項目をまたぐ検査 — what several columns of one filing must say together.
//!
//! Each rule looks only at columns that are right by themselves, so that one mistake is reported once.

use jiff::civil::Date;

use super::amounts::{AMOUNT_MAX, AMOUNT_MIN, BaseDays, base_total_and_average, bonus_total, capped};
use super::layout::Form;
use super::problem::Problem;
use super::row::Row;
use crate::{Month, Yen, age};

/// The rules of the row's form. `found`: what the columns showed by themselves.
pub(crate) fn across_columns(form: Form, row: &Row, found: Vec<Problem>) -> Vec<Problem> {
    let mut rules = Rules { row, found };
    match form {
        Form::Enrolment => rules.enrolment(),
        Form::CoverageEnd => rules.coverage_end(),
        Form::AnnualDetermination => rules.annual_determination(),
        Form::RevisionOnChange => rules.revision_on_change(),
        Form::Bonus => rules.bonus(),
        Form::DependantChange => rules.dependant_change(),
    }
    rules.found.sort_by_key(|problem| problem.column.unwrap_or(0));
    rules.found
}

struct Rules<'r, 'a> {
    row: &'r Row<'a>,
    found: Vec<Problem>,
}

impl Rules<'_, '_> {
    /// Whether all these columns are right by themselves.
    fn clean(&self, positions: &[usize]) -> bool {
        let wrong =
            |position: &usize| self.found.iter().any(|problem| problem.is_error() && problem.column == Some(*position));
        !positions.iter().any(wrong)
    }

    fn refuse(&mut self, position: usize, what: &str, message: impl Into<String>) {
        self.found.push(self.row.problem(position, what, message));
    }

    fn warn(&mut self, position: usize, what: &str, message: &str) {
        self.found.push(Problem { warning: true, ..self.row.problem(position, what, message) });
    }

    /// A day that is right by itself.
    fn day(&self, position: usize) -> Option<Date> {
        self.row.day(position).filter(|_| self.clean(&[position - 1, position]))
    }

    /// An amount that is right by itself.
    fn yen(&self, position: usize) -> Option<Yen> {
        self.row.yen(position).filter(|_| self.clean(&[position]))
    }

    fn enrolment(&mut self) {
        if matches!(self.row.small(12), Some(3 | 4))
            && self.clean(&[11, 12])
            && !matches!(self.row.small(11), Some(1 | 2))
        {
            self.refuse(11, "CODE", "取得区分が3・4のときは、種別（性別）は1か2を入力してください");
        }
        self.sum_of_two(21, 22, 23);
        self.at_least_minimum(23);
        let (Some(born_on), Some(acquired_on)) = (self.day(10), self.day(19)) else { return };
        if acquired_on < born_on {
            self.refuse(19, "BEFORE_BIRTH", "資格取得年月日が生年月日より前です。日付を確認してください");
        } else if self.row.is_set(24) && acquired_on < age::attained_on(born_on, 70) {
            let message = "70歳以上被用者に該当するのは、70歳の誕生日の前日からです。日付か該当の欄を確認してください";
            self.refuse(19, "NOT_YET_70", message);
        }
    }

    fn coverage_end(&mut self) {
        self.warn_without_insured_number(6, 27);
        let (born_on, lost_on, event_on, ceased_on) = (self.day(10), self.day(15), self.day(18), self.day(26));
        let cause = self.row.small(16).filter(|_| self.clean(&[16]));
        if let (Some(born_on), Some(lost_on)) = (born_on, lost_on) {
            if lost_on <= born_on {
                self.refuse(15, "BEFORE_BIRTH", "資格喪失年月日が生年月日以前です。日付を確認してください");
            } else if cause == Some(7) && lost_on < age::nth_birthday(born_on, 75) {
                self.refuse(
                    15,
                    "NOT_YET_75",
                    "原因が7（75歳到達）のとき、資格喪失年月日は75歳の誕生日以後です。確認してください",
                );
            }
        }
        let Some(event_on) = event_on.filter(|_| matches!(cause, Some(4 | 5))) else { return };
        if born_on.is_some_and(|born_on| event_on < born_on) {
            self.refuse(18, "BEFORE_BIRTH", "退職日・死亡日が生年月日より前です。日付を確認してください");
        }
        if lost_on.is_some_and(|lost_on| event_on.tomorrow().ok() != Some(lost_on)) {
            self.refuse(15, "NOT_NEXT_DAY", "資格喪失年月日は、退職日・死亡日の翌日を入力してください");
        }
        if ceased_on.is_some_and(|ceased_on| ceased_on != event_on) {
            self.refuse(26, "NOT_SAME_DAY", "70歳以上被用者の不該当年月日は、退職日・死亡日と同じ日を入力してください");
        }
    }

    fn annual_determination(&mut self) {
        self.warn_without_insured_number(5, 53);
        self.month_exists(10);
        self.month_exists(15);
        self.monthly_totals();
        let class = match (self.row.is_set(49), self.row.is_set(50)) {
            (true, _) => BaseDays::ShortTime,
            (false, true) => BaseDays::PartTime,
            (false, false) => BaseDays::General,
        };
        if let Some(days) = self.base_days() {
            self.total_and_average(class, days);
        }
        self.optional_at_least_minimum(39);
    }

    fn revision_on_change(&mut self) {
        self.warn_without_insured_number(5, 49);
        self.month_exists(10);
        self.month_exists(15);
        self.three_months_before();
        self.monthly_totals();
        let least = if self.row.is_set(45) { 11 } else { 17 };
        for position in 25..=27 {
            if self.clean(&[position, 45]) && self.row.small(position).is_some_and(|days| days < least) {
                let message =
                    format!("月額変更には、3か月とも基礎日数が{least}日以上必要です。該当するか確認してください");
                self.refuse(position, "BASE_DAYS", message);
            }
        }
        // Every month counts here, whatever its days: too few of them are a mistake of their own.
        self.total_and_average(BaseDays::General, [31; 3]);
        let open_ended = (34..=36).any(|position| self.row.yen(position) == Some(AMOUNT_MAX));
        if !self.row.given(39) && !open_ended {
            self.at_least_minimum(38);
        }
        self.optional_at_least_minimum(39);
    }

    fn bonus(&mut self) {
        let (Some(cash), Some(in_kind), Some(written)) = (self.yen(12), self.yen(13), self.yen(14)) else { return };
        let total = bonus_total(cash, in_kind);
        let older_cap = total == AMOUNT_MAX && written == Yen::new(9_999_000);
        if older_cap {
            self.warn(
                14,
                "OLDER_CAP",
                "1,000万円以上の賞与額は9999999と入力します（9999000を9999999として受け付けました）",
            );
        } else if written != total {
            let message = "通貨と現物の合計から1,000円未満を切り捨てた額（1,000万円以上は9999999）を入力してください";
            self.refuse(14, "TOTAL", message);
        }
        self.at_least_minimum(14);
    }

    fn dependant_change(&mut self) {
        let blocks = [24, 71, 104].iter().any(|&name| self.row.given(name));
        if !blocks {
            let what = "配偶者かその他の被扶養者を、1人以上入力してください";
            self.refuse(24, "REQUIRED", what);
        }
    }

    fn warn_without_insured_number(&mut self, number: usize, over_70_form_only: usize) {
        if !self.row.given(number) && !self.row.is_set(over_70_form_only) {
            self.warn(number, "NO_NUMBER", "整理番号がないため、氏名・生年月日・基礎年金番号で本人を確認します");
        }
    }

    /// `total` = `cash` + `in_kind`, at most 9999999.
    fn sum_of_two(&mut self, cash: usize, in_kind: usize, total: usize) {
        let (Some(a), Some(b), Some(written)) = (self.yen(cash), self.yen(in_kind), self.yen(total)) else { return };
        if capped(a + b) != written {
            let message = "通貨によるものの額と現物によるものの額の合計（1,000万円以上は9999999）を入力してください";
            self.refuse(total, "TOTAL", message);
        }
    }

    fn at_least_minimum(&mut self, position: usize) {
        if self.yen(position).is_some_and(|yen| yen < AMOUNT_MIN) {
            self.refuse(position, "TOO_SMALL", "1,000円以上の額を入力してください（単位は円です）");
        }
    }

    fn optional_at_least_minimum(&mut self, position: usize) {
        if self.row.given(position) {
            self.at_least_minimum(position);
        }
    }

    fn monthly_totals(&mut self) {
        for month in 0..3 {
            self.sum_of_two(28 + month, 31 + month, 34 + month);
        }
    }

    fn base_days(&self) -> Option<[u8; 3]> {
        let day = |position| self.row.small(position).filter(|_| self.clean(&[position]));
        Some([day(25)?, day(26)?, day(27)?])
    }

    /// 総計 and 平均額, columns 37 and 38. A month of 9999999 means "at least", so its average is the sender's.
    fn total_and_average(&mut self, class: BaseDays, days: [u8; 3]) {
        let (Some(first), Some(second), Some(third)) = (self.yen(34), self.yen(35), self.yen(36)) else { return };
        let totals = [first, second, third];
        let (total, average) = base_total_and_average(class, days, totals);
        if self.yen(37).is_some_and(|written| written != total) {
            self.refuse(37, "TOTAL", "基礎日数が足りる月の合計（1,000万円以上は9999999）を入力してください");
        }
        // The written total may be capped while its months are not; some senders divide what they wrote.
        let of_capped = total == AMOUNT_MAX
            && [2, 3].iter().any(|months| self.yen(38) == Some(Yen::new(AMOUNT_MAX.get() / months)));
        let open_ended = totals.contains(&AMOUNT_MAX) || of_capped;
        if !open_ended && self.yen(38).is_some_and(|written| written != average) {
            self.refuse(
                38,
                "AVERAGE",
                "総計を、基礎日数が足りる月の数で割った額（円未満切捨て、該当する月がなければ0）を入力してください",
            );
        }
    }

    /// 元号・年・月 in three columns from `era`.
    fn month_exists(&mut self, era: usize) {
        if self.clean(&[era, era + 1, era + 2]) && self.row.month(era).is_none() {
            self.refuse(era + 1, "ERA", "その元号にない年月です。元号と年月を確認してください");
        }
    }

    /// 給与支給月 are the three months before 改定年月.
    fn three_months_before(&mut self) {
        let Some(revised_from) = self.row.month(10).filter(|_| self.clean(&[10, 11, 12])) else { return };
        for (position, months_before) in [(22, 3), (23, 2), (24, 1)] {
            let expected: Month = revised_from.plus(-months_before);
            let written = self.row.small(position).and_then(|month| i8::try_from(month).ok());
            if self.clean(&[position]) && written != Some(expected.month()) {
                self.refuse(position, "MONTHS", "給与支給月は、改定年月の前の3か月を順に入力してください");
            }
        }
    }
}
