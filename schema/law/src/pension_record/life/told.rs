//! 記録の説明 — the counts and the contradictions as steps of a receipt.

use super::*;
use crate::{Step, Trace};

/// The record as a receipt tells it.
pub fn tell(record: &LifeRecord, trace: &mut Trace) {
    let counts = record.counts();
    trace.step(
        Step::new("国民年金法11条・11条の2, 厚生年金保険法19条", "月ごとに、最後に取得した資格の月とする")
            .with("最初の月", record.first(), "")
            .with("基準日の月", record.last(), "")
            .gives(format!("{}か月", counts.months)),
    );
    trace.step(
        Step::new("国民年金法5条・26条, 附則9条1項", "納付済・免除・学生納付特例等・合算対象の月を合計する")
            .with("納付済 (1号・任意)", counts.contributed.total(), "か月")
            .with("納付済 (2号)", counts.cat2.total(), "か月")
            .with("納付済 (3号)", counts.cat3.total(), "か月")
            .with("免除", counts.exempt(), "か月")
            .with("学生納付特例・納付猶予", counts.student + counts.deferral, "か月")
            .with("合算対象", counts.complementary_total(), "か月")
            .with("未納", counts.unpaid, "か月")
            .gives(format!("{}か月", counts.qualifying())),
    );
    trace.step(
        Step::new("厚生年金保険法19条・28条", "厚生年金の被保険者期間を種別ごとに数える")
            .with("第1号", counts.employees[0].total(), "か月")
            .with("第2号", counts.employees[1].total(), "か月")
            .with("第3号", counts.employees[2].total(), "か月")
            .with("第4号", counts.employees[3].total(), "か月")
            .with("離婚時みなし", counts.deemed.total(), "か月")
            .gives(format!("{}か月", counts.employees_total())),
    );
    for contradiction in record.contradictions() {
        trace.step(Step::new(contradiction.kind.clause(), contradiction.to_string()).gives("保留"));
    }
}
