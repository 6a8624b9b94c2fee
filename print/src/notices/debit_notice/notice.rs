//! 保険料納入告知額通知書: what it says.

use domain::era;

use crate::PremiumNotice;

/// Under the title.
pub const SUBTITLE: &str = "（口座振替をご利用の事業主の方へ）";

/// How the due date is called here.
pub const DUE_LABEL: &str = "納付期限（振替日）";

/// 納付方法.
pub const METHOD: &str = "口座振替";

/// The sentence that says what the sheet is for.
pub fn lead(notice: &PremiumNotice) -> String {
    format!(
        "{}分の保険料等の額を次のとおり告知します。{}にお届けの預貯金口座から合計額を振り替えますので、\
         前日までに残高をご確認ください。",
        era::month_in_words(notice.for_month),
        era::in_words(notice.due_on),
    )
}

/// Heading, text and lines of each paragraph in the last third.
pub const PARAGRAPHS: [(&str, &str, u16); 5] = [
    (
        "金額の内訳",
        "健康保険料には、40歳以上65歳未満の方の介護保険料と、令和8年4月分からは子ども・子育て支援金を含みます。各金額は、\
         被保険者ごとの保険料等をすべて合計してから1円未満を切り捨てた額です（国等の債権債務等の金額の端数計算に関する\
         法律第2条）。子ども・子育て拠出金は、事業主が全額を負担します。",
        3,
    ),
    (
        "根拠となる法律",
        "健康保険料：健康保険法第155条、第164条第1項　厚生年金保険料：厚生年金保険法第81条、第83条第1項　\
         子ども・子育て拠出金：子ども・子育て支援法第69条、第71条第1項",
        2,
    ),
    (
        "納付が遅れた場合",
        "振替ができなかったときは、納付期限の後に督促状をお送りします。督促状で指定した期限を過ぎると、納付期限の翌日から\
         納付の日の前日までの日数により延滞金がかかることがあります（健康保険法第180条、第181条、厚生年金保険法\
         第86条、第87条）。",
        3,
    ),
    ("不服があるとき", super::super::APPEAL, 6),
    (
        "届出の内容",
        "被保険者の資格、標準報酬月額などに誤りがあるときは、右上の年金事務所に訂正の届書を出してください。\
         告知の後に受け付けた届書による増減は、翌月以後の告知額で調整します。",
        2,
    ),
];
