//! 利用目的 — why a record is looked at or changed. Stated with every request that touches one.

/// 利用目的 — one of a short list, so that the access log can be counted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// 届書の処理.
    Filing,
    /// 本人からの照会・相談.
    PersonInquiry,
    /// 事業主からの照会.
    EmployerInquiry,
    /// 審査・決裁.
    Examination,
    /// 記録の訂正・調査.
    Correction,
    /// 監査.
    Audit,
}

impl Purpose {
    /// All of them, in the order terminals offer them.
    pub const ALL: [Purpose; 6] = [
        Purpose::Filing,
        Purpose::PersonInquiry,
        Purpose::EmployerInquiry,
        Purpose::Examination,
        Purpose::Correction,
        Purpose::Audit,
    ];

    /// The word used in the header `X-Purpose`, in forms and in the access log.
    pub const fn code(self) -> &'static str {
        match self {
            Purpose::Filing => "filing",
            Purpose::PersonInquiry => "person_inquiry",
            Purpose::EmployerInquiry => "employer_inquiry",
            Purpose::Examination => "examination",
            Purpose::Correction => "correction",
            Purpose::Audit => "audit",
        }
    }

    /// As terminals show it.
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Filing => "届書の処理",
            Purpose::PersonInquiry => "本人からの照会・相談",
            Purpose::EmployerInquiry => "事業主からの照会",
            Purpose::Examination => "審査・決裁",
            Purpose::Correction => "記録の訂正・調査",
            Purpose::Audit => "監査",
        }
    }

    /// The purpose of this word.
    pub fn parse(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}
