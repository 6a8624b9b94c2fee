//! OpenAPI — the document of every API route, served at `/openapi.json`.

use axum::Json;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::transactions::{
    approval, contribution, correction, course, coverage_end, duplicate, employer, enrolment, leave_end,
    pension_amount, pension_forms, pension_record, person, sign_in, workplace_selection,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "年輪 オンライン", description = "社会保険の届書・照会・決裁の API。X-Purpose (利用目的) は filing 届書の処理, person_inquiry 本人からの照会, employer_inquiry 事業主からの照会, examination 審査・決裁, correction 記録の訂正, audit 監査 のどれか。照会と変更はすべてアクセス記録に残る。"),
    paths(
        sign_in::by_api, sign_in::out_by_api,
        enrolment::enrol, coverage_end::end_coverage, correction::correct, leave_end::end_of_leave,
        workplace_selection::choose,
        pension_forms::claim, pension_forms::correct_category, pension_forms::death, pension_forms::claim_unpaid,
        pension_forms::change_payee, pension_forms::decide_relief,
        pension_forms::grounds::claim_disability, pension_forms::grounds::revise_grade,
        pension_forms::grounds::claim_survivor, pension_forms::grounds::end_survivor,
        pension_forms::grounds::choose_pension, pension_forms::split_pension,
        course::course, approval::waiting, approval::draft, approval::give_back, approval::approve,
        approval::refuse, approval::approve_many,
        person::search, person::card, contribution::contribution, pension_record::record, pension_amount::pension,
        duplicate::queue, duplicate::card, duplicate::draft, duplicate::approve, duplicate::give_back,
        employer::search, employer::card, employer::insured,
    ),
    security(("bearer" = [])),
    modifiers(&Bearer),
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
        }
    }
}

/// The document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// `GET /openapi.json`.
pub(crate) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}
