//! 裁定 (国民年金法16条, 厚生年金保険法33条) — rights and amounts from the record of a life. The single formulas are the
//! topics of the pension families; here they are put together for one person: `old_age` for one month, `award` for all
//! months from the right to a month.

pub mod award;
pub mod disability;
pub mod old_age;
pub mod survivor;

mod contributions;
