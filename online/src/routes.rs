//! 窓口の一覧 — every endpoint in one table: who may, what is logged, which handler. What is not here does not exist.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

use crate::app::App;
use crate::clerk::Right;
use crate::error::TerminalError;
use crate::transactions::pension_forms::grounds;
use crate::transactions::{
    approval, contribution, correction, course, coverage_end, duplicate, employer, enrolment, leave_end,
    pension_amount, pension_forms, pension_record, person, sign_in, workplace_selection,
};
use crate::{health, openapi, pages};

/// 誰が使えるか.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody who reaches the port.
    Public,
    /// Any clerk who is signed in.
    SignedIn,
    /// Clerks with this right.
    Right(Right),
}

/// What the other side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A program: JSON.
    Api,
    /// A person at a browser: HTML.
    Page,
    /// A probe of operations.
    Probe,
}

/// アクセス記録.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// Shows and changes no record.
    Never,
    /// One entry per record, under this action, with the purpose.
    Always(&'static str),
}

/// 窓口 — one endpoint.
pub struct Endpoint {
    /// Method.
    pub method: Method,
    /// Path as a template.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// Whom it answers.
    pub face: Face,
    /// What it writes to the access log.
    pub log: Log,
    handler: fn() -> MethodRouter<App>,
}

const fn endpoint(
    method: Method,
    path: &'static str,
    (access, face, log): (Access, Face, Log),
    handler: fn() -> MethodRouter<App>,
) -> Endpoint {
    Endpoint { method, path, access, face, log, handler }
}

const fn api(right: Right, action: &'static str) -> (Access, Face, Log) {
    (Access::Right(right), Face::Api, Log::Always(action))
}

const fn page(right: Right, action: &'static str) -> (Access, Face, Log) {
    (Access::Right(right), Face::Page, Log::Always(action))
}

/// A page without anybody's data.
const fn blank(right: Right) -> (Access, Face, Log) {
    (Access::Right(right), Face::Page, Log::Never)
}

const fn open(face: Face) -> (Access, Face, Log) {
    (Access::Public, face, Log::Never)
}

const GET: Method = Method::GET;
const POST: Method = Method::POST;
use Right::{Approve, Draft, File, FollowCourse, LookUpEmployers, LookUpPersons};

