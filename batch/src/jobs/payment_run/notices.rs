//! 振込と返納の通知 — what is said to a person: the first payment, a changed one, and what was paid too much and why.

use std::collections::BTreeMap;

use domain::{Month, Yen};
use law::adjudication::award::Ground;
use law::pension_payment::run::{DEATH, RECORD_CHANGE, REGULAR, RESIDENT_TAX};
use serde_json::{Value, json};
use store::night::payments::NewPersonNotice;

use super::Rules;
use super::decide::{Decided, Kind, OwnLine, Sending};

/// The cause of a line in plain Japanese.
pub fn cause_words(cause: &str) -> &'static str {
    match cause {
        RECORD_CHANGE => "年金記録の訂正",
        DEATH => "亡くなられた後の月分の支払",
        REGULAR => "定期の支払",
        "claim" => "年金の請求",
        "annual_revision" => "年度の年金額の改定",
        "in_service" => "在職中の年金額の改定",
        "retirement" => "退職による年金額の改定",
        "working_stop" => "在職による支給停止額の変更",
        "age_65" => "65歳からの年金への切替え",
        "family" => "配偶者・お子様などの異動",
        "merge" => "基礎年金番号の統合による年金記録の追加",
        "choice" => "年金の選択",
        "grade" => "障害等級の改定",
        "other_right" => "他の年金を受けることによる変更",
        _ => "年金額の変更",
    }
}

/// 老齢, 障害, 遺族.
fn ground_words(ground: Ground) -> &'static str {
    match ground {
        Ground::OldAge => "老齢",
        Ground::Disability => "障害",
        Ground::Survivor => "遺族",
    }
}

/// Whether a person's pensions must be named by their 支給事由: an old-age pension alone goes without saying.
fn of_several(one: &Decided) -> bool {
    one.lines.iter().any(|line| line.ground != Ground::OldAge)
}

/// `2025-06期・2025-08期`, or the first and the last of many.
pub fn periods(lines: &[&OwnLine]) -> String {
    let mut payments: Vec<Month> = lines.iter().map(|line| line.for_payment).collect();
    payments.dedup();
    match &payments[..] {
        [] => String::new(),
        [first] => format!("{first}期"),
        [first, .., last] => format!("{first}期から{last}期まで{}回", payments.len()),
    }
}

/// What this run claims and does not set off at once: the rest is told as a debt.
fn left_to_return(one: &Decided) -> Yen {
    let claims = one.balance.claims.total();
    if of_several(one) { claims - one.balance.at_once().min(claims) } else { claims }
}

/// The notices of a partition, in order of person.
///
/// - `receptions`: 受付番号 of the filings that the lines name
pub fn write(decided: &[Decided], rules: &Rules, receptions: &BTreeMap<i64, String>) -> Vec<NewPersonNotice> {
    let mut notices = Vec::new();
    for one in decided {
        let mut add = |kind: &'static str, body: Value| {
            let notice_id = format!("{kind}-{}-{}", rules.payment_month, one.person_id);
            notices.push(NewPersonNotice { notice_id, kind, person_id: one.person_id, body });
        };
        if let Some(sending) = one.sent()
            && (one.change.first || one.change.changed)
            && sending.kind != Kind::UnpaidBenefit
        {
            add("payment", payment(one, sending, rules));
        }
        if left_to_return(one) > Yen::ZERO {
            add("overpayment", overpayment(one, rules, receptions));
        }
    }
    notices
}

fn row(label: &str, value: impl ToString) -> [String; 2] {
    [label.to_owned(), value.to_string()]
}

