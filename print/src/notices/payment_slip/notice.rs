//! 納入告知書（納付書）: what it says.

use domain::era;

use crate::PremiumNotice;

/// Under the title.
pub const SUBTITLE: &str = "（健康保険料・厚生年金保険料・子ども・子育て拠出金）";

/// How the due date is called here.
pub const DUE_LABEL: &str = "納付期限";

/// 納付方法.
pub const METHOD: &str = "納付書・ペイジー";

/// The sentence that says what the sheet is for.
pub fn lead(notice: &PremiumNotice) -> String {
    format!(
        "{}分の保険料等の額を次のとおり告知します。{}までに、下の納付書を切り離して金融機関の窓口で納めるか、\
         ペイジーで納めてください。",
        era::month_in_words(notice.for_month),
        era::in_words(notice.due_on),
    )
}

/// Heading, text and lines of each paragraph above the slip.
pub const PARAGRAPHS: [(&str, &str, u16); 4] = [
    (
        "金額の内訳",
        "健康保険料には介護保険料（40歳以上65歳未満の方）と、令和8年4月分からは子ども・子育て支援金を含みます。各金額は、合計\
         してから1円未満を切り捨てた額です（国等の債権債務等の金額の端数計算に関する法律第2条）。拠出金は事業主が全額を負担します。",
        2,
    ),
    (
        "根拠となる法律",
        "健康保険法第155条、第164条第1項　厚生年金保険法第81条、第83条第1項　子ども・子育て支援法第69条、第71条第1項",
        1,
    ),
    (
        "納付が遅れた場合",
        "督促状をお送りします。督促状の指定期限を過ぎると延滞金がかかることがあります（健康保険法第180条、第181条、厚生年金\
         保険法第86条、第87条）。",
        2,
    ),
    ("不服があるとき", super::super::APPEAL, 5),
];

/// 納付目的 of the slip.
pub fn purpose(notice: &PremiumNotice) -> String {
    format!("{}分 健康保険料等", era::month_in_words(notice.for_month))
}

/// 金額の欄 — `width` cells from the right, with ¥ before the first figure. `None` when they do not suffice.
pub fn cells(yen: i64, width: usize) -> Option<Vec<char>> {
    let figures = format!("¥{yen}");
    let blank = width.checked_sub(figures.chars().count())?;
    Some(std::iter::repeat_n(' ', blank).chain(figures.chars()).collect())
}