/// The whole set.
pub static ENDPOINTS: &[Endpoint] = &[
    // 運用
    endpoint(GET, "/healthz", open(Face::Probe), || get(health::healthz)),
    endpoint(GET, "/readyz", open(Face::Probe), || get(health::readyz)),
    endpoint(GET, "/metrics", open(Face::Probe), || get(health::metrics)),
    endpoint(GET, "/openapi.json", open(Face::Probe), || get(openapi::serve)),
    endpoint(GET, "/style.css", open(Face::Probe), || get(pages::style)),
    // サインイン
    endpoint(GET, "/sign-in", open(Face::Page), || get(sign_in::form)),
    endpoint(POST, "/sign-in", open(Face::Page), || post(sign_in::by_page)),
    endpoint(POST, "/api/sign-in", open(Face::Api), || post(sign_in::by_api)),
    endpoint(POST, "/sign-out", (Access::SignedIn, Face::Page, Log::Never), || post(sign_in::out_by_page)),
    endpoint(POST, "/api/sign-out", (Access::SignedIn, Face::Api, Log::Never), || post(sign_in::out_by_api)),
    endpoint(GET, "/", (Access::SignedIn, Face::Page, Log::Never), || get(sign_in::menu)),
    // 届書
    endpoint(POST, "/api/filings/enrolment", api(File, "file_enrolment"), || post(enrolment::enrol)),
    endpoint(POST, "/api/filings/coverage-end", api(File, "file_coverage_end"), || post(coverage_end::end_coverage)),
    endpoint(GET, "/filings/enrolment", blank(File), || get(enrolment::form)),
    endpoint(POST, "/filings/enrolment", page(File, "file_enrolment"), || post(enrolment::by_page)),
    endpoint(GET, "/filings/coverage-end", blank(File), || get(coverage_end::form)),
    endpoint(POST, "/filings/coverage-end", page(File, "file_coverage_end"), || post(coverage_end::by_page)),
    endpoint(POST, "/api/filings/correction", api(File, "file_correction"), || post(correction::correct)),
    endpoint(GET, "/filings/correction", blank(File), || get(correction::form)),
    endpoint(POST, "/filings/correction", page(File, "file_correction"), || post(correction::by_page)),
    endpoint(POST, "/api/filings/leave-end", api(File, "file_leave_end"), || post(leave_end::end_of_leave)),
    endpoint(GET, "/filings/leave-end", blank(File), || get(leave_end::form)),
    endpoint(POST, "/filings/leave-end", page(File, "file_leave_end"), || post(leave_end::by_page)),
    endpoint(POST, "/api/filings/workplace-selection", api(File, "file_workplace_selection"), || {
        post(workplace_selection::choose)
    }),
    endpoint(GET, "/filings/workplace-selection", blank(File), || get(workplace_selection::form)),
    endpoint(POST, "/filings/workplace-selection", page(File, "file_workplace_selection"), || {
        post(workplace_selection::by_page)
    }),
    // 人の届
    endpoint(GET, "/filings/person", blank(File), || get(pension_forms::menu)),
    endpoint(POST, "/api/filings/pension-claim", api(File, "file_pension_claim"), || post(pension_forms::claim)),
    endpoint(GET, "/filings/pension-claim", blank(File), || get(pension_forms::claim_form)),
    endpoint(POST, "/filings/pension-claim", page(File, "file_pension_claim"), || post(pension_forms::claim_by_page)),
    endpoint(POST, "/api/filings/category-correction", api(File, "file_category_correction"), || {
        post(pension_forms::correct_category)
    }),
    endpoint(GET, "/filings/category-correction", blank(File), || get(pension_forms::category_form)),
    endpoint(POST, "/filings/category-correction", page(File, "file_category_correction"), || {
        post(pension_forms::category_by_page)
    }),
    endpoint(POST, "/api/filings/death", api(File, "file_death"), || post(pension_forms::death)),
    endpoint(GET, "/filings/death", blank(File), || get(pension_forms::death_form)),
    endpoint(POST, "/filings/death", page(File, "file_death"), || post(pension_forms::death_by_page)),
    endpoint(POST, "/api/filings/unpaid-benefit-claim", api(File, "file_unpaid_benefit_claim"), || {
        post(pension_forms::claim_unpaid)
    }),
    endpoint(GET, "/filings/unpaid-benefit-claim", blank(File), || get(pension_forms::unpaid_form)),
    endpoint(POST, "/filings/unpaid-benefit-claim", page(File, "file_unpaid_benefit_claim"), || {
        post(pension_forms::unpaid_by_page)
    }),
    endpoint(POST, "/api/filings/payee-change", api(File, "file_payee_change"), || post(pension_forms::change_payee)),
    endpoint(GET, "/filings/payee-change", blank(File), || get(pension_forms::payee_form)),
    endpoint(POST, "/filings/payee-change", page(File, "file_payee_change"), || post(pension_forms::payee_by_page)),
    endpoint(POST, "/api/filings/relief", api(File, "file_relief"), || post(pension_forms::decide_relief)),
    endpoint(GET, "/filings/relief", blank(File), || get(pension_forms::relief_form)),
    endpoint(POST, "/filings/relief", page(File, "file_relief"), || post(pension_forms::relief_by_page)),
    endpoint(POST, "/api/filings/disability-claim", api(File, "file_disability_claim"), || {
        post(grounds::claim_disability)
    }),
    endpoint(GET, "/filings/disability-claim", blank(File), || get(grounds::disability_form)),
    endpoint(POST, "/filings/disability-claim", page(File, "file_disability_claim"), || {
        post(grounds::disability_by_page)
    }),
    endpoint(POST, "/api/filings/disability-grade", api(File, "file_disability_grade"), || post(grounds::revise_grade)),
    endpoint(GET, "/filings/disability-grade", blank(File), || get(grounds::grade_form)),
    endpoint(POST, "/filings/disability-grade", page(File, "file_disability_grade"), || post(grounds::grade_by_page)),
    endpoint(POST, "/api/filings/survivor-claim", api(File, "file_survivor_claim"), || post(grounds::claim_survivor)),
    endpoint(GET, "/filings/survivor-claim", blank(File), || get(grounds::survivor_form)),
    endpoint(POST, "/filings/survivor-claim", page(File, "file_survivor_claim"), || post(grounds::survivor_by_page)),
    endpoint(POST, "/api/filings/survivor-end", api(File, "file_survivor_end"), || post(grounds::end_survivor)),
    endpoint(GET, "/filings/survivor-end", blank(File), || get(grounds::end_form)),
    endpoint(POST, "/filings/survivor-end", page(File, "file_survivor_end"), || post(grounds::end_by_page)),
    endpoint(POST, "/api/filings/pension-choice", api(File, "file_pension_choice"), || post(grounds::choose_pension)),
    endpoint(GET, "/filings/pension-choice", blank(File), || get(grounds::choice_form)),
    endpoint(POST, "/filings/pension-choice", page(File, "file_pension_choice"), || post(grounds::choice_by_page)),
    endpoint(POST, "/api/filings/pension-split", api(File, "file_pension_split"), || {
        post(pension_forms::split_pension)
    }),
    endpoint(GET, "/filings/pension-split", blank(File), || get(pension_forms::split_form_page)),
    endpoint(POST, "/filings/pension-split", page(File, "file_pension_split"), || post(pension_forms::split_by_page)),
    // 経過と決裁
    endpoint(GET, "/api/filings/waiting", api(FollowCourse, "list_waiting"), || get(approval::waiting)),
    endpoint(GET, "/api/filings/{reception_number}", api(FollowCourse, "follow_course"), || get(course::course)),
    endpoint(POST, "/api/filings/{reception_number}/draft", api(Draft, "draft"), || post(approval::draft)),
    endpoint(POST, "/api/filings/{reception_number}/return", api(Draft, "return"), || post(approval::give_back)),
    endpoint(POST, "/api/filings/{reception_number}/approve", api(Approve, "approve"), || post(approval::approve)),
    endpoint(POST, "/api/filings/{reception_number}/refuse", api(Approve, "refuse"), || post(approval::refuse)),
    endpoint(POST, "/api/filings/approve", api(Approve, "approve"), || post(approval::approve_many)),
    endpoint(GET, "/filings", blank(FollowCourse), || get(course::form)),
    endpoint(POST, "/filings", page(FollowCourse, "follow_course"), || post(course::by_page)),
    endpoint(GET, "/approvals", blank(FollowCourse), || get(approval::form)),
    endpoint(POST, "/approvals", page(FollowCourse, "list_waiting"), || post(approval::list_page)),
    endpoint(POST, "/approvals/draft", page(Draft, "draft"), || post(approval::draft_page)),
    endpoint(POST, "/approvals/return", page(Draft, "return"), || post(approval::give_back_page)),
    endpoint(POST, "/approvals/approve", page(Approve, "approve"), || post(approval::approve_page)),
    endpoint(POST, "/approvals/refuse", page(Approve, "refuse"), || post(approval::refuse_page)),
    // 人
    endpoint(POST, "/api/persons/search", api(LookUpPersons, "search_persons"), || post(person::search)),
    endpoint(GET, "/api/persons/{person_id}", api(LookUpPersons, "look_up_person"), || get(person::card)),
    endpoint(GET, "/api/persons/{person_id}/contributions/{month}", api(LookUpPersons, "look_up_contribution"), || {
        get(contribution::contribution)
    }),
    endpoint(GET, "/api/persons/{person_id}/life", api(LookUpPersons, "look_up_life"), || get(pension_record::record)),
    endpoint(GET, "/api/persons/{person_id}/pension", api(LookUpPersons, "look_up_pension"), || {
        get(pension_amount::pension)
    }),
    endpoint(GET, "/persons", blank(LookUpPersons), || get(person::form)),
    endpoint(POST, "/persons", page(LookUpPersons, "search_persons"), || post(person::search_page)),
    endpoint(GET, "/persons/{person_id}", page(LookUpPersons, "look_up_person"), || get(person::card_page)),
    endpoint(GET, "/persons/{person_id}/contributions", page(LookUpPersons, "look_up_contribution"), || {
        get(contribution::page)
    }),
    endpoint(GET, "/persons/{person_id}/life", page(LookUpPersons, "look_up_life"), || get(pension_record::page)),
    endpoint(GET, "/persons/{person_id}/pension", page(LookUpPersons, "look_up_pension"), || get(pension_amount::page)),
    // 基礎年金番号の重複
    endpoint(GET, "/api/duplicates", api(LookUpPersons, "list_duplicates"), || get(duplicate::queue)),
    endpoint(GET, "/api/duplicates/{person_id}/{other_id}", api(LookUpPersons, "look_up_duplicate"), || {
        get(duplicate::card)
    }),
    endpoint(POST, "/api/duplicates/{person_id}/{other_id}/draft", api(Draft, "draft_duplicate"), || {
        post(duplicate::draft)
    }),
    endpoint(POST, "/api/duplicates/{person_id}/{other_id}/approve", api(Approve, "approve_duplicate"), || {
        post(duplicate::approve)
    }),
    endpoint(POST, "/api/duplicates/{person_id}/{other_id}/return", api(Approve, "return_duplicate"), || {
        post(duplicate::give_back)
    }),
    endpoint(GET, "/duplicates", blank(LookUpPersons), || get(duplicate::form)),
    endpoint(POST, "/duplicates", page(LookUpPersons, "list_duplicates"), || post(duplicate::list_page)),
    endpoint(GET, "/duplicates/{person_id}/{other_id}", page(LookUpPersons, "look_up_duplicate"), || {
        get(duplicate::card_page)
    }),
    endpoint(POST, "/duplicates/draft", page(Draft, "draft_duplicate"), || post(duplicate::draft_page)),
    endpoint(POST, "/duplicates/approve", page(Approve, "approve_duplicate"), || post(duplicate::approve_page)),
    endpoint(POST, "/duplicates/return", page(Approve, "return_duplicate"), || post(duplicate::give_back_page)),
    // 事業所
    endpoint(POST, "/api/employers/search", api(LookUpEmployers, "search_employers"), || post(employer::search)),
    endpoint(GET, "/api/employers/{employer_id}", api(LookUpEmployers, "look_up_employer"), || get(employer::card)),
    endpoint(GET, "/api/employers/{employer_id}/insured", api(LookUpEmployers, "list_insured"), || {
        get(employer::insured)
    }),
    endpoint(GET, "/employers", blank(LookUpEmployers), || get(employer::form)),
    endpoint(POST, "/employers", page(LookUpEmployers, "search_employers"), || post(employer::search_page)),
    endpoint(GET, "/employers/{employer_id}", page(LookUpEmployers, "look_up_employer"), || get(employer::card_page)),
];

