//! Two operators, one night; a database that goes away.

use std::process::Stdio;

use crate::office::Country;

#[test]
fn two_nights_at_once_and_one_runs() {
    let country = Country::of(1_000);
    // An old transaction keeps the first night in planning until the second has tried.
    let mut old = country.office.session();
    old.run(async |db| db.batch_execute("BEGIN; SELECT now()").await.expect("a transaction begins"));
    let first =
        country.command("run").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the runner starts");
    while country.one::<i64>("SELECT count(*) FROM runs WHERE cutoff_at IS NOT NULL") == 0 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let second = country.runner("run", "");
    let taken_over = country.runner("resume", "");
    for refused in [second, taken_over] {
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains("[already_running]"), "{said}");
        assert!(said.contains(&format!(":{}", first.id())) && said.contains("計画中"), "it names the owner: {said}");
    }
    old.run(async |db| db.batch_execute("ROLLBACK").await.expect("the transaction ends"));
    let done = first.wait_with_output().expect("the first night ends");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(country.one::<i64>("SELECT count(*) FROM runs"), 1);
}

#[test]
fn many_start_at_the_same_moment_and_one_runs() {
    let country = Country::of(500);
    let start =
        |_| country.command("run").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the runner starts");
    let all: Vec<_> = (0..4).map(start).collect();
    let ended: Vec<_> = all.into_iter().map(|one| one.wait_with_output().expect("it ends")).collect();
    let refused = ended.iter().filter(|one| String::from_utf8_lossy(&one.stderr).contains("[already_running]")).count();
    let done = ended.iter().filter(|one| one.status.success()).count();
    assert_eq!(done + refused, 4, "{ended:?}");
    assert_eq!(
        country.one::<i64>("SELECT count(*) FROM run_jobs WHERE job = 'assessment'"),
        1,
        "July is assessed once"
    );
}

#[test]
fn a_second_night_of_the_same_date_assesses_nothing_again() {
    let country = Country::of(500);
    let first = country.night().expect("the night runs");
    let posted: i64 = country.one("SELECT count(*) FROM journal");
    let second = country.night().expect("another night runs");
    assert_eq!((first.run_id.as_str(), second.run_id.as_str()), ("N20260817-1", "N20260817-2"));
    assert!(second.months.is_empty());
    assert_eq!(country.one::<i64>("SELECT count(*) FROM journal"), posted);
}
