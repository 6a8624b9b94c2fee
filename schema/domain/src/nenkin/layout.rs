//! 様式 — the columns of each form as data: item, kind, length, and when it must be given or left empty.
//!
//! `layouts/*.csv` holds one line per column; `layouts/editions.csv` says from which day which file counts.
//! A change of the specification is a new file and a line in the registry.
//!
//! The columns `required_when` and `empty_when` are conditions on other columns: `33=1`, `12=3|4`, `21!=1`,
//! `13:given`, `13:empty`, joined by `&` (and) inside alternatives parted by `;` (or). They concern given
//! values only: `52!=6` holds for an empty column 52 too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 様式 — the six forms that the file carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 2200700 被保険者資格取得届／70歳以上被用者該当届.
    Enrolment,
    /// 2201700 被保険者資格喪失届／70歳以上被用者不該当届.
    CoverageEnd,
    /// 2202700 被扶養者（異動）届／国民年金第３号被保険者関係届.
    DependantChange,
    /// 2221700 報酬月額変更届.
    RevisionOnChange,
    /// 2225700 報酬月額算定基礎届.
    AnnualDetermination,
    /// 2265700 賞与支払届.
    Bonus,
}

impl Form {
    /// All of them, in the order of their codes.
    pub const ALL: [Form; 6] = [
        Form::Enrolment,
        Form::CoverageEnd,
        Form::DependantChange,
        Form::RevisionOnChange,
        Form::AnnualDetermination,
        Form::Bonus,
    ];

    /// 様式コード.
    pub const fn code(self) -> &'static str {
        match self {
            Form::Enrolment => "2200700",
            Form::CoverageEnd => "2201700",
            Form::DependantChange => "2202700",
            Form::RevisionOnChange => "2221700",
            Form::AnnualDetermination => "2225700",
            Form::Bonus => "2265700",
        }
    }

    /// By its 様式コード.
    pub fn from_code(code: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.code() == code)
    }

    /// The short name that clerks use.
    pub const fn name_ja(self) -> &'static str {
        match self {
            Form::Enrolment => "資格取得届",
            Form::CoverageEnd => "資格喪失届",
            Form::DependantChange => "被扶養者（異動）届",
            Form::RevisionOnChange => "月額変更届",
            Form::AnnualDetermination => "算定基礎届",
            Form::Bonus => "賞与支払届",
        }
    }
}

/// 項目の型 — which characters a column takes. Lengths count bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// N: ASCII digits.
    Digits,
    /// X: one-byte characters.
    OneByte,
    /// X(kana): half-width kana and half-width space.
    Kana,
    /// K2: two-byte characters.
    TwoByte,
    /// KX: both.
    Mixed,
    /// -: always empty.
    Blank,
}

/// What else a column of the right kind and length must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    FormCode,
    PrefectureNenkin,
    PrefectureJis,
    District,
    OfficeSymbol,
    NotZero,
    Digits,
    Amount,
    NameKana,
    NameKanji,
    AddressKana,
    AddressKanji,
    Text,
    Flag,
    OneOf(&'static str),
    Range(u32, u32),
    Month,
    Months,
    Day,
    DayPast,
    WesternDay,
    MyNumber,
    Blank,
}

/// 項目 — one column.
#[derive(Clone, Debug)]
pub struct Column {
    /// 項目番号, from 1.
    pub position: usize,
    /// 項目名 as the form prints it.
    pub item_ja: &'static str,
    /// Our name.
    pub field: &'static str,
    /// Which characters.
    pub kind: Kind,
    /// Fewest bytes of a given value.
    pub bytes_min: usize,
    /// Most bytes.
    pub bytes_max: usize,
    /// 必須: on every filing of the form.
    pub required: bool,
    pub(crate) check: Check,
    pub(crate) required_when: Condition,
    pub(crate) empty_when: Condition,
}

/// 様式の項目 — all columns of a form or of a header line, in order.
#[derive(Debug)]
pub struct Layout {
    /// How codes of problems name it: the form code, or `MEDIA`, `COUNT`, `OFFICE`.
    pub section: &'static str,
    /// What people call the line.
    pub name_ja: &'static str,
    /// 仕様書の版.
    pub edition: &'static str,
    /// None for header lines.
    pub form: Option<Form>,
    /// In order; the first is number 1.
    pub columns: Vec<Column>,
}

