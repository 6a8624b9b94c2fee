//! What is wrong with a file or a filing, in the sender's own terms.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// 返戻理由・注意 — one thing that is wrong (or only odd) at one place. Holds no value of anybody's data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// 行 — line in the file, from 1; 0 for the file as a whole and for a filing that came on no file.
    pub line: usize,
    /// 項目番号 — column in that line, from 1; `None` when the whole line is meant.
    pub column: Option<usize>,
    /// 項目名 as the form prints it.
    pub item_ja: Cow<'static, str>,
    /// Our name of the item (`acquired_yymmdd`), for whoever maps it to a field of a screen. Empty for a whole line.
    pub field: Cow<'static, str>,
    /// Machine code, stable: `NK-<form or section>-<column>-<what>`, such as `NK-2225700-34-TOTAL`.
    pub code: Cow<'static, str>,
    /// What is wrong and what to do, in Japanese.
    pub message_ja: String,
    /// True when the record is taken all the same (注意).
    pub warning: bool,
}

impl Problem {
    /// A reason found later than reading, against what is already on record (届書の審査).
    ///
    /// - `line`: line of the record in its file; 0 when there is none
    /// - `code`: the finder's own stable code, such as `DB-ALREADY-INSURED`
    pub fn found_later(
        line: usize,
        item_ja: &'static str,
        code: &'static str,
        message_ja: impl Into<String>,
    ) -> Problem {
        Problem {
            line,
            column: None,
            item_ja: Cow::Borrowed(item_ja),
            field: Cow::Borrowed(""),
            code: Cow::Borrowed(code),
            message_ja: message_ja.into(),
            warning: false,
        }
    }

    /// Whether it refuses what it is about.
    pub fn is_error(&self) -> bool {
        !self.warning
    }
}

/// `6行目 34「合計（4月）」: …`
impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(out, "{}行目 ", self.line)?;
        }
        if let Some(column) = self.column {
            write!(out, "{column}")?;
        }
        write!(out, "「{}」: {} [{}]", self.item_ja, self.message_ja, self.code)
    }
}
