//! What can go wrong on the way to paper, in words for the operator.

use std::path::PathBuf;

/// Why a lot was not written. Nothing of it exists then.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// A font file is not there; the operator installs it.
    #[error(
        "フォント {} がありません。apt-get install fonts-ipaexfont fonts-ipamj-mincho で入れるか、\
         置き場所を NENRIN_FONT_DIR で指定してください", path.display()
    )]
    FontMissing {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A font file is there but is not one.
    #[error("フォント {} を読めません。壊れていないか確かめ、入れ直してください", path.display())]
    FontBroken {
        /// The file.
        path: PathBuf,
    },
    /// No font has this character or variation; the notice is held and a clerk corrects the name or address.
    #[error(
        "通知 {notice_id} の「{item}」にある文字 {} は、どのフォントにもありません。\
         通知を保留し、文字を確かめてください",
        code_points(sequence)
    )]
    MissingGlyph {
        /// The notice (通知ID), or the name of the sheet.
        notice_id: String,
        /// Which item of it.
        item: &'static str,
        /// The character, with its variation selector when it has one.
        sequence: String,
    },
    /// A text does not fit even at the smallest size; the notice is held.
    #[error("通知 {notice_id} の「{item}」が長すぎて欄に入りません。通知を保留し、短い表記に直してください")]
    DoesNotFit {
        /// The notice (通知ID), or the name of the sheet.
        notice_id: String,
        /// Which item of it.
        item: &'static str,
    },
    /// The notice belongs into another lot, or names no amount.
    #[error("通知 {notice_id} はこのロットに入れられません: {reason}")]
    Unfit {
        /// The notice (通知ID).
        notice_id: String,
        /// Why, in a sentence.
        reason: &'static str,
    },
    /// The lot's own data cannot be printed from.
    #[error("ロットの指定が誤っています: {0}")]
    Spec(String),
    /// §件数の等式: what was counted again from the bytes differs from what was meant.
    #[error("件数が合いません ({what}: 予定 {planned}、実物 {found})。このロットは渡さず、作り直してください")]
    CountsDiffer {
        /// Which figure.
        what: &'static str,
        /// As planned.
        planned: u64,
        /// As counted from the PDF.
        found: u64,
    },
    /// The PDF writer failed: a bug of ours or of the library.
    #[error("PDF を作れませんでした: {0}")]
    Pdf(String),
    /// A package file could not be put together.
    #[error("印刷物の一覧を作れませんでした: {0}")]
    Package(String),
}

/// `U+9089 U+E0102`: what a clerk can look up when the screen cannot show the character either.
fn code_points(sequence: &str) -> String {
    let codes: Vec<String> = sequence.chars().map(|character| format!("U+{:04X}", u32::from(character))).collect();
    codes.join(" ")
}