impl Layout {
    /// The column with this number.
    pub fn column(&self, position: usize) -> &Column {
        &self.columns[position - 1]
    }
}

/// Alternatives of conjunctions; without any it never holds.
pub(crate) type Condition = Vec<Vec<Term>>;

/// One condition on one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) position: usize,
    pub(crate) test: Test,
}

/// What is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Given,
    Empty,
    OneOf(&'static str),
    NoneOf(&'static str),
}

/// Whether `text` is one of `codes` (`1|2|3`); leading zeros do not matter.
pub(crate) fn is_one_of(text: &str, codes: &str) -> bool {
    let plain = |code: &str| code.trim_start_matches('0').to_owned();
    codes.split('|').any(|code| code == text || (!text.is_empty() && plain(code) == plain(text)))
}

struct Edition {
    from: Date,
    layout: Layout,
}

/// Forms by edition, oldest first.
static EDITIONS: LazyLock<BTreeMap<Form, Vec<Edition>>> = LazyLock::new(|| {
    let mut editions: BTreeMap<Form, Vec<Edition>> = BTreeMap::new();
    for line in include_str!("layouts/editions.csv").lines().skip(1) {
        let [from, edition, form, file] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("editions.csv has four columns: {line}")
        };
        let form = Form::from_code(form).expect("editions.csv names forms we know");
        let from = from.parse().expect("editions.csv holds ISO dates");
        let layout = parse(form.code(), form.name_ja(), edition, Some(form), source(file));
        editions.entry(form).or_default().push(Edition { from, layout });
    }
    editions
});

fn source(file: &str) -> &'static str {
    match file {
        "2200700" => include_str!("layouts/2200700.csv"),
        "2201700" => include_str!("layouts/2201700.csv"),
        "2202700" => include_str!("layouts/2202700.csv"),
        "2221700" => include_str!("layouts/2221700.csv"),
        "2225700" => include_str!("layouts/2225700.csv"),
        "2265700" => include_str!("layouts/2265700.csv"),
        _ => panic!("editions.csv names a layout that is not compiled in: {file}"),
    }
}

/// The layout of a form in force on a day. Days before the first edition we hold get that first one: older
/// layouts with these codes are not published to us.
pub fn layout_on(form: Form, day: Date) -> &'static Layout {
    let editions = &EDITIONS[&form];
    let current = editions.iter().rev().find(|edition| edition.from <= day);
    &current.unwrap_or(&editions[0]).layout
}

/// 管理情報の行 — the header lines, whose layout did not change with the editions we hold.
pub(crate) struct HeaderLayouts {
    pub(crate) media_office: Layout,
    pub(crate) media_consultant: Layout,
    pub(crate) count: Layout,
    pub(crate) office: Layout,
}

pub(crate) static HEADER: LazyLock<HeaderLayouts> = LazyLock::new(|| HeaderLayouts {
    media_office: parse("MEDIA", "媒体情報", "16.2", None, include_str!("layouts/media_office.csv")),
    media_consultant: parse("MEDIA", "媒体情報", "16.2", None, include_str!("layouts/media_sharoushi.csv")),
    count: parse("COUNT", "事業所情報数", "16.2", None, include_str!("layouts/office_count.csv")),
    office: parse("OFFICE", "事業所情報", "16.2", None, include_str!("layouts/office_info.csv")),
});

fn parse(
    section: &'static str,
    name_ja: &'static str,
    edition: &'static str,
    form: Option<Form>,
    source: &'static str,
) -> Layout {
    let columns: Vec<Column> = source.lines().skip(1).map(parse_column).collect();
    for (place, column) in columns.iter().enumerate() {
        assert_eq!(column.position, place + 1, "layout {section} is in order");
    }
    Layout { section, name_ja, edition, form, columns }
}

fn parse_column(line: &'static str) -> Column {
    let fields: Vec<&'static str> = line.split(',').collect();
    let [position, item_ja, field, kind, least, most, required, check, required_when, empty_when] = fields[..] else {
        panic!("a layout has ten columns: {line}")
    };
    let number = |text: &str| text.parse::<usize>().expect("a layout counts in digits");
    Column {
        position: number(position),
        item_ja,
        field,
        kind: parse_kind(kind),
        bytes_min: number(least),
        bytes_max: number(most),
        required: required == "Y",
        check: parse_check(check),
        required_when: parse_condition(required_when),
        empty_when: parse_condition(empty_when),
    }
}

