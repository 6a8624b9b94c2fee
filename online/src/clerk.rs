//! 職員 — who is signed in, what the roles allow, and how far their office reaches.
//!
//! Filing, deciding and an employer's own records are bound to the office in charge (管轄). People, and the
//! course of a filing, may be looked up from any office: an insured person may consult any of them, and "where
//! is my form" must be answered everywhere. What binds there is the stated purpose and the access log.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use domain::Prefecture;

use crate::error::TerminalError;

/// 役割 — as the table `clerks` writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// 受付.
    Reception,
    /// 照会.
    Viewer,
    /// 審査.
    Examiner,
    /// 決裁.
    Approver,
    /// 運用.
    Operator,
    /// 監査.
    Auditor,
}

/// 権限 — what a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// 届書の入力.
    File,
    /// 被保険者の照会.
    LookUpPersons,
    /// 事業所の照会.
    LookUpEmployers,
    /// 届書経過の照会.
    FollowCourse,
    /// 審査・起案・返戻.
    Draft,
    /// 決裁.
    Approve,
}

impl Right {
    /// As terminals show it.
    pub const fn name(self) -> &'static str {
        match self {
            Right::File => "届書の入力",
            Right::LookUpPersons => "被保険者の照会",
            Right::LookUpEmployers => "事業所の照会",
            Right::FollowCourse => "届書経過の照会",
            Right::Draft => "審査・起案",
            Right::Approve => "決裁",
        }
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 6] =
        [Role::Reception, Role::Viewer, Role::Examiner, Role::Approver, Role::Operator, Role::Auditor];

    /// The word in the table `clerks`.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Reception => "reception",
            Role::Viewer => "viewer",
            Role::Examiner => "examiner",
            Role::Approver => "approver",
            Role::Operator => "operator",
            Role::Auditor => "auditor",
        }
    }

    /// As terminals show it.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Reception => "受付",
            Role::Viewer => "照会",
            Role::Examiner => "審査",
            Role::Approver => "決裁",
            Role::Operator => "運用",
            Role::Auditor => "監査",
        }
    }

    /// 権限の表. Operators keep the machine running and auditors follow what was done: neither sees people.
    pub const fn rights(self) -> &'static [Right] {
        use Right as R;
        match self {
            Role::Reception => &[R::File, R::LookUpPersons, R::LookUpEmployers, R::FollowCourse],
            Role::Viewer => &[R::LookUpPersons, R::LookUpEmployers, R::FollowCourse],
            Role::Examiner => &[R::Draft, R::LookUpPersons, R::LookUpEmployers, R::FollowCourse],
            Role::Approver => &[R::Approve, R::LookUpPersons, R::LookUpEmployers, R::FollowCourse],
            Role::Operator => &[],
            Role::Auditor => &[R::FollowCourse],
        }
    }
}

/// 管轄の範囲.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// 事務所.
    Office,
    /// 都道府県.
    Prefecture,
    /// 全国.
    Nation,
}

impl Area {
    /// The word in the table `clerks`.
    pub const fn code(self) -> &'static str {
        match self {
            Area::Office => "office",
            Area::Prefecture => "prefecture",
            Area::Nation => "nation",
        }
    }
}

/// 職員 — the signed-in clerk of a request.
#[derive(Clone)]
pub struct Clerk(pub(crate) Arc<ClerkCard>);

/// What the table `clerks` says of one.
#[derive(Clone)]
pub(crate) struct ClerkCard {
    pub clerk_id: i64,
    pub login: String,
    pub name: String,
    pub office_code: String,
    pub roles: Vec<Role>,
    pub area: Area,
}

impl fmt::Debug for Clerk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Clerk({})", self.0.clerk_id)
    }
}

impl ClerkCard {
    /// Words in the table that this program does not know give no right.
    pub(crate) fn roles_of(words: &[String]) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| words.iter().any(|word| word == role.code())).collect()
    }

    /// An unknown word reaches no further than the own office.
    pub(crate) fn area_of(word: &str) -> Area {
        [Area::Prefecture, Area::Nation].into_iter().find(|area| area.code() == word).unwrap_or(Area::Office)
    }
}

