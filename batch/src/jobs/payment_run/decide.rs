//! One person's verdict: the rule's answer, the account, and whether it can be sent.

use domain::zengin::{AMOUNT_YEN_MAX, Account as BankAccount, Newness, TransferRefused};
use domain::{Month, Yen};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use law::adjudication::award::Ground;
use law::pension_payment::payable_months::PensionRight;
use law::pension_payment::run::{
    Account, Accounted, AwardRow, Balance, ByGround, Cause, Due, Holdings, LevyYen, Line, PaymentQuestion, SchemeYen,
    TaxBase, Withheld, balance, due, withhold,
};
use law::pension_payment::unpaid_benefit::{Relation, Relative, unpaid_benefit};
use law::pension_payment::withholding_tax::{MonthlyFraction, PersonalDeduction, TaxedKind, TaxedPayment, Taxpayer};
use law::{LawError, Trace};
use store::night::payments::{
    self, AccountLine, AwardLine, InstalmentLine, NewInstalment, NewPayment, OLD_AGE, UnpaidClaim,
};

use super::Rules;
use super::people::Facts;
use crate::run::VerdictRow;

/// 日本標準時.
const OFFICE_TIME: Offset = Offset::constant(9);

/// 支払の種類 as in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 定期.
    Regular,
    /// 随時: of earlier 支払期 only.
    Special,
    /// 未支給年金.
    UnpaidBenefit,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Regular => "regular",
            Kind::Special => "special",
            Kind::UnpaidBenefit => "unpaid_benefit",
        }
    }
}

/// Why nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub code: String,
    pub message: String,
}

/// A line with its words of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLine {
    pub for_payment: Month,
    pub ground: Ground,
    pub yen: SchemeYen,
    pub february: SchemeYen,
    pub first_time: bool,
    pub cause: String,
    pub cause_filing_id: Option<i64>,
}

impl OwnLine {
    fn of(line: &Line<'_>) -> OwnLine {
        OwnLine {
            for_payment: line.for_payment,
            ground: line.ground,
            yen: line.yen,
            february: line.february,
            first_time: line.first_time,
            cause: line.cause.word.to_owned(),
            cause_filing_id: line.cause.filing_id,
        }
    }
}

/// What became of a person.
#[derive(Clone, Debug)]
pub struct Decided {
    pub person_id: i64,
    /// Accounted by this run.
    pub lines: Vec<OwnLine>,
    /// 時効で消滅した支払期.
    pub lapsed: Vec<OwnLine>,
    /// Of what is accounted.
    pub balance: Balance,
    /// What is sent, or would have been.
    pub sending: Option<Sending>,
    /// Why it is not sent.
    pub held: Option<Hold>,
    /// What a notice compares with.
    pub change: Change,
}

/// A payment.
#[derive(Clone, Debug)]
pub struct Sending {
    pub kind: Kind,
    pub balance: Balance,
    pub withheld: Withheld,
    pub recipient_person_id: Option<i64>,
    pub account: Option<AccountLine>,
    pub bank: Option<BankAccount>,
    pub newness: Newness,
}

/// What is new to the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The first payment at all.
    pub first: bool,
    /// Amount, levies or account are not those of the payment before.
    pub changed: bool,
}

/// The verdict of a person.
pub fn decide(facts: &Facts<'_>, rules: &Rules) -> Decided {
    let trace = &mut Trace::untold();
    let mut decided = Decided {
        person_id: facts.person_id,
        lines: Vec::new(),
        lapsed: Vec::new(),
        balance: Balance::default(),
        sending: None,
        held: None,
        change: Change::default(),
    };
    if let Err(error) = decide_by_law(facts, rules, &mut decided, trace) {
        decided.held = Some(of_law(&error));
    }
    decided
}

fn of_law(error: &LawError) -> Hold {
    Hold { code: error.code().to_owned(), message: error.to_string() }
}

