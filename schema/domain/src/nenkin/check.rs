//! 項目ごとの検査 — each column against its layout: given or empty, characters, length, code, day.

use jiff::civil::Date;

use super::layout::{Check, Column, Kind, Layout, Term, Test, is_one_of};
use super::problem::Problem;
use super::row::{Row, year_month_day};
use super::text::{self, Fault};
use crate::{Era, Prefecture, check_digit};

/// What is wrong, as the machine names it, and the sentence for people.
type Finding = (&'static str, String);

/// Every column of a line.
pub(crate) fn columns(row: &Row, checked_on: Date) -> Vec<Problem> {
    row.layout.columns.iter().flat_map(|column| check_column(row, column, checked_on)).collect()
}

fn check_column(row: &Row, column: &Column, checked_on: Date) -> Vec<Problem> {
    let position = column.position;
    let text = row.text(position);
    let problem = |(what, message): Finding| row.problem(position, what, message);
    if let Some(fault) = row.cell(position).fault {
        return vec![problem(fault_finding(fault))];
    }
    if text.is_empty() {
        return missing(row, column).map(problem).into_iter().collect();
    }
    if let Some(reason) = row.holding(&column.empty_when) {
        let when = in_words(row.layout, reason);
        return vec![problem(("MUST_BE_EMPTY", format!("{when}は、空欄にしてください")))];
    }
    let form = characters_and_length(column, text);
    if !form.is_empty() {
        return form.into_iter().map(problem).collect();
    }
    let mut problems: Vec<Problem> = value(row, column, checked_on).map(problem).into_iter().collect();
    if matches!(column.check, Check::WesternDay) && row.western_day(position).is_some_and(|day| day > checked_on) {
        let message = "検査日より後の日付です。日付に誤りがないか確認してください".to_owned();
        problems.push(Problem { warning: true, ..problem(("FUTURE", message)) });
    }
    problems
}

pub(crate) fn fault_finding(fault: Fault) -> Finding {
    let (what, message) = match fault {
        Fault::Broken => {
            ("BROKEN_BYTES", "文字が途中で切れているか壊れています。Shift_JISで保存し直して、もう一度入力してください")
        }
        Fault::Control => ("CONTROL", "制御文字が含まれています。削除してください"),
        Fault::NotJisX0208 => (
            "NOT_JIS_X_0208",
            "使えない文字があります。JIS第1・第2水準以外の文字（髙・﨑・①・㈱など）は、使える字体かカナに直してください",
        ),
    };
    (what, message.to_owned())
}

fn missing(row: &Row, column: &Column) -> Option<Finding> {
    if column.required {
        return Some(("REQUIRED", "必ず入力する項目です。入力してください".to_owned()));
    }
    let reason = row.holding(&column.required_when)?;
    // A column that must be empty for one reason cannot be asked for by another.
    (!row.holds(&column.empty_when))
        .then(|| ("REQUIRED", format!("{}は、必ず入力してください", in_words(row.layout, reason))))
}

/// 「個人番号」が空欄のとき, for the reader of a message.
fn in_words(layout: &Layout, terms: &[Term]) -> String {
    let words = terms.iter().map(|term| {
        let item = layout.column(term.position).item_ja;
        match term.test {
            Test::Given => format!("「{item}」を入力したとき"),
            Test::Empty => format!("「{item}」が空欄のとき"),
            Test::OneOf(codes) => format!("「{item}」が{}のとき", codes.replace('|', "・")),
            Test::NoneOf(codes) => format!("「{item}」が{}でないとき", codes.replace('|', "・")),
        }
    });
    words.collect::<Vec<_>>().join("で、かつ")
}

fn characters_and_length(column: &Column, text: &str) -> Vec<Finding> {
    let characters = characters(column.kind, text);
    // Digits of the wrong width have no length of their own to speak of.
    if characters.is_some() && matches!(column.kind, Kind::Digits | Kind::Blank) {
        return characters.into_iter().collect();
    }
    characters.into_iter().chain(length(column, text)).collect()
}

fn characters(kind: Kind, text: &str) -> Option<Finding> {
    if text.contains('"') {
        return Some(("QUOTES", "引用符（\"）は使えません。取り除いてください".to_owned()));
    }
    if text.contains(',') {
        return Some(("COMMA", "項目の中に半角のコンマは使えません。全角にするか取り除いてください".to_owned()));
    }
    if let Some(stray) = text.chars().find(|&character| !text::is_one_byte(character) && !text::is_two_byte(character))
    {
        return Some(fault_finding(if stray.is_control() { Fault::Control } else { Fault::NotJisX0208 }));
    }
    let (what, wanted, right): (_, _, fn(char) -> bool) = match kind {
        Kind::Digits => ("DIGITS", "半角数字だけで", |character| character.is_ascii_digit()),
        Kind::OneByte => ("CHARACTERS", "半角文字だけで", text::is_one_byte),
        Kind::Kana => ("CHARACTERS", "半角カナと半角空白だけで", is_kana_or_space),
        Kind::TwoByte => ("CHARACTERS", "全角文字だけで（空白も全角で）", text::is_two_byte),
        Kind::Mixed => return None,
        Kind::Blank => return Some(("MUST_BE_EMPTY", "使わない項目です。空欄にしてください".to_owned())),
    };
    (!text.chars().all(right)).then(|| (what, format!("{wanted}入力してください")))
}

/// Names and the like: letters of kana, sound marks, the long-vowel mark and the space.
fn is_kana_or_space(character: char) -> bool {
    character == ' ' || ('ｦ'..='ﾟ').contains(&character)
}

fn length(column: &Column, text: &str) -> Option<Finding> {
    let bytes = text::width(text);
    if (column.bytes_min..=column.bytes_max).contains(&bytes) {
        return None;
    }
    let unit = if column.kind == Kind::Digits { "桁" } else { "バイト（半角1、全角2）" };
    let wanted = match (column.bytes_min, column.bytes_max) {
        (least, most) if least == most => format!("{most}{unit}"),
        (0 | 1, most) => format!("{most}{unit}以内"),
        (least, most) => format!("{least}から{most}{unit}"),
    };
    let hint =
        if matches!(column.check, Check::Amount) { "。1,000万円以上は9999999と入力します" } else { "" };
    Some(("LENGTH", format!("長さが違います。{wanted}で入力してください{hint}")))
}

/// The value itself; characters and length are right by now.
fn value(row: &Row, column: &Column, checked_on: Date) -> Option<Finding> {
    let position = column.position;
    let text = row.text(position);
    match column.check {
        Check::PrefectureNenkin => prefecture(Prefecture::from_nenkin_code(text)),
        Check::PrefectureJis => refuse(
            Prefecture::from_jis_code(text).is_none(),
            "PREFECTURE",
            "都道府県番号（JISの01から47）で入力してください",
        ),
        Check::District => {
            refuse(matches!(text, "00" | "99"), "DISTRICT", "00と99は使えません。郡市区符号を確認してください")
        }
        Check::OfficeSymbol => office_symbol(text),
        Check::NotZero => all_zeros(text),
        Check::NameKana => separated(text, ' ', "半角"),
        Check::NameKanji => separated(text, '　', "全角"),
        Check::AddressKana => refuse(text.contains("  "), "DOUBLE_SPACE", "半角空白を続けて2つ以上入れないでください"),
        Check::AddressKanji => {
            refuse(text.contains("　　"), "DOUBLE_SPACE", "全角空白を続けて2つ以上入れないでください")
        }
        Check::Flag => refuse(text != "1", "CODE", "該当するときは1、しないときは空欄にしてください"),
        Check::OneOf(codes) => one_of(text, codes),
        Check::Range(least, most) => {
            let inside = row.number(position).is_some_and(|number| (least..=most).contains(&number));
            (!inside).then(|| ("RANGE", format!("{least}から{most}までの数で入力してください")))
        }
        Check::Month => refuse(!is_month(text), "RANGE", "月は01から12までで入力してください"),
        Check::Months => {
            refuse(!are_months(text), "RANGE", "初めの月と終わりの月を2桁ずつ（例: 0406）で入力してください")
        }
        Check::Day => day(row, position),
        Check::DayPast => day(row, position).or_else(|| {
            let future = row.day(position).is_some_and(|day| day > checked_on);
            refuse(future, "FUTURE", "検査日より後の日付です。まだ来ていない日は届け出られません")
        }),
        Check::WesternDay => refuse(
            row.western_day(position).is_none(),
            "DATE",
            "存在しない日付です。西暦8桁（YYYYMMDD）で入力してください",
        ),
        Check::MyNumber => all_zeros(text).or_else(|| {
            let wrong = !check_digit::my_number_valid(text);
            refuse(wrong, "CHECK_DIGIT", "個人番号の検査用数字が合いません。番号を確認して入力し直してください")
        }),
        Check::FormCode | Check::Digits | Check::Amount | Check::Text | Check::Blank => None,
    }
}

fn refuse(wrong: bool, what: &'static str, message: &str) -> Option<Finding> {
    wrong.then(|| (what, message.to_owned()))
}

fn prefecture(found: Option<Prefecture>) -> Option<Finding> {
    refuse(
        found.is_none(),
        "PREFECTURE",
        "日本年金機構の都道府県コードにありません。JISの番号ではなく機構のコード（東京都は21、大阪府は41など）を入力してください",
    )
}

fn office_symbol(text: &str) -> Option<Finding> {
    let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let kana = text.chars().all(|character| ('ｦ'..='ﾟ').contains(&character));
    let zeros = text.bytes().all(|byte| byte == b'0');
    refuse(
        !(letters || kana) || zeros,
        "SYMBOL",
        "事業所記号は半角英数字だけ、または半角カナだけで入力してください（すべて0は不可）",
    )
}

fn all_zeros(text: &str) -> Option<Finding> {
    refuse(text.bytes().all(|byte| byte == b'0'), "ZERO", "すべて0の番号はありません。番号を確認してください")
}

/// One separator between names: at least one, never doubled, never at an end.
fn separated(text: &str, separator: char, width: &str) -> Option<Finding> {
    let parts: Vec<&str> = text.split(separator).collect();
    if parts.len() < 2 {
        return Some(("NAME_SEPARATOR", format!("氏と名の間に{width}の空白を1つ入れてください")));
    }
    parts.contains(&"").then(|| {
        ("NAME_SEPARATOR", format!("{width}の空白は氏と名の間に1つだけ入れてください（先頭・末尾・連続は不可）"))
    })
}

fn one_of(text: &str, codes: &str) -> Option<Finding> {
    (!is_one_of(text, codes)).then(|| ("CODE", format!("{}のいずれかを入力してください", codes.replace('|', "・"))))
}

fn is_month(text: &str) -> bool {
    text.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}

/// `04` or `0406`.
fn are_months(text: &str) -> bool {
    match text.len() {
        2 => is_month(text),
        4 => is_month(&text[..2]) && is_month(&text[2..]),
        _ => false,
    }
}

/// 元号と年月日. Says which of the two is the trouble without saying the day, which may be somebody's birth.
fn day(row: &Row, position: usize) -> Option<Finding> {
    if row.day(position).is_some() {
        return None;
    }
    let (year, month, day) = year_month_day(row.text(position))?;
    let era = Era::from_code(row.small(position - 1)?)?;
    let western = era.first_day().year() + year - 1;
    if year == 0 || Date::new(western, month, day).is_err() {
        return Some(("DATE", "存在しない年月日です。暦にある日を入力してください".to_owned()));
    }
    Some(("ERA", era_bounds(era).to_owned()))
}

fn era_bounds(era: Era) -> &'static str {
    match era {
        Era::Meiji => "明治は6年1月1日から45年7月29日までです。元号と年月日を確認してください",
        Era::Taisho => "大正は1年7月30日から15年12月24日までです。元号と年月日を確認してください",
        Era::Showa => "昭和は1年12月25日から64年1月7日までです。元号と年月日を確認してください",
        Era::Heisei => "平成は1年1月8日から31年4月30日までです。その後は令和（9）で入力してください",
        Era::Reiwa => "令和は1年5月1日からです。その前は平成（7）などで入力してください",
    }
}
