//! 通知の文 — what each notice says, from the record of the life.

use domain::money::group_thousands;
use domain::{Month, era};
use jiff::civil::Date;
use law::adjudication::old_age::Estimated;
use law::pension_record::coverage_notice::{CoverageNotice, Estimate, Form};
use law::pension_record::life::{ContradictionKind, Cover, EmployeesKind, LifeRecord, State};
use law::pension_record::milestones::{ClaimForm, ClaimFormPosting};
use serde_json::{Value, json};
use store::night::pension_notices::NewNotice;

/// A notice in the making.
struct Letter {
    key: String,
    title: String,
    rows: Vec<(String, String)>,
    paragraphs: Vec<String>,
}

impl Letter {
    fn row(&mut self, label: impl Into<String>, value: impl Into<String>) {
        self.rows.push((label.into(), value.into()));
    }

    fn notice(self, kind: &'static str, person_id: i64) -> NewNotice {
        let rows: Vec<Value> = self.rows.into_iter().map(|(label, value)| json!([label, value])).collect();
        let body = json!({ "key": self.key, "title": self.title, "rows": rows, "paragraphs": self.paragraphs });
        NewNotice { kind, person_id, body }
    }
}

/// 見込額, and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Amounts {
    /// Yen a year.
    pub estimated: Estimated,
    /// Whose law.
    pub fiscal_year: i16,
    /// 記録の最後の月.
    pub until: Month,
}

impl Amounts {
    fn basis(&self) -> String {
        format!(
            "金額は{}年度の額と{}までの記録により計算したもので、賃金・物価により毎年度改定されます。",
            self.fiscal_year,
            era::month_in_words(self.until)
        )
    }
}

/// 年金請求書の事前送付. The key says for which age and form, whatever becomes of the birth date.
pub fn claim_form_key(posting: &ClaimFormPosting) -> String {
    let form = match posting.form {
        ClaimForm::FullForm => "full",
        ClaimForm::NoticeOnly => "notice",
        ClaimForm::OnePage => "one_page",
    };
    format!("claim-{}-{form}", posting.age)
}

/// 年金請求書の事前送付.
pub fn claim_form(person_id: i64, posting: &ClaimFormPosting, record: &LifeRecord, by: Amounts) -> NewNotice {
    let (title, what) = match posting.form {
        ClaimForm::FullForm => (
            "年金請求書（事前送付用）のご案内",
            "同封の年金請求書に記入し、受給権の発生する日以後に、お近くの年金事務所へ提出してください。戸籍・住民票は、発生する日以後に\
             交付されたものを添えてください。",
        ),
        ClaimForm::NoticeOnly => (
            "老齢年金のお知らせ",
            "厚生年金の加入期間が12月に満たないため、年金は65歳からです。請求書は65歳の3か月前にお送りします。60歳から65歳までの間に\
             国民年金に任意加入すると、年金額を増やせることがあります。",
        ),
        ClaimForm::OnePage => (
            "年金請求書（65歳・はがき形式）のご案内",
            "同封のはがきに記入し、期限までに返送してください。老齢基礎年金又は老齢厚生年金を66歳以後に繰り下げる人は、その年金の欄に\
             印を付けてください。両方を繰り下げる人は提出しないでください。",
        ),
    };
    let mut letter = Letter {
        key: claim_form_key(posting),
        title: title.to_owned(),
        rows: Vec::new(),
        paragraphs: vec![what.to_owned(), by.basis(), CHECK_RECORD.to_owned(), TIME_LIMIT.to_owned()],
    };
    letter.row("対象の年齢", format!("{}歳", posting.age));
    letter.row("受給権の発生する日", era::in_words(posting.file_from));
    if let Some(due_on) = posting.due_on {
        letter.row("提出の期限", era::in_words(due_on));
    }
    months_by_category(&mut letter, record);
    amounts(&mut letter, by.estimated, "65歳からの見込額 (年額)");
    let kind =
        if posting.age == 65 || posting.form == ClaimForm::NoticeOnly { "claim_form_65" } else { "claim_form_special" };
    letter.notice(kind, person_id)
}

const CHECK_RECORD: &str = "加入記録に「もれ」や「誤り」があるときは、お近くの年金事務所へお申し出ください。";
const UNSETTLED: &str = "記録の中に確認を要する期間があります。月数と金額は、確認の結果により変わることがあります。お近くの年金事務所で記録を\
                         確かめてください。";