fn decide_by_law(facts: &Facts<'_>, rules: &Rules, decided: &mut Decided, trace: &mut Trace) -> Result<(), LawError> {
    let awards: Vec<AwardRow<'_>> = facts.awards.iter().map(|row| award(row)).collect();
    let accounted: Vec<Accounted> = facts.instalments.iter().map(|row| accounted(row)).collect();
    let survivor = match facts.died {
        Some((died_on, _)) => survivor(facts, died_on, trace)?,
        None => None,
    };
    if facts.died.is_some() && facts.awards.is_empty() && !facts.unpaid.is_empty() {
        let message = "未支給年金の請求がありますが、亡くなった方の裁定がありません。年金の記録と受給資格を確かめ、裁定を待って\
                       ください";
        decided.held = Some(Hold { code: "no_award_of_the_deceased".to_owned(), message: message.to_owned() });
        return Ok(());
    }
    let question = PaymentQuestion {
        awards: &awards,
        accounted: &accounted,
        paid_through: paid_through(facts),
        died: facts.died,
        claimed_on: facts.claims.map(|claim| match survivor {
            Some(claim) => Some(claim.filed_on),
            None => claim.map(|claim| claim.filed_on),
        }),
        payment_month: rules.payment_month,
        paid_on: rules.paid_on,
    };
    let due = due(&question, trace)?;
    let tonight = |line: &&Line<'_>| {
        let posted = facts.instalments.iter().filter(|row| row.tonight);
        posted.map(|row| Month::of(row.for_payment)).any(|month| month == line.for_payment)
    };
    if let Some(line) = due.lines.iter().find(tonight) {
        let message =
            format!("{}期は、この夜の前の支払でも計上しました。残りの差額は次の支払で計上します", line.for_payment);
        decided.held = Some(Hold { code: "accounted_tonight".to_owned(), message });
        return Ok(());
    }
    decided.lapsed = due.lapsed.iter().map(OwnLine::of).collect();
    let outstanding = Yen::new(facts.outstanding_yen);
    let account = Account { outstanding, share: rules.share, alive: facts.died.is_none() };
    let all = balance(&due, account, trace)?;
    // What was paid too much is claimed even where nothing can be sent.
    account_claims(&due, &all, decided);
    if all.gross.total() == Yen::ZERO {
        decided.lines = due.lines.iter().map(OwnLine::of).collect();
        return Ok(());
    }
    let (sending, hold) = match facts.died {
        None => to_the_living(facts, rules, &due, all, decided, trace),
        Some(_) => to_a_survivor(facts, survivor, all),
    };
    if sending.is_some() && hold.is_none() {
        decided.lines = due.lines.iter().map(OwnLine::of).collect();
        decided.balance = all;
    }
    decided.sending = sending;
    decided.held = hold;
    Ok(())
}

/// The last month paid before this book, of each 支給事由.
fn paid_through(facts: &Facts<'_>) -> ByGround<Option<Month>> {
    facts.claims.map(|claim| claim.and_then(|claim| claim.paid_through).map(Month::of))
}

/// A 支給事由 from its word in the tables.
fn ground(word: &str) -> Ground {
    match word {
        payments::DISABILITY => Ground::Disability,
        payments::SURVIVOR => Ground::Survivor,
        _ => Ground::OldAge,
    }
}

fn award(row: &AwardLine) -> AwardRow<'_> {
    let [basic, employees, survivor] = row.yen;
    AwardRow {
        from: Month::of(row.from),
        until: row.until.map(Month::of),
        annual: SchemeYen::of(basic, employees, survivor),
        basic_of: row.basic_of.map(ground),
        employees_of: row.employees_of.map(ground),
        decided: row.decided,
        decided_on: Timestamp::from_microsecond(row.decided).ok().map(|at| OFFICE_TIME.to_datetime(at).date()),
        current: row.current,
        cause: Cause { word: &row.cause, filing_id: row.cause_filing_id },
    }
}

fn accounted(row: &InstalmentLine) -> Accounted {
    let [basic, employees, survivor, february_basic, february_employees, february_survivor] = row.yen;
    Accounted {
        for_payment: Month::of(row.for_payment),
        paid_in: Month::of(row.paid_in),
        ground: ground(row.ground),
        yen: SchemeYen::of(basic, employees, survivor),
        february: SchemeYen::of(february_basic, february_employees, february_survivor),
    }
}

