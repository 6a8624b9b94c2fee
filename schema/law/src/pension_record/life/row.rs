//! 月の記録 — what one month of a life is, in three bytes.

use domain::life::{Category, ComplementaryKind, Contribution, EmployeesKind};

/// その月の資格 — the category that owns the month (国民年金法11条の2, 厚生年金保険法19条).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cover {
    /// None is registered.
    #[default]
    None,
    /// 第1号被保険者.
    Cat1,
    /// 厚生年金の被保険者 of this kind (20 to 59: 第2号被保険者).
    Employees(EmployeesKind),
    /// 第3号被保険者.
    Cat3,
    /// 任意加入被保険者.
    Voluntary,
    /// 特例任意加入被保険者.
    SpecialVoluntary,
}

impl Cover {
    /// The cover that a category gives.
    pub fn of(category: Category) -> Cover {
        match category {
            Category::Cat1 => Cover::Cat1,
            Category::Cat2 { kind, .. } => Cover::Employees(kind),
            Category::Cat3 => Cover::Cat3,
            Category::Voluntary => Cover::Voluntary,
            Category::SpecialVoluntary => Cover::SpecialVoluntary,
        }
    }

    /// Contributions of the National Pension are paid by the person.
    pub fn pays_itself(self) -> bool {
        matches!(self, Cover::Cat1 | Cover::Voluntary | Cover::SpecialVoluntary)
    }

    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            Cover::None => "none",
            Cover::Cat1 => "cat1",
            Cover::Employees(EmployeesKind::First) => "employees_1",
            Cover::Employees(EmployeesKind::Second) => "employees_2",
            Cover::Employees(EmployeesKind::Third) => "employees_3",
            Cover::Employees(EmployeesKind::Fourth) => "employees_4",
            Cover::Cat3 => "cat3",
            Cover::Voluntary => "voluntary",
            Cover::SpecialVoluntary => "special_voluntary",
        }
    }
}

/// その月の納付の状態 — what the month is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing is registered.
    #[default]
    Nothing,
    /// 未納.
    Unpaid,
    /// 納付.
    Paid,
    /// 追納.
    PaidLater,
    /// 産前産後免除.
    Maternity,
    /// 育児期間免除.
    Childcare,
    /// 法定免除.
    StatutoryExempt,
    /// 申請全額免除.
    FullExempt,
    /// 4分の3免除, the rest paid.
    ThreeQuarterExempt,
    /// 半額免除, the rest paid.
    HalfExempt,
    /// 4分の1免除, the rest paid.
    QuarterExempt,
    /// 一部免除の残額未納: unpaid.
    RestUnpaid,
    /// 学生納付特例.
    Student,
    /// 納付猶予.
    Deferral,
    /// 厚生年金の被保険者.
    Employed,
    /// 第3号被保険者.
    Dependant,
    /// 第3号, reported more than two years late.
    DependantLate,
    /// 時効消滅不整合期間 without notice.
    Mismatch,
    /// 日本国籍のない海外在住: explained, counts for nothing.
    ForeignerAbroad,
    /// 合算対象期間.
    Complementary(ComplementaryKind),
}

impl State {
    /// The state that a row of contributions gives its months.
    pub fn of(contribution: Contribution) -> State {
        match contribution {
            Contribution::Paid => State::Paid,
            Contribution::StatutoryExempt => State::StatutoryExempt,
            Contribution::FullExempt => State::FullExempt,
            Contribution::ThreeQuarterExempt { rest_paid: true } => State::ThreeQuarterExempt,
            Contribution::HalfExempt { rest_paid: true } => State::HalfExempt,
            Contribution::QuarterExempt { rest_paid: true } => State::QuarterExempt,
            Contribution::ThreeQuarterExempt { .. }
            | Contribution::HalfExempt { .. }
            | Contribution::QuarterExempt { .. } => State::RestUnpaid,
            Contribution::Student => State::Student,
            Contribution::Deferral => State::Deferral,
            Contribution::Maternity => State::Maternity,
            Contribution::Childcare => State::Childcare,
            Contribution::PaidLater => State::PaidLater,
        }
    }

