//! 総合振込の読み手 — a finished file read again from its bytes, without anything of the writer.

/// Why a file is not what the standard asks for: the line (from 1) and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}行目: {reason}")]
pub struct FileRefused {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// 振込 as the bytes say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// 銀行番号・支店番号・預金種目・口座番号.
    pub account: String,
    /// 振込金額, yen.
    pub amount_yen: i64,
    /// 顧客コード1, without its spaces.
    pub customer: String,
}

/// 合計 — counted from the data records; the trailer says the same, else the file is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Every transfer, in order.
    pub transfers: Vec<Transferred>,
    /// 振込指定日 as month and day.
    pub value_mmdd: String,
    /// 合計金額, yen.
    pub amount_yen: i64,
}

/// 総合振込の数え直し — header, data, trailer, end; CR LF after each; every field of the standard's place and kind.
///
/// # Errors
/// The first line that is not as the standard says: length, line end, order of records, digits, characters, sums.
pub fn tally(bytes: &[u8]) -> Result<Tally, FileRefused> {
    let mut found = Tally::default();
    let mut expected: &[u8] = b"1";
    let mut lines = 0;
    for (place, line) in bytes.chunks(122).enumerate() {
        lines = place + 1;
        let refuse = |reason| FileRefused { line: lines, reason };
        let record = line.strip_suffix(b"\r\n").filter(|record| record.len() == 120);
        let record = Record(record.ok_or_else(|| refuse("120バイトと改行 (CR LF) ではありません"))?);
        if !expected.contains(&record.0[0]) {
            return Err(refuse("レコードの順序が正しくありません"));
        }
        let read = match record.0[0] {
            b'1' => record.header(&mut found),
            b'2' => record.data(&mut found),
            b'8' => record.trailer(&found),
            _ => record.spaces(2, 120),
        };
        read.map_err(refuse)?;
        expected = match record.0[0] {
            b'1' | b'2' => b"28",
            b'8' => b"9",
            _ => b"",
        };
    }
    if expected.is_empty() {
        Ok(found)
    } else {
        Err(FileRefused { line: lines, reason: "エンドレコードがありません" })
    }
}

/// Fields by their places, 1 to 120, as the standard counts.
pub(super) struct Record<'a>(pub(super) &'a [u8]);

impl Record<'_> {
    pub(super) fn at(&self, first: usize, last: usize) -> &[u8] {
        &self.0[first - 1..last]
    }

    pub(super) fn digits(&self, first: usize, last: usize, what: &'static str) -> Result<String, &'static str> {
        let field = self.at(first, last);
        if field.iter().all(u8::is_ascii_digit) { Ok(String::from_utf8_lossy(field).into_owned()) } else { Err(what) }
    }

    pub(super) fn number(&self, first: usize, last: usize, what: &'static str) -> Result<i64, &'static str> {
        self.digits(first, last, what)?.parse().map_err(|_| what)
    }

    pub(super) fn spaces(&self, first: usize, last: usize) -> Result<(), &'static str> {
        if self.at(first, last).iter().all(|byte| *byte == b' ') {
            Ok(())
        } else {
            Err("ダミーが空白ではありません")
        }
    }

    fn name(&self, first: usize, last: usize, what: &'static str) -> Result<(), &'static str> {
        let good =
            |byte: &u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'(' | b')' | b'-' | b'.' | b' ' | 0xB1..=0xDF);
        let field = self.at(first, last);
        if field.iter().all(good) && field.iter().any(|byte| *byte != b' ') { Ok(()) } else { Err(what) }
    }

    fn header(&self, found: &mut Tally) -> Result<(), &'static str> {
        if self.at(2, 4) != b"210" {
            return Err("種別コードが21 (総合振込)、コード区分が0 (JIS) ではありません");
        }
        self.digits(5, 14, "振込依頼人コードが数字ではありません")?;
        self.name(15, 54, "振込依頼人名に使えない文字があります")?;
        found.value_mmdd = self.digits(55, 58, "振込指定日が数字ではありません")?;
        let day = self.number(57, 58, "振込指定日が数字ではありません")?;
        let days = match self.number(55, 56, "振込指定日が数字ではありません")? {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 29,
            _ => 0,
        };
        if !(1..=days).contains(&day) {
            return Err("振込指定日が実在しません");
        }
        self.digits(59, 62, "仕向銀行番号が数字ではありません")?;
        self.digits(78, 80, "仕向支店番号が数字ではありません")?;
        self.digits(96, 103, "依頼人の口座が数字ではありません")?;
        self.spaces(104, 120)
    }

    fn data(&self, found: &mut Tally) -> Result<(), &'static str> {
        let bank = self.digits(2, 5, "銀行番号が数字ではありません")?;
        let branch = self.digits(21, 23, "支店番号が数字ではありません")?;
        if !matches!(self.at(43, 43), b"1" | b"2" | b"4" | b"9") {
            return Err("預金種目が正しくありません");
        }
        let number = self.digits(43, 50, "口座番号が数字ではありません")?;
        self.name(51, 80, "受取人名に使えない文字があるか、空です")?;
        let amount_yen = self.number(81, 90, "振込金額が数字ではありません")?;
        self.digits(91, 91, "新規コードが数字ではありません")?;
        self.spaces(114, 120)?;
        let customer = String::from_utf8_lossy(self.at(92, 101)).trim().to_owned();
        found.transfers.push(Transferred { account: format!("{bank}-{branch}-{number}"), amount_yen, customer });
        found.amount_yen = found.amount_yen.checked_add(amount_yen).ok_or("合計金額が大きすぎます")?;
        Ok(())
    }

    fn trailer(&self, found: &Tally) -> Result<(), &'static str> {
        let count = self.number(2, 7, "合計件数が数字ではありません")?;
        let amount = self.number(8, 19, "合計金額が数字ではありません")?;
        if i64::try_from(found.transfers.len()) != Ok(count) {
            return Err("合計件数がデータレコードの数と違います");
        }
        if found.amount_yen != amount {
            return Err("合計金額がデータレコードの合計と違います");
        }
        self.spaces(20, 120)
    }
}