/// 年金振込通知書.
fn payment(one: &Decided, sending: &Sending, rules: &Rules) -> Value {
    let (balance, withheld) = (&sending.balance, &sending.withheld);
    let mut rows = vec![row("支払日", rules.paid_on)];
    for (ground, yen) in balance.gross_of.each() {
        let words = ground_words(ground);
        rows.push(row(&format!("{words}基礎年金"), yen.basic));
        rows.push(row(&format!("{words}厚生年金"), yen.employees + yen.survivor));
    }
    rows.extend([
        row("介護保険料", withheld.levies.long_term_care),
        row("国民健康保険料 (税)", withheld.levies.national_health),
        row("後期高齢者医療保険料", withheld.levies.late_elderly),
        row("個人住民税", withheld.levies.resident_tax),
        row("所得税 (源泉徴収)", withheld.income_tax),
        row("返納金の差引", balance.set_off()),
    ]);
    rows.retain(|row| row[1] != Yen::ZERO.to_string());
    rows.push(row("振込額", withheld.net));
    let mut paragraphs = earlier(one, rules);
    if of_several(one) && balance.at_once() > Yen::ZERO {
        paragraphs.push(format!(
            "これまでにお支払いした年金のうち {} は、今回お支払いする年金の内払とみなして、差し引きました。",
            balance.at_once()
        ));
    }
    let old_age = balance.gross_of.old_age.total() > Yen::ZERO;
    for name in &withheld.not_taken {
        let why = match *name == RESIDENT_TAX && !old_age {
            true => "老齢年金からだけ差し引くため",
            false => "支払額が足りないため",
        };
        paragraphs.push(format!("{name}は、{why}、今回は差し引いていません。お住まいの市区町村にお尋ねください。"));
    }
    let lapsed: Vec<&OwnLine> = one.lapsed.iter().filter(|line| line.yen.total() > Yen::ZERO).collect();
    if !lapsed.is_empty() {
        let yen: Yen = lapsed.iter().map(|line| line.yen.total()).sum();
        paragraphs.push(format!(
            "{}の分 ({yen}) は、請求できる期間 (5年) を過ぎているため支払われません。",
            periods(&lapsed)
        ));
    }
    let free = balance
        .gross_of
        .each()
        .into_iter()
        .filter(|(ground, yen)| *ground != Ground::OldAge && yen.total() > Yen::ZERO);
    let free: Vec<String> = free.map(|(ground, _)| format!("{}年金", ground_words(ground))).collect();
    if !free.is_empty() {
        paragraphs.push(format!("{}には所得税がかからないため、源泉徴収をしていません。", free.join("と")));
    }
    if withheld.income_tax < Yen::ZERO {
        paragraphs.push("所得税は1年分を精算し、納めすぎた額をお返しします。".to_owned());
    }
    if rules.late {
        paragraphs.push(format!("法律で定められた支払日を過ぎたため、{} に支払います。", rules.paid_on));
    }
    json!({ "title": "年金振込通知書", "rows": rows, "paragraphs": paragraphs })
}

/// What a payment contains of earlier 支払期.
fn earlier(one: &Decided, rules: &Rules) -> Vec<String> {
    let named = of_several(one);
    let of_line = |line: &OwnLine| {
        let months = covered(line.for_payment);
        let (yen, words) = (line.yen.total(), cause_words(&line.cause));
        let pension = format!("{}年金", ground_words(line.ground));
        match named {
            false => format!("{months}の月分として {yen} を含みます ({words}によるもの)。"),
            true if yen < Yen::ZERO => {
                let paid = Yen::new(yen.get().abs());
                format!(
                    "{months}の月分の{pension}としてお支払いした {paid} は、内払として差し引きます ({words}によるもの)。"
                )
            }
            true => format!("{months}の月分の{pension}として {yen} を含みます ({words}によるもの)。"),
        }
    };
    let lines = one.lines.iter().filter(|line| line.for_payment != rules.payment_month);
    lines.map(of_line).collect()
}

/// The months of a 支払期: `2025-06・2025-07`.
fn covered(payment: Month) -> String {
    format!("{}・{}", payment.plus(-2), payment.previous())
}

/// 年金の過払いのお知らせ.
fn overpayment(one: &Decided, rules: &Rules, receptions: &BTreeMap<i64, String>) -> Value {
    let left = left_to_return(one);
    let named = of_several(one);
    let lowered = one.lines.iter().filter(|line| !line.first_time);
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut paragraphs = vec![
        "これまでにお支払いした年金が、支払うべき額より多かったことが分かりました。理由と月ごとの額は次のとおりです。"
            .to_owned(),
    ];
    let mut dead = false;
    for line in lowered {
        dead |= line.cause == DEATH;
        let months = match named {
            true => format!("{}の月分の{}年金", covered(line.for_payment), ground_words(line.ground)),
            false => format!("{}の月分", covered(line.for_payment)),
        };
        rows.push(row(&months, line.yen.total()));
        let filing = line.cause_filing_id.map(|id| match receptions.get(&id) {
            Some(number) => format!("受付番号 {number} の届"),
            None => format!("届 {id}"),
        });
        let by = filing.map_or(String::new(), |filing| format!(" ({filing}によるもの)"));
        let (amount, words) = (Yen::new(line.yen.total().get().abs()), cause_words(&line.cause));
        let way = if line.yen.total() < Yen::ZERO { "多く" } else { "少なく" };
        paragraphs.push(format!("{months}は、{words}{by}により、{amount} {way}支払われていました。"));
    }
    let at_once = one.balance.claims.total() - left;
    if at_once > Yen::ZERO {
        rows.push(row("今回の支払から差し引いた額", at_once));
    }
    rows.push(row("お返しいただく額", left));
    paragraphs.push(if dead {
        "ご遺族の方にお返しいただく手続きを、別にご案内します。".to_owned()
    } else {
        format!(
            "この額は、次回からの年金の支払のたびに、支払額の{}以内を差し引く方法でお返しいただきます。一度にお返しになる方、ご事情のある方は、年金事務所にご相談ください。",
            share_words(rules)
        )
    });
    json!({ "title": "年金の過払いのお知らせ", "rows": rows, "paragraphs": paragraphs })
}

fn share_words(rules: &Rules) -> String {
    let share = rules.share;
    if share.numerator() == share.denominator() {
        return "全額".to_owned();
    }
    format!("{}分の{}", share.denominator(), share.numerator())
}
