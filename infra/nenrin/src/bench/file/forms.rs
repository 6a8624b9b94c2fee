//! 資格取得届 for the bench: as many as are asked for, each about a new person, spread over all employers.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::json;
use store::bench_filing::BenchEmployer;

use crate::bench::load::Request;

/// Every key of the bench begins so.
pub const KEY_PREFIX: &str = "bench-";
/// The first insured number; `populate` gives small ones.
const INSURED_NUMBER_FIRST: u32 = 500_000;
/// With six digits there are so many.
const FORMS_MAX: u32 = 999_999 - INSURED_NUMBER_FIRST;
const NAMES: [(&str, &str); 4] =
    [("ﾐﾎﾝ ｲﾁﾛｳ", "見本　一郎"), ("ﾈﾝﾘﾝ ﾐﾉﾘ", "年輪　実"), ("ｻﾄｳ ﾊﾅｺ", "佐藤　花子"), ("ﾜﾀﾅﾍﾞ ｹﾝ", "渡邊　健")];

/// Numbers by which one form can be found again among others.
pub struct Marks {
    /// The sender's key.
    pub key: String,
    /// 被保険者整理番号.
    pub insured_number: u32,
    /// 基礎年金番号: 課所符号, 一連番号.
    pub pension_number: (String, String),
}

/// An endless stack of forms.
pub struct Forms {
    employers: Vec<BenchEmployer>,
    dice: ChaCha8Rng,
    used: u32,
}

impl Forms {
    /// The same seed and employers give the same forms.
    pub fn new(employers: Vec<BenchEmployer>, seed: u64) -> Forms {
        Forms { employers, dice: ChaCha8Rng::seed_from_u64(seed), used: 0 }
    }

    /// The next forms.
    ///
    /// # Errors
    /// There are no insured numbers of six digits left.
    pub fn take(&mut self, count: usize) -> Result<Vec<Request>, super::Failure> {
        (0..count)
            .map(|_| {
                let place = self.below(self.employers.len());
                let employer = self.employers[place].clone();
                Ok(self.form(&employer)?.0)
            })
            .collect()
    }

    /// One form for the employer with the highest number.
    ///
    /// # Errors
    /// As [`Forms::take`].
    pub fn marked(&mut self) -> Result<(Request, Marks, BenchEmployer), super::Failure> {
        let employer = self.employers.last().ok_or("適用事業所がありません")?.clone();
        let (request, marks) = self.form(&employer)?;
        Ok((request, marks, employer))
    }

    fn form(&mut self, employer: &BenchEmployer) -> Result<(Request, Marks), super::Failure> {
        if self.used >= FORMS_MAX {
            return Err("被保険者整理番号が足りません。--seconds を減らしてください".into());
        }
        self.used += 1;
        let marks = Marks {
            key: format!("{KEY_PREFIX}{:06}", self.used),
            insured_number: INSURED_NUMBER_FIRST + self.used,
            // No prefecture has the code 99 at 日本年金機構: nobody has these numbers.
            pension_number: ("9913".to_owned(), format!("{:06}", self.used)),
        };
        let (kana, kanji) = NAMES[self.below(NAMES.len())];
        let birth_on = format!("{}-{:02}-{:02}", 1970 + self.below(35), 1 + self.below(12), 1 + self.below(28));
        let body = json!({
            "employer_symbol": employer.symbol.join("-"), "office_number": employer.office_number,
            "insured_number": marks.insured_number, "insured_name_kana": kana, "insured_name_kanji": kanji,
            "birth_on": birth_on, "kind_sex": (1 + self.below(2)).to_string(), "acquisition_kind": "1",
            "basic_pension_number": format!("{}-{}", marks.pension_number.0, marks.pension_number.1),
            "acquired_on": "2026-08-03", "has_dependants": false, "pay_cash": 150_000 + 1_000 * self.below(500),
            "pay_in_kind": 0, "zip": "100-0001", "address_kana": "ﾄｳｷｮｳﾄﾁﾖﾀﾞｸﾁﾖﾀﾞ1-1",
            "address_kanji": "東京都千代田区千代田１－１",
        });
        let request = Request { path: "/api/filings/enrolment".to_owned(), key: marks.key.clone(), body };
        Ok((request, marks))
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.dice.next_u32()).expect("32 bits fit") % bound.max(1)
    }
}
