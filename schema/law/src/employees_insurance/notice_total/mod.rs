//! 納入告知額 (国等の債権債務等の金額の端数計算に関する法律2条).

use domain::{Ratio, Rounding, Yen};
use serde::{Deserialize, Serialize};

use crate::{Step, Trace};

#[cfg(test)]
mod tests;

/// 納入告知額 — what an employer owes for a month, by levy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeTotal {
    /// 健康保険料, with long-term care and support.
    pub hi_yen: Yen,
    /// 厚生年金保険料.
    pub epi_yen: Yen,
    /// 子ども・子育て拠出金.
    pub contribution_yen: Yen,
    /// 合計.
    pub total_yen: Yen,
}

/// 納入告知額の計算 — each levy's exact sum over the employer's people, cut to whole yen once.
///
/// Law: 国等の債権債務等の金額の端数計算に関する法律2条. A person's premium is not rounded first; monthly and bonus
/// premiums of the month and corrections of earlier months are in one sum.
pub fn notice_total(hi: Ratio, epi: Ratio, contribution: Ratio, trace: &mut Trace) -> NoticeTotal {
    let mut floor = |levy: &'static str, sum: Ratio| {
        let amount = sum.round(Rounding::Floor);
        trace.step(
            Step::new(
                "国等の債権債務等の金額の端数計算に関する法律2条",
                format!("{levy} = 全員分の合計 (1円未満切捨て)"),
            )
            .with("端数処理前の合計", sum, "円")
            .gives(amount),
        );
        amount
    };
    let hi_yen = floor("健康保険料", hi);
    let epi_yen = floor("厚生年金保険料", epi);
    let contribution_yen = floor("子ども・子育て拠出金", contribution);
    let total_yen = hi_yen + epi_yen + contribution_yen;
    trace.step(
        Step::new(
            "厚生年金保険法83条・健康保険法164条",
            "納入告知額 = 健康保険料 + 厚生年金保険料 + 子ども・子育て拠出金",
        )
        .with("健康保険料", hi_yen, "")
        .with("厚生年金保険料", epi_yen, "")
        .with("子ども・子育て拠出金", contribution_yen, "")
        .gives(total_yen),
    );
    NoticeTotal { hi_yen, epi_yen, contribution_yen, total_yen }
}
