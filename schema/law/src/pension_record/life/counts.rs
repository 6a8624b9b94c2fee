//! 月の集計 — what an award asks of a life. Each month of the row is counted exactly once among the months of the basic
//! pension; the months of the employees' pension are counted beside them.

use domain::{Month, Ratio};

use super::*;

/// 月数 before 2009-04 and from then on (平成16年法律104号附則10条: exempt months weigh differently).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Eras {
    /// To 2009-03.
    pub to_2009_03: u16,
    /// From 2009-04.
    pub from_2009_04: u16,
}

impl Eras {
    /// Both together.
    pub fn total(self) -> u16 {
        self.to_2009_03 + self.from_2009_04
    }

    fn of(&mut self, month: Month) -> &mut u16 {
        if month < half_state_share_start() { &mut self.to_2009_03 } else { &mut self.from_2009_04 }
    }
}

/// 厚生年金の月数 of one kind: before 2003-04 (平均標準報酬月額) and from then on (平均標準報酬額).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmployeesMonths {
    /// To 2003-03.
    pub to_2003_03: u16,
    /// From 2003-04.
    pub from_2003_04: u16,
}

impl EmployeesMonths {
    /// Both together.
    pub fn total(self) -> u16 {
        self.to_2003_03 + self.from_2003_04
    }
}

/// 記録の集計, in months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LifeCounts {
    /// All months of the row: the sum of the basic-pension months below.
    pub months: u16,
    /// 納付 (1号・任意・特例任意), 追納・産前産後・育児 included.
    pub contributed: Eras,
    /// 第2号被保険者, 20 to 59 since 1961-04.
    pub cat2: Eras,
    /// 第3号被保険者 that counts.
    pub cat3: Eras,
    /// 4分の1免除.
    pub quarter_exempt: Eras,
    /// 半額免除.
    pub half_exempt: Eras,
    /// 4分の3免除.
    pub three_quarter_exempt: Eras,
    /// 全額免除 (法定・申請).
    pub full_exempt: Eras,
    /// 学生納付特例.
    pub student: u16,
    /// 納付猶予.
    pub deferral: u16,
    /// 未納, 一部免除の残額未納 included.
    pub unpaid: u16,
    /// 合算対象期間 by kind, in the order of `ComplementaryKind::ALL`.
    pub complementary: [u16; 10],
    /// 第3号 reported late and not counted.
    pub cat3_late: u16,
    /// 時効消滅不整合期間 without notice.
    pub cat3_mismatch: u16,
    /// 厚生年金 before 1961-04: no month of the basic pension.
    pub employees_before_1961: u16,
    /// Explained, counting for nothing: foreigners abroad.
    pub explained: u16,
    /// Nothing registered, 20 to 59 since 1961-04.
    pub uncovered: u16,
    /// Nothing registered and nothing due: other ages, before 1961-04.
    pub not_due: u16,

    /// 厚生年金の被保険者期間 by kind 第1号 to 第4号; deemed months of a divorce not included.
    pub employees: [EmployeesMonths; 4],
    /// Of these: 20 to 59 since 1961-04 (経過的加算, 昭和60年法律34号附則59条2項).
    pub employees_20_to_59: u16,
    /// Of these: 第3種 to 1986-03, counting 4/3.
    pub miner_to_1986_03: u16,
    /// Of these: 第3種 from 1986-04 to 1991-03, counting 6/5.
    pub miner_to_1991_03: u16,
    /// Of these: 第3種 from 1991-04, counting 1.
    pub miner_from_1991_04: u16,
    /// 離婚時みなし被保険者期間.
    pub deemed: EmployeesMonths,
    /// 付加保険料納付済期間.
    pub additional: u16,
    /// Contributed months of 特例任意加入, for rules that leave them out (寡婦年金, 死亡一時金).
    pub contributed_special_voluntary: u16,
}

impl LifeCounts {
    /// 厚生年金の被保険者期間 of one kind; deemed months of a divorce not included.
    pub fn of_kind(&self, kind: EmployeesKind) -> u16 {
        self.employees[place_of(kind)].total()
    }

    /// 保険料納付済期間 (国民年金法5条1項): contributed, 2号, 3号.
    pub fn paid(&self) -> u16 {
        self.contributed.total() + self.cat2.total() + self.cat3.total()
    }

    /// 保険料免除期間 (国民年金法5条2項), 学生納付特例 and 納付猶予 not included.
    pub fn exempt(&self) -> u16 {
        let groups = [self.quarter_exempt, self.half_exempt, self.three_quarter_exempt, self.full_exempt];
        groups.into_iter().map(Eras::total).sum()
    }

    /// 合算対象期間.
    pub fn complementary_total(&self) -> u16 {
        self.complementary.iter().sum()
    }