impl Clerk {
    pub(crate) fn id(&self) -> i64 {
        self.0.clerk_id
    }

    pub(crate) fn may(&self, right: Right) -> bool {
        self.0.roles.iter().any(|role| role.rights().contains(&right))
    }

    /// 権限の確認.
    pub(crate) fn must(&self, right: Right) -> Result<(), TerminalError> {
        match self.may(right) {
            true => Ok(()),
            false => Err(TerminalError::NotAllowed { right: right.name() }),
        }
    }

    /// 管轄の確認: whether this office's records are in reach.
    pub(crate) fn reaches(&self, office_code: &str) -> bool {
        match self.0.area {
            Area::Nation => true,
            Area::Prefecture => prefecture_part(&self.0.office_code) == prefecture_part(office_code),
            Area::Office => self.0.office_code == office_code,
        }
    }

    /// 管轄の確認, with the name of the office that is in charge.
    pub(crate) fn must_reach(&self, office_code: &str, office_name: &str) -> Result<(), TerminalError> {
        match self.reaches(office_code) {
            true => Ok(()),
            false => Err(TerminalError::OtherOffice { office: office_words(office_code, office_name) }),
        }
    }
}

/// 事務所コード starts with the JIS code of the prefecture.
fn prefecture_part(office_code: &str) -> &str {
    office_code.get(..2).unwrap_or(office_code)
}

fn office_words(office_code: &str, office_name: &str) -> String {
    let prefecture = Prefecture::from_jis_code(prefecture_part(office_code)).map(Prefecture::name).unwrap_or_default();
    format!("{office_name} ({prefecture}、事務所コード{office_code})")
}

impl<S: Sync> FromRequestParts<S> for Clerk {
    type Rejection = TerminalError;

    /// The guard put the clerk there before the handler runs.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Clerk, TerminalError> {
        parts.extensions.get::<Clerk>().cloned().ok_or(TerminalError::NotSignedIn)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Clerk {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Clerk>, Infallible> {
        Ok(parts.extensions.get::<Clerk>().cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clerk(office_code: &str, area: Area, roles: &[Role]) -> Clerk {
        Clerk(Arc::new(ClerkCard {
            clerk_id: 1,
            login: "uketsuke".to_owned(),
            name: "受付 太郎".to_owned(),
            office_code: office_code.to_owned(),
            roles: roles.to_vec(),
            area,
        }))
    }

    #[test]
    fn an_area_reaches_its_own_offices_only() {
        let cases = [
            (Area::Office, "1301", "1301", true),
            (Area::Office, "1301", "1302", false),
            (Area::Prefecture, "1301", "1302", true),
            (Area::Prefecture, "1301", "1401", false),
            (Area::Nation, "1301", "4701", true),
        ];
        for (area, own, asked, reached) in cases {
            assert_eq!(clerk(own, area, &[]).reaches(asked), reached, "{area:?} {own} {asked}");
        }
    }

    #[test]
    fn the_office_in_charge_is_named() {
        let refusal = clerk("1301", Area::Office, &[]).must_reach("2701", "大手前年金事務所").unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "この事業所・届は大手前年金事務所 (大阪府、事務所コード2701)の管轄です。管轄の事務所に回付してください"
        );
    }

    #[test]
    fn nobody_may_both_draft_and_approve_by_one_role() {
        for role in Role::ALL {
            let both = role.rights().contains(&Right::Draft) && role.rights().contains(&Right::Approve);
            assert!(!both, "{role:?}");
        }
        assert!(clerk("1301", Area::Office, &[Role::Examiner, Role::Approver]).may(Right::Approve));
    }

    #[test]
    fn an_unknown_word_gives_nothing() {
        assert!(ClerkCard::roles_of(&["superuser".to_owned()]).is_empty());
        assert_eq!(ClerkCard::area_of("galaxy"), Area::Office);
    }
}