/// The lines of earlier 支払期 of a pension of which more was paid than due, and the claims out of them.
fn account_claims(due: &Due<'_>, all: &Balance, decided: &mut Decided) {
    if all.claims.is_zero() {
        return;
    }
    let claimed = |claim: Yen, yen: Yen| if claim > Yen::ZERO { yen } else { Yen::ZERO };
    let mask = |yen: SchemeYen| SchemeYen {
        basic: claimed(all.claims.basic, yen.basic),
        employees: claimed(all.claims.employees, yen.employees),
        survivor: claimed(all.claims.survivor, yen.survivor),
    };
    let earlier = due.lines.iter().filter(|line| !line.first_time);
    let masked =
        earlier.map(|line| OwnLine { yen: mask(line.yen), february: mask(line.february), ..OwnLine::of(line) });
    decided.lines = masked.filter(|line| !line.yen.is_zero()).collect();
    decided.balance = Balance { claims: all.claims, ..Balance::default() };
}

/// What is sent, or would have been, and why it is held.
type Sent = (Option<Sending>, Option<Hold>);

/// To the person's own account, less levies and tax.
fn to_the_living(
    facts: &Facts<'_>,
    rules: &Rules,
    due: &Due<'_>,
    all: Balance,
    decided: &mut Decided,
    trace: &mut Trace,
) -> Sent {
    let own = due.own(rules.payment_month).is_some();
    let last = facts.sent.last();
    let moved = last.is_some_and(|last| last.account.as_ref() != facts.account);
    let converted = paid_through(facts) != ByGround::default();
    let first = facts.sent.is_empty() && facts.instalments.is_empty() && !converted;
    let mut sending = Sending {
        kind: if own { Kind::Regular } else { Kind::Special },
        balance: all,
        withheld: Withheld { net: all.payment(), ..Withheld::default() },
        recipient_person_id: None,
        account: facts.account.cloned(),
        bank: None,
        newness: if first {
            Newness::First
        } else if moved {
            Newness::Changed
        } else {
            Newness::Other
        },
    };
    match withheld(facts, rules, due, &all, trace) {
        Ok(withheld) => sending.withheld = withheld,
        Err(error) => return (Some(sending), Some(of_law(&error))),
    }
    let taken = levies_yen(sending.withheld.levies);
    let levies_changed = own && last.is_some_and(|last| last.levies_yen != taken);
    let arrears = due.lines.iter().any(|line| line.for_payment != rules.payment_month);
    let short = !sending.withheld.not_taken.is_empty();
    let changed = moved || levies_changed || short || arrears || own && due.regular != due.before;
    decided.change = Change { first, changed };
    checked(sending)
}

/// The account must fit the bank's file, unless nothing is left to send.
fn checked(mut sending: Sending) -> Sent {
    let net = sending.withheld.net;
    if net == Yen::ZERO {
        return (Some(sending), None);
    }
    let Some(account) = &sending.account else {
        let message = "受取口座の届がありません。口座の届を受け付けると、次の支払でまとめて支払います".to_owned();
        return (Some(sending), Some(Hold { code: "no_account".to_owned(), message }));
    };
    let bank = BankAccount::new(
        &account.bank_code,
        &account.branch_code,
        account.account_type,
        &account.account_number,
        &account.holder_kana,
    );
    let bank = if net.get() > AMOUNT_YEN_MAX { Err(TransferRefused::Amount) } else { bank };
    match bank {
        Ok(bank) => {
            sending.bank = Some(bank);
            (Some(sending), None)
        }
        Err(refused) => {
            let hold = Hold { code: refused.code().to_owned(), message: refused.to_string() };
            (Some(sending), Some(hold))
        }
    }
}

pub fn levies_yen(levies: LevyYen) -> [i64; 4] {
    [levies.long_term_care, levies.national_health, levies.late_elderly, levies.resident_tax].map(Yen::get)
}

