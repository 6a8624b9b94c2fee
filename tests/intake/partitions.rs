//! However the employers are divided, the facts come out the same.

use batch::run::KeyRange;

use crate::world::{Divided, World, bonus, coverage_end, enrolment, enrolment_at, media, media_of};

/// An office where twelve employers hire, pay and dismiss, and share some of the people.
fn busy_office() -> (World, Vec<i64>) {
    let world = World::new();
    let mut employers = vec![world.employer_id];
    for place in 1..12 {
        let symbol = format!("K{place:02}");
        employers.push(world.employer(&symbol, &format!("{:05}", 20_000 + place), "1301"));
    }
    let own = [
        enrolment("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "2101,100007", "9,080401", 240_000),
        enrolment("", "ｼﾝｼﾞﾝ ｼﾞﾛｳ", "7,130109", "2101,100008", "9,080501", 240_000),
        bonus("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "9,080630", 300_000),
        coverage_end("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", "2101,100007", "9,080801", "9,080731"),
    ];
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let mut files = vec![world.file("own/SHFD0006.CSV", &media(1, &own))];
    for place in 1..12 {
        let employer = format!("K{place:02},{:05}", 20_000 + place);
        let lines: Vec<String> = (0..4)
            .map(|person| {
                // Every third person is hired by two employers on one night.
                let serial = 200_000 + if person == 0 { place / 2 } else { place * 10 + person };
                let acquired = format!("9,0804{:02}", 1 + person);
                let pension = format!("2101,{serial:06}");
                let birth = format!("7,12{:02}01", 1 + serial % 12);
                enrolment_at(&employer, "", "ｷｮｳﾂｳ ﾀﾛｳ", &birth, &pension, &acquired, 200_000 + 10_000 * person)
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        files.push(world.file(&format!("{place}/SHFD0006.CSV"), &media_of(1, &[&employer], &lines)));
    }
    // One after the other, so that filings have the same numbers in every office.
    for file in files {
        let summary = world.intake(&[file]);
        assert_eq!(summary.records_refused, 0, "{:?}", world.rows("SELECT * FROM media_problems"));
    }
    (world, employers)
}

/// Every fact, without the instants of the night.
fn facts(world: &World) -> Vec<String> {
    let without = "- '{known_at,superseded_at,at,committed_at}'::text[]";
    let mut all = Vec::new();
    for table in [
        "persons",
        "person_identities",
        "person_numbers",
        "addresses",
        "coverage_spells",
        "standard_remunerations",
        "bonuses",
        "filing_steps",
        "application_queue",
        "decisions",
    ] {
        let gone = match table {
            "persons" | "filing_steps" | "application_queue" => "",
            _ => ", superseded_at IS NULL AS current",
        };
        all.extend(world.rows(&format!(
            "SELECT '{table}' AS name{gone}, (to_jsonb(t) - 'approved_at' {without})::text AS fact FROM {table} t ORDER BY fact"
        )));
    }
    all.extend(world.rows("SELECT subject, verdict, code, message FROM run_verdicts ORDER BY subject"));
    all
}

#[test]
fn any_division_of_the_employers_gives_the_same_facts() {
    let whole = {
        let (world, employers) = busy_office();
        let all = KeyRange { from: employers[0], to: employers[11] + 1 };
        world.apply_with(&Divided(vec![all]));
        facts(&world)
    };
    assert!(whole.iter().any(|row| row.contains("person_being_registered")), "people are shared");
    assert!(whole.len() > 100);
    let cuts: [&[usize]; 3] = [&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], &[3, 4, 9], &[6]];
    for (place, cut) in cuts.iter().enumerate() {
        let (world, employers) = busy_office();
        let mut bounds: Vec<i64> = std::iter::once(0).chain(cut.iter().copied()).map(|at| employers[at]).collect();
        bounds.push(employers[11] + 1);
        let mut ranges: Vec<KeyRange> = bounds.windows(2).map(|pair| KeyRange { from: pair[0], to: pair[1] }).collect();
        if place == 1 {
            ranges.reverse(); // partitions may also come in another order
        }
        world.apply_with(&Divided(ranges));
        assert_eq!(facts(&world), whole, "cut at {cut:?}");
    }
}