const TIME_LIMIT: &str =
    "年金を受ける権利は、5年を過ぎると時効により消滅します（国民年金法102条、厚生年金保険法92条）。";

/// ねんきん定期便の鍵: one of a fiscal year.
pub fn coverage_key(fiscal_year: i16) -> String {
    format!("coverage-{fiscal_year}")
}

/// ねんきん定期便.
pub fn coverage_notice(
    person_id: i64,
    notice: &CoverageNotice,
    fiscal_year: i16,
    record: &LifeRecord,
    by: Amounts,
) -> NewNotice {
    let sealed = notice.form == Form::SealedLetter;
    let how = match notice.estimate {
        Estimate::ToDate => "年金額は、これまでの加入実績に応じたものです。今後の加入で増えます。".to_owned(),
        Estimate::Projected => format!(
            "年金額は、現在の加入条件が{}歳まで（あと{}月）続くものとした見込額です。",
            if notice.age < 60 { 60 } else { 65 },
            by.estimated.projected_months
        ),
    };
    let mut letter = Letter {
        key: coverage_key(fiscal_year),
        title: "ねんきん定期便".to_owned(),
        rows: Vec::new(),
        paragraphs: vec![format!("{how}{}", by.basis()), CHECK_RECORD.to_owned()],
    };
    letter.row("作成の基準", format!("{}までの記録", era::month_in_words(record.last())));
    letter.row("年度中に達する年齢", format!("{}歳", notice.age));
    months_by_category(&mut letter, record);
    let title = match notice.estimate {
        Estimate::ToDate => "これまでの加入実績に応じた額 (年額)",
        Estimate::Projected => "65歳からの見込額 (年額)",
    };
    amounts(&mut letter, by.estimated, title);
    last_months(&mut letter, record);
    if sealed {
        history(&mut letter, record);
        letter.paragraphs.push(
            "節目の年齢に当たるため、これまでの加入記録の全部をお知らせします。記録を確かめ、「もれ」や「誤り」があるときは、同封の回答票に\
             記入して返送してください。"
                .to_owned(),
        );
    }
    if record.contradictions().iter().any(|found| found.kind != ContradictionKind::Gap) {
        letter.paragraphs.push(UNSETTLED.to_owned());
    }
    letter.notice(if sealed { "coverage_letter" } else { "coverage_postcard" }, person_id)
}

/// 期間の月数, from the counts of the record.
fn months_by_category(letter: &mut Letter, record: &LifeRecord) {
    let counts = record.counts();
    let mut months = |label: &str, months: u16| letter.row(label, format!("{}月", group_thousands(months.into())));
    months("国民年金 第1号・任意加入 (納付)", counts.contributed.total());
    months("国民年金 免除・猶予等", counts.exempt() + counts.student + counts.deferral);
    months("国民年金 未納", counts.unpaid);
    months("国民年金 第3号", counts.cat3.total());
    let names = ["第1号 (民間)", "第2号 (国家公務員)", "第3号 (地方公務員)", "第4号 (私学教職員)"];
    for (name, employees) in names.iter().zip(counts.employees).filter(|(_, months)| months.total() > 0) {
        months(&format!("厚生年金 {name}"), employees.total());
    }
    months("合算対象期間", counts.complementary_total());
    months("受給資格期間 (120月以上で受給できます)", counts.qualifying());
}

fn amounts(letter: &mut Letter, estimated: Estimated, title: &str) {
    letter.row("老齢基礎年金", (estimated.basic + estimated.additional).to_string());
    letter.row("老齢厚生年金", estimated.employees().to_string());
    letter.row(title, estimated.total().to_string());
}

/// 直近の12月.
fn last_months(letter: &mut Letter, record: &LifeRecord) {
    let first = record.last().plus(-11).max(record.first());
    for month in first.through(record.last()) {
        letter.row(era::month_in_words(month), one_month(record, month));
    }
}