/// The router of one online tier: every endpoint behind its guard.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        let guard = from_fn_with_state((app.clone(), endpoint), crate::guard::guard);
        router = router.route(endpoint.path, (endpoint.handler)().layer(guard));
    }
    router
        .fallback(|| async { TerminalError::NotFound { what: "この画面" } })
        .method_not_allowed_fallback(|| async { TerminalError::NotFound { what: "この操作" } })
        .layer(DefaultBodyLimit::max(app.0.config.body_bytes_max))
        .with_state(app)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_endpoint_is_there_twice() {
        let all: BTreeSet<(String, &str)> =
            ENDPOINTS.iter().map(|endpoint| (endpoint.method.to_string(), endpoint.path)).collect();
        assert_eq!(all.len(), ENDPOINTS.len());
    }

    #[test]
    fn only_these_are_open_to_all() {
        let open: Vec<&str> = ENDPOINTS
            .iter()
            .filter(|endpoint| endpoint.access == Access::Public)
            .map(|endpoint| endpoint.path)
            .collect();
        let expected =
            ["/healthz", "/readyz", "/metrics", "/openapi.json", "/style.css", "/sign-in", "/sign-in", "/api/sign-in"];
        assert_eq!(open, expected);
    }

    #[test]
    fn whatever_has_an_api_face_and_a_right_is_logged() {
        for endpoint in ENDPOINTS {
            if let (Access::Right(_), Face::Api) = (endpoint.access, endpoint.face) {
                assert!(matches!(endpoint.log, Log::Always(_)), "{} {}", endpoint.method, endpoint.path);
            }
        }
    }

    /// The API and the document that describes it are one set.
    #[test]
    fn the_document_describes_every_api_route_and_no_other() {
        let served: BTreeSet<(String, String)> = ENDPOINTS
            .iter()
            .filter(|endpoint| endpoint.face == Face::Api)
            .map(|endpoint| (endpoint.method.as_str().to_lowercase(), endpoint.path.to_owned()))
            .collect();
        let document = serde_json::to_value(openapi::document()).unwrap();
        let (mut described, mut names) = (BTreeSet::new(), BTreeSet::new());
        for (path, item) in document["paths"].as_object().unwrap() {
            for method in item.as_object().unwrap().keys().filter(|key| ["get", "post"].contains(&key.as_str())) {
                described.insert((method.clone(), path.clone()));
                assert!(names.insert(item[method]["operationId"].to_string()), "two operations of one name: {path}");
            }
        }
        assert_eq!(served, described);
    }
}