fn withheld(
    facts: &Facts<'_>,
    rules: &Rules,
    due: &Due<'_>,
    all: &Balance,
    trace: &mut Trace,
) -> Result<Withheld, LawError> {
    let birth = facts.birth.ok_or_else(|| LawError::MissingFact { fact: "生年月日".to_owned() })?;
    let declaration = declaration(facts.declaration)?;
    let year = if rules.settles_2025() { year_before_december(facts) } else { None };
    let taxpayer = Taxpayer {
        birth,
        kind: TaxedKind::OldAge,
        annual: Some(due.annual),
        declaration: &declaration,
        fraction: MonthlyFraction::Exact,
    };
    let tax = TaxBase { taxpayer, payment_month: rules.payment_month, year: year.as_deref() };
    withhold(due, all, &Holdings { levies: requested(facts), tax }, trace)
}

fn requested(facts: &Facts<'_>) -> LevyYen {
    let yen = |levy: &str| {
        let found = facts.collections.iter().filter(|request| request.0 == levy);
        Yen::new(found.map(|request| request.1).sum())
    };
    LevyYen {
        long_term_care: yen("long_term_care"),
        national_health: yen("national_health"),
        late_elderly: yen("late_elderly"),
        resident_tax: yen("resident_tax"),
    }
}

/// Each word as often as there are persons.
fn declaration(words: &[String]) -> Result<Vec<(PersonalDeduction, i32)>, LawError> {
    let mut found: Vec<(PersonalDeduction, i32)> = Vec::new();
    for word in words {
        let known = PersonalDeduction::WORDS.iter().find(|(known, _)| known == word).map(|(_, deduction)| *deduction);
        let deduction = known.ok_or_else(|| {
            LawError::bad_input(
                "扶養親族等申告書",
                format!("「{word}」は人的控除の語ではありません。申告書を確認してください"),
            )
        })?;
        match found.iter_mut().find(|(seen, _)| *seen == deduction) {
            Some((_, persons)) => *persons += 1,
            None => found.push((deduction, 1)),
        }
    }
    Ok(found)
}

/// 令和7年2月から10月までの老齢年金の支払 with the tax withheld, by 支払期; none where a part of them was paid before the conversion.
fn year_before_december(facts: &Facts<'_>) -> Option<Vec<(TaxedPayment, Yen)>> {
    let first = Month::new(2025, 2)?;
    let paid_through = paid_through(facts).old_age;
    if paid_through.is_some_and(|through| through >= first.plus(-2)) {
        return None;
    }
    let mut year = Vec::new();
    for payment in (0..5).map(|place| first.plus(place * 2)) {
        let of_payment = |row: &&&InstalmentLine| row.ground == OLD_AGE && Month::of(row.for_payment) == payment;
        let pension: i64 = facts.instalments.iter().filter(of_payment).map(|row| row.yen[0] + row.yen[1]).sum();
        let sent = facts.sent.iter().filter(|row| (0..2).contains(&Month::of(row.payment_on).months_since(payment)));
        let (mut social, mut tax) = (0, 0);
        for row in sent {
            social += row.levies_yen[0] + row.levies_yen[1] + row.levies_yen[2];
            tax += row.income_tax_yen;
        }
        let covered = |month: Month| {
            let covers = |row: &&&AwardLine| {
                let taxed = [row.basic_of, row.employees_of].contains(&Some(OLD_AGE));
                taxed
                    && row.current
                    && Month::of(row.from) <= month
                    && row.until.is_none_or(|until| Month::of(until) > month)
            };
            i32::from(facts.awards.iter().filter(covers).count() > 0)
        };
        if pension > 0 {
            let months = (covered(payment.plus(-2)) + covered(payment.previous())).max(1);
            let pension = Yen::new(pension);
            let social_insurance = Yen::new(social).min(pension);
            year.push((TaxedPayment { month: payment, pension, social_insurance, months }, Yen::new(tax)));
        }
    }
    Some(year)
}

const RELATIONS: [(&str, Relation); 7] = [
    ("spouse", Relation::Spouse),
    ("child", Relation::Child),
    ("parent", Relation::Parent),
    ("grandchild", Relation::Grandchild),
    ("grandparent", Relation::Grandparent),
    ("sibling", Relation::Sibling),
    ("third_degree", Relation::ThirdDegree),
];