fn one_month(record: &LifeRecord, month: Month) -> String {
    let Some(entry) = record.month(month) else { return "加入なし".to_owned() };
    let Ok(place) = usize::try_from(month.months_since(record.first())) else { return "加入なし".to_owned() };
    let mut text = format!("{} {}", cover_words(entry.cover), state_words(entry.state)).trim().to_owned();
    let (standard, bonus) = (record.standards_yen()[place], record.bonuses_yen()[place]);
    if standard > 0 {
        text.push_str(&format!(" 標準報酬月額 {}円", group_thousands(standard.into())));
    }
    if bonus > 0 {
        text.push_str(&format!(" 標準賞与額 {}円", group_thousands(bonus.into())));
    }
    text
}

/// これまでの加入履歴: runs of months of one cover.
fn history(letter: &mut Letter, record: &LifeRecord) {
    let months: Vec<(Month, Cover)> =
        record.first().through(record.last()).zip(record.months()).map(|(month, entry)| (month, entry.cover)).collect();
    for run in months.chunk_by(|one, next| one.1 == next.1).filter(|run| run[0].1 != Cover::None) {
        let (first, last) = (run[0].0, run[run.len() - 1].0);
        let label = format!("{}から{}", era::month_in_words(first), era::month_in_words(last));
        letter.row(label, format!("{} {}月", cover_words(run[0].1), run.len()));
    }
}

fn cover_words(cover: Cover) -> &'static str {
    match cover {
        Cover::None => "加入なし",
        Cover::Cat1 => "国民年金 第1号",
        Cover::Employees(EmployeesKind::First) => "厚生年金",
        Cover::Employees(EmployeesKind::Second) => "厚生年金 (国家公務員)",
        Cover::Employees(EmployeesKind::Third) => "厚生年金 (地方公務員)",
        Cover::Employees(EmployeesKind::Fourth) => "厚生年金 (私学教職員)",
        Cover::Cat3 => "国民年金 第3号",
        Cover::Voluntary => "国民年金 任意加入",
        Cover::SpecialVoluntary => "国民年金 特例任意加入",
    }
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Nothing | State::Employed | State::Dependant => "",
        State::Unpaid | State::RestUnpaid => "未納",
        State::Paid => "納付済",
        State::PaidLater => "追納済",
        State::Maternity => "産前産後免除 (納付済)",
        State::Childcare => "育児期間免除 (納付済)",
        State::StatutoryExempt | State::FullExempt => "全額免除",
        State::ThreeQuarterExempt => "4分の3免除",
        State::HalfExempt => "半額免除",
        State::QuarterExempt => "4分の1免除",
        State::Student => "学生納付特例",
        State::Deferral => "納付猶予",
        State::DependantLate => "届出遅れのため確認中",
        State::Mismatch => "種別を確認中",
        State::ForeignerAbroad => "海外在住",
        State::Complementary(_) => "合算対象期間",
    }
}

/// 適用勧奨の鍵: one of a gap.
pub fn advice_key(lost_on: Date) -> String {
    format!("advice-{lost_on}")
}

/// 適用勧奨: what to file, where, and by when.
pub fn enrolment_advice(person_id: i64, lost_on: Date, deadline: Date) -> NewNotice {
    let mut letter = Letter {
        key: advice_key(lost_on),
        title: "国民年金の加入手続のお願い".to_owned(),
        rows: Vec::new(),
        paragraphs: vec![
            "厚生年金保険の資格を失った後の加入の届出が確認できません。20歳以上60歳未満で日本に住む人は、国民年金に加入しなければなりません\
             （国民年金法7条1項、12条1項）。"
                .to_owned(),
            "届出の期限を過ぎていますので、この通知が届いたら、すみやかに届け出てください。配偶者の扶養に入った人は、配偶者の勤め先を\
             通じて第3号の届出をしてください。再び就職した人・海外に住む人は、その旨をお近くの年金事務所へお知らせください。"
                .to_owned(),
            "保険料を納めることが難しいときは、免除・納付猶予の制度がありますので、届出のときに窓口でご相談ください。"
                .to_owned(),
        ],
    };
    letter.row("厚生年金保険の資格喪失日", era::in_words(lost_on));
    letter.row("届出", "国民年金被保険者関係届書（第1号被保険者 資格取得・種別変更）");
    letter.row("届出先", "お住まいの市区町村の国民年金担当窓口、又は年金事務所");
    letter.row("届出の期限", format!("{}（14日以内）", era::in_words(deadline)));
    letter.row("持参するもの", "基礎年金番号通知書又は年金手帳、退職日の分かる書類、本人確認書類");
    letter.notice("enrolment_advice", person_id)
}