fn parse_kind(kind: &str) -> Kind {
    match kind {
        "N" => Kind::Digits,
        "X" => Kind::OneByte,
        "kana" => Kind::Kana,
        "K2" => Kind::TwoByte,
        "KX" => Kind::Mixed,
        "blank" => Kind::Blank,
        _ => panic!("no such kind of column: {kind}"),
    }
}

fn parse_check(check: &'static str) -> Check {
    let (name, argument) = check.split_once(':').unwrap_or((check, ""));
    match name {
        "form_code" => Check::FormCode,
        "prefecture_nenkin" => Check::PrefectureNenkin,
        "prefecture_jis" => Check::PrefectureJis,
        "district" => Check::District,
        "office_symbol" => Check::OfficeSymbol,
        "not_zero" => Check::NotZero,
        "digits" => Check::Digits,
        "amount" => Check::Amount,
        "name_kana" => Check::NameKana,
        "name_kanji" => Check::NameKanji,
        "address_kana" => Check::AddressKana,
        "address_kanji" => Check::AddressKanji,
        "text" => Check::Text,
        "flag" => Check::Flag,
        "one_of" => Check::OneOf(argument),
        "range" => parse_range(argument),
        "month" => Check::Month,
        "months" => Check::Months,
        "day" => Check::Day,
        "day_past" => Check::DayPast,
        "western_day" => Check::WesternDay,
        "my_number" => Check::MyNumber,
        "blank" => Check::Blank,
        _ => panic!("no such check of a column: {check}"),
    }
}

fn parse_range(argument: &str) -> Check {
    let (least, most) = argument.split_once('-').expect("a range has two ends");
    Check::Range(least.parse().expect("a number"), most.parse().expect("a number"))
}

fn parse_condition(text: &'static str) -> Condition {
    let alternatives = text.split(';').filter(|part| !part.is_empty());
    alternatives.map(|part| part.split('&').map(parse_term).collect()).collect()
}

fn parse_term(text: &'static str) -> Term {
    let end = text.find(|character: char| !character.is_ascii_digit()).expect("a term has a test");
    let (position, test) = text.split_at(end);
    let test = match test {
        ":given" => Test::Given,
        ":empty" => Test::Empty,
        _ => match (test.strip_prefix("!="), test.strip_prefix('=')) {
            (Some(codes), _) => Test::NoneOf(codes),
            (_, Some(codes)) => Test::OneOf(codes),
            _ => panic!("no such test of a column: {text}"),
        },
    };
    Term { position: position.parse().expect("a term names a column"), test }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_layout_has_the_columns_of_the_specification() {
        for (form, columns) in Form::ALL.into_iter().zip([34, 27, 139, 49, 53, 21]) {
            assert_eq!(layout_on(form, date(2026, 7, 15)).columns.len(), columns, "{}", form.code());
        }
        let header = &*HEADER;
        let counts = [&header.media_office, &header.media_consultant, &header.count, &header.office]
            .map(|layout| layout.columns.len());
        assert_eq!(counts, [6, 6, 2, 12]);
    }

    #[test]
    fn conditions_name_columns_that_exist_and_days_follow_their_era() {
        for form in Form::ALL {
            let layout = layout_on(form, date(2026, 7, 15));
            for column in &layout.columns {
                for term in column.required_when.iter().chain(&column.empty_when).flatten() {
                    assert!((1..=layout.columns.len()).contains(&term.position), "{} {}", form.code(), column.position);
                }
                if matches!(column.check, Check::Day | Check::DayPast) {
                    let era = layout.column(column.position - 1);
                    assert!(era.item_ja.ends_with("（元号）"), "{} {}", form.code(), column.position);
                }
            }
        }
    }

    #[test]
    fn codes_compare_without_leading_zeros() {
        assert!(is_one_of("04", "4|5"));
        assert!(is_one_of("11", "4|11"));
        assert!(!is_one_of("", "4|5"));
        assert!(!is_one_of("1", "11"));
    }
}