/// The claim that counts: of the first rank, the one that came first.
fn survivor<'a>(facts: &Facts<'a>, died_on: Date, trace: &mut Trace) -> Result<Option<&'a UnpaidClaim>, LawError> {
    let Some(arose_on) = facts.awards.iter().map(|award| award.right_on).min() else { return Ok(None) };
    let relative = |claim: &&UnpaidClaim| {
        let relation = RELATIONS.iter().find(|(word, _)| *word == claim.relation)?.1;
        let name = claim.record_id.to_string();
        Some(Relative { name, relation, shared_livelihood: claim.shared_livelihood })
    };
    let relatives: Vec<Relative> = facts.unpaid.iter().filter_map(relative).collect();
    let right = PensionRight { arose_on: arose_on.min(died_on), ended_on: Some(died_on), suspensions: Vec::new() };
    let benefit = unpaid_benefit(&right, Month::of(died_on), &relatives, trace)?;
    let first = facts.unpaid.iter().find(|claim| benefit.claimants.contains(&claim.record_id.to_string()));
    Ok(first.copied())
}

/// 未支給年金: the months to the death, whole, without levies and tax (一時所得 of the survivor).
fn to_a_survivor(facts: &Facts<'_>, survivor: Option<&UnpaidClaim>, all: Balance) -> Sent {
    let Some(claim) = survivor else {
        if facts.unpaid.is_empty() {
            return (None, None);
        }
        let message = "未支給年金を請求できる遺族 (生計を同じくしていた、先の順位の者) の請求がありません。請求書の続柄と生計同一を確認してください";
        return (None, Some(Hold { code: "unpaid_benefit_refused".to_owned(), message: message.to_owned() }));
    };
    checked(Sending {
        kind: Kind::UnpaidBenefit,
        balance: all,
        withheld: Withheld { net: all.payment(), ..Withheld::default() },
        recipient_person_id: claim.claimant_person_id,
        account: Some(claim.account.clone()),
        bank: None,
        newness: Newness::First,
    })
}

impl Decided {
    /// Rows of pension_instalments.
    pub fn instalments(&self) -> impl Iterator<Item = NewInstalment> {
        self.lines.iter().map(|line| NewInstalment {
            person_id: self.person_id,
            for_payment: line.for_payment.first_day(),
            ground: line.ground.code(),
            yen: {
                let ([basic, employees, survivor], february) = (line.yen.parts(), line.february.parts());
                [basic, employees, survivor, february[0], february[1], february[2]].map(Yen::get)
            },
            cause: line.cause.clone(),
            cause_filing_id: line.cause_filing_id,
        })
    }

    /// The row of pension_payments.
    pub fn payment(&self) -> Option<NewPayment> {
        let sending = self.sending.as_ref()?;
        Some(NewPayment {
            person_id: self.person_id,
            kind: sending.kind.word(),
            yen: sending.yen(),
            recipient_person_id: sending.recipient_person_id,
            account: sending.account.clone(),
            held_reason: self.held.as_ref().map(|hold| hold.message.clone()),
        })
    }

    /// What is really sent.
    pub fn sent(&self) -> Option<&Sending> {
        self.sending.as_ref().filter(|_| self.held.is_none())
    }

    /// Held, with its reason.
    pub fn verdict(&self) -> Option<VerdictRow> {
        let hold = self.held.as_ref()?;
        Some(VerdictRow {
            subject: format!("person:{}", self.person_id),
            verdict: "held",
            code: hold.code.clone(),
            message: hold.message.clone(),
        })
    }

    /// Filings that a notice of an overpayment names.
    pub fn claim_filings(&self) -> impl Iterator<Item = i64> {
        let told = if self.balance.claims.is_zero() { &[][..] } else { &self.lines[..] };
        told.iter().filter_map(|line| line.cause_filing_id)
    }
}

impl Sending {
    /// In the order of `output::YEN_NAMES`.
    pub fn yen(&self) -> [i64; 10] {
        let (gross, levies) = (self.balance.gross, self.withheld.levies);
        [
            gross.basic,
            gross.employees,
            gross.survivor,
            self.balance.set_off(),
            self.withheld.income_tax,
            levies.long_term_care,
            levies.national_health,
            levies.late_elderly,
            levies.resident_tax,
            self.withheld.net,
        ]
        .map(Yen::get)
    }
}
