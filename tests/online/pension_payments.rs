//! 支払の画面: which pension of which 支給事由 was awarded, accounted and paid.

use axum::http::StatusCode;
use jiff::civil::date;
use serde_json::json;
use tests::lives::Lives;

use crate::world::World;

const PERSON: i64 = 7_300;

/// Disability basic and survivors' employees' pension, paid once and held once.
fn rows(world: &World) {
    std::thread::scope(|scope| {
        let write = || {
            let mut session = world.office.session();
            let mut lives = Lives::new(&mut session);
            lives.person(PERSON, date(1958, 5, 10), 2);
            lives.sql(&format!(
                "INSERT INTO awards (person_id, manner, right_on, basic_of, employees_of, basic_yen, additional_yen, furikae_yen,
                     proportional_yen, transitional_yen, adjustment_yen, family_yen, stopped_yen, survivor_yen, basic_total_yen,
                     employees_total_yen, survivor_total_yen, cause, run_id, valid_from)
                 VALUES ({PERSON}, NULL, '2026-02-01', 'disability', NULL, 831700, 0, 0, 0, 0, 0, 0, 0, 600000, 831700, 0, 600000,
                     'choice', 'N1', '2026-03-01');
                 INSERT INTO pension_instalments (person_id, for_payment, ground, paid_in, basic_yen, employees_yen, survivor_yen,
                     february_basic_yen, february_employees_yen, cause, run_id)
                 VALUES ({PERSON}, '2026-06-01', 'disability', '2026-06-01', 138616, 0, 0, 0, 0, 'regular', 'N1'),
                     ({PERSON}, '2026-06-01', 'survivor', '2026-06-01', 0, 0, 100000, 0, 0, 'regular', 'N1');
                 INSERT INTO pension_payments (person_id, payment_on, kind, basic_yen, employees_yen, survivor_yen, set_off_yen,
                     income_tax_yen, long_term_care_yen, national_health_yen, late_elderly_yen, resident_tax_yen, net_yen,
                     held_reason, run_id)
                 VALUES ({PERSON}, '2026-06-15', 'regular', 138616, 0, 100000, 0, 0, 0, 0, 0, 0, 238616, NULL, 'N1'),
                     ({PERSON}, '2026-08-14', 'regular', 138616, 0, 100000, 0, 0, 0, 0, 0, 0, 238616, '口座なし', 'N2')"
            ));
        };
        scope.spawn(write).join().expect("rows are written");
    });
}

#[tokio::test]
async fn the_ground_of_each_pension_is_shown() {
    let world = World::new().await;
    rows(&world);
    let card = world.get("viewer", &format!("/api/persons/{PERSON}/pension?month=2026-07")).await.json();
    let award = &card["awards"][0];
    assert_eq!(
        (&award["basic_of"], &award["employees_of"], &award["survivor_yen"]),
        (&json!("disability"), &json!(null), &json!(600_000)),
        "{card}"
    );
    let of = |place: usize| {
        let payment = &card["payments"][place];
        (payment["grounds"].clone(), payment["survivor_yen"].clone(), payment["net_yen"].clone())
    };
    assert_eq!(of(0), (json!([]), json!(100_000), json!(238_616)), "held: nothing was accounted");
    assert_eq!(of(1), (json!(["disability", "survivor"]), json!(100_000), json!(238_616)));
    let grounds: Vec<_> = card["instalments"].as_array().expect("lines").iter().map(|line| &line["ground"]).collect();
    assert_eq!(grounds, [&json!("disability"), &json!("survivor")]);
    let page = world.page("viewer", &format!("/persons/{PERSON}/pension?purpose=person_inquiry&month=2026-07")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for said in ["障害 <span class=\"yen\">831,700円", "障害・遺族", "遺族厚生年金 (年額)", "支給事由", "年金の選択"]
    {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}