    /// 受給資格期間 (国民年金法26条, 附則9条1項): paid, exempt, 学生・猶予, complementary.
    pub fn qualifying(&self) -> u16 {
        self.paid() + self.exempt() + self.student + self.deferral + self.complementary_total()
    }

    /// The basic-pension months, each group once: they add up to `months`.
    pub fn partition_total(&self) -> u16 {
        let others = [
            self.unpaid,
            self.cat3_late,
            self.cat3_mismatch,
            self.employees_before_1961,
            self.explained,
            self.uncovered,
            self.not_due,
        ];
        self.qualifying() + others.into_iter().sum::<u16>()
    }

    /// 厚生年金の月数 of all kinds, each month once.
    pub fn employees_total(&self) -> u16 {
        self.employees.iter().map(|kind| kind.total()).sum()
    }

    /// 厚生年金の被保険者期間, 第3種 at 4/3 and 6/5 (厚生年金保険法旧19条3項, 昭和60年法律34号附則47条).
    ///
    /// Exact: no rounding of months is laid down.
    pub fn employees_weighted(&self) -> Ratio {
        let fifteenths = i128::from(self.employees_total()) * 15
            + i128::from(self.miner_to_1986_03) * 5
            + i128::from(self.miner_to_1991_03) * 3;
        Ratio::new(fifteenths, 15)
    }
}

/// The counts of a row.
pub(super) fn of(record: &LifeRecord) -> LifeCounts {
    let mut counts = LifeCounts::default();
    for (place, entry) in record.months.iter().enumerate() {
        let month = record.month_at(place);
        let basic = record.ages.is_20_to_59(month) && month >= national_pension_start();
        counts.months += 1;
        *counts.slot(entry, month, basic) += 1;
        counts.employees_month(entry, month, basic);
    }
    counts
}

impl LifeCounts {
    /// Where a month is counted for the basic pension.
    fn slot(&mut self, entry: &RecordMonth, month: Month, basic: bool) -> &mut u16 {
        match entry.state {
            State::Paid | State::PaidLater | State::Maternity | State::Childcare => self.contributed.of(month),
            State::QuarterExempt => self.quarter_exempt.of(month),
            State::HalfExempt => self.half_exempt.of(month),
            State::ThreeQuarterExempt => self.three_quarter_exempt.of(month),
            State::StatutoryExempt | State::FullExempt => self.full_exempt.of(month),
            State::Student => &mut self.student,
            State::Deferral => &mut self.deferral,
            State::Unpaid | State::RestUnpaid => &mut self.unpaid,
            State::Employed if basic => self.cat2.of(month),
            State::Employed if month < national_pension_start() => &mut self.employees_before_1961,
            State::Employed => &mut self.complementary[ComplementaryKind::EmployeesOutside20To59.place()],
            State::Dependant => self.cat3.of(month),
            State::DependantLate => &mut self.cat3_late,
            State::Mismatch => &mut self.cat3_mismatch,
            State::ForeignerAbroad => &mut self.explained,
            State::Complementary(kind) => &mut self.complementary[kind.place()],
            State::Nothing if basic => &mut self.uncovered,
            State::Nothing => &mut self.not_due,
        }
    }

    /// What a month is for the employees' pension, and beside the basic pension.
    fn employees_month(&mut self, entry: &RecordMonth, month: Month, basic: bool) {
        if entry.marks.has(Marks::ADDITIONAL) {
            self.additional += 1;
        }
        if entry.cover == Cover::SpecialVoluntary && entry.state == State::Paid {
            self.contributed_special_voluntary += 1;
        }
        let Some(kind) = entry.employees_kind() else {
            if entry.marks.has(Marks::DEEMED) {
                *self.deemed.of(month) += 1;
            }
            return;
        };
        *self.employees[place_of(kind)].of(month) += 1;
        self.employees_20_to_59 += u16::from(basic);
        if entry.marks.has(Marks::MINER_OR_SEAMAN) {
            *self.miner(month) += 1;
        }
    }

    fn miner(&mut self, month: Month) -> &mut u16 {
        if month < basic_pension_start() {
            &mut self.miner_to_1986_03
        } else if month < miner_weights_end() {
            &mut self.miner_to_1991_03
        } else {
            &mut self.miner_from_1991_04
        }
    }
}

impl EmployeesMonths {
    fn of(&mut self, month: Month) -> &mut u16 {
        if month < total_remuneration_start() { &mut self.to_2003_03 } else { &mut self.from_2003_04 }
    }
}

fn place_of(kind: EmployeesKind) -> usize {
    match kind {
        EmployeesKind::First => 0,
        EmployeesKind::Second => 1,
        EmployeesKind::Third => 2,
        EmployeesKind::Fourth => 3,
    }
}