    /// Counts towards 受給資格期間 (国民年金法26条・附則9条): paid, exempt, deferred or complementary.
    pub fn qualifies(self) -> bool {
        !matches!(
            self,
            State::Nothing
                | State::Unpaid
                | State::RestUnpaid
                | State::DependantLate
                | State::Mismatch
                | State::ForeignerAbroad
        )
    }

    /// 追納できる — exempt or deferred, and what was left to pay has been paid (国民年金法94条1項).
    pub fn may_be_paid_later(self) -> bool {
        matches!(
            self,
            State::StatutoryExempt
                | State::FullExempt
                | State::ThreeQuarterExempt
                | State::HalfExempt
                | State::QuarterExempt
                | State::Student
                | State::Deferral
        )
    }

    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            State::Nothing => "nothing",
            State::Unpaid => "unpaid",
            State::Paid => "paid",
            State::PaidLater => "paid_later",
            State::Maternity => "maternity",
            State::Childcare => "childcare",
            State::StatutoryExempt => "statutory_exempt",
            State::FullExempt => "full_exempt",
            State::ThreeQuarterExempt => "three_quarter_exempt",
            State::HalfExempt => "half_exempt",
            State::QuarterExempt => "quarter_exempt",
            State::RestUnpaid => "rest_unpaid",
            State::Student => "student",
            State::Deferral => "deferral",
            State::Employed => "employed",
            State::Dependant => "dependant",
            State::DependantLate => "dependant_late",
            State::Mismatch => "mismatch",
            State::ForeignerAbroad => "foreigner_abroad",
            State::Complementary(kind) => kind.code(),
        }
    }
}

/// What else is true of a month, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// 付加保険料.
    pub const ADDITIONAL: Marks = Marks(1);
    /// 離婚時みなし被保険者期間.
    pub const DEEMED: Marks = Marks(2);
    /// 第3種被保険者.
    pub const MINER_OR_SEAMAN: Marks = Marks(4);
    /// Also a month of 厚生年金, acquired and lost in it, of the kind below (before 2015-10 only).
    const ALSO_EMPLOYEES: Marks = Marks(8);

    /// With this mark.
    pub fn set(&mut self, mark: Marks) {
        self.0 |= mark.0;
    }

    /// Whether it has this mark.
    pub fn has(self, mark: Marks) -> bool {
        self.0 & mark.0 == mark.0
    }

    /// Notes that the month is one of 厚生年金 too.
    pub(super) fn set_also(&mut self, kind: EmployeesKind) {
        let kind = match kind {
            EmployeesKind::First => 0,
            EmployeesKind::Second => 16,
            EmployeesKind::Third => 32,
            EmployeesKind::Fourth => 48,
        };
        self.0 = (self.0 & 15) | Marks::ALSO_EMPLOYEES.0 | kind;
    }

    /// The kind of 厚生年金 that the month belongs to beside its owner.
    pub fn also(self) -> Option<EmployeesKind> {
        self.has(Marks::ALSO_EMPLOYEES).then_some(match self.0 & 48 {
            0 => EmployeesKind::First,
            16 => EmployeesKind::Second,
            32 => EmployeesKind::Third,
            _ => EmployeesKind::Fourth,
        })
    }
}

/// 一月の記録.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordMonth {
    /// Who owns it.
    pub cover: Cover,
    /// What it is worth.
    pub state: State,
    /// What else.
    pub marks: Marks,
}

impl RecordMonth {
    /// 厚生年金の被保険者期間となる月, and of which kind; a month of which 脱退手当金 was paid is none.
    pub fn employees_kind(self) -> Option<EmployeesKind> {
        match (self.cover, self.state) {
            (Cover::Employees(kind), State::Employed) => Some(kind),
            (Cover::Employees(_), _) => None,
            _ => self.marks.also(),
        }
    }
}
