//! 届書の受付・経過・決裁.

use serde_json::json;
use store::filings::{self, By, Step};
use store::night::applications;
use store::{Db, StoreError, examination};
use tests::TestOffice;

use crate::world::{filed, new_filing, settle};

/// Filings that a night would find that took its cut-off now.
async fn waiting(db: &impl Db) -> i64 {
    let cutoff_at = db.row("SELECT clock_timestamp()", &[]).await.expect("a clock").get(0);
    applications::waiting(db, cutoff_at).await.expect("counted").iter().map(|(_, count)| count).sum()
}

#[tokio::test]
async fn a_key_of_the_sender_is_one_reception() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let (payload, other) = (json!({"a": 1}), json!({"a": 2}));
    let first = filings::receive(&db, &new_filing(world.employer_id, "k", &payload)).await.expect("received");
    assert!(!first.repeated && first.reception_number.starts_with("1301-20260420-"), "{first:?}");
    let again = filings::receive(&db, &new_filing(world.employer_id, "k", &payload)).await.expect("received");
    assert_eq!((again.filing_id, again.repeated, again.same_content), (first.filing_id, true, true));
    assert_eq!(again.reception_number, first.reception_number);
    let changed = filings::receive(&db, &new_filing(world.employer_id, "k", &other)).await.expect("received");
    assert_eq!((changed.filing_id, changed.repeated, changed.same_content), (first.filing_id, true, false));
    let same = new_filing(world.employer_id, "another key", &payload).content_sha256();
    let found = examination::same_content(&db, &[same.as_slice()]).await.expect("looked up");
    assert_eq!(found, [(same.to_vec(), first.reception_number)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_senders_of_one_key_get_one_reception() {
    let office = TestOffice::new();
    let (mut one, mut two) = (office.connect().await, office.connect().await);
    let world = settle(&one).await;
    let payload = json!({"a": 1});
    for round in 0..20 {
        let key = round.to_string();
        let filing = new_filing(world.employer_id, &key, &payload);
        // The first holds its row open while the second arrives.
        let first = one.transaction().await.expect("a transaction");
        let reception = filings::receive(&first, &filing).await.expect("received");
        let second = async {
            let second = two.transaction().await.expect("a transaction");
            let reception = filings::receive(&second, &filing).await.expect("received");
            second.commit().await.expect("committed");
            reception
        };
        let commit = async {
            tokio::task::yield_now().await;
            first.commit().await.expect("committed");
        };
        let (again, ()) = tokio::join!(second, commit);
        assert_eq!((again.filing_id, again.repeated), (reception.filing_id, true), "round {round}");
    }
    let count: i64 = one.row("SELECT count(*) FROM filings", &[]).await.expect("counted").get(0);
    assert_eq!(count, 20);
}

#[tokio::test]
async fn many_at_once_keep_their_order_and_know_repeats() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let payloads: Vec<_> = (0..500).map(|number| json!({"number": number})).collect();
    let keys: Vec<String> = (0..500).map(|number| (number % 400).to_string()).collect();
    let known = filed(&db, world.employer_id, "7").await;
    let news: Vec<_> =
        payloads.iter().zip(&keys).map(|(payload, key)| new_filing(world.employer_id, key, payload)).collect();
    let receptions = filings::receive_many(&db, &news).await.expect("received");
    assert_eq!(receptions.len(), 500);
    assert_eq!((receptions[7].filing_id, receptions[7].repeated), (known.filing_id, true));
    for (place, reception) in receptions.iter().enumerate() {
        assert_eq!(reception.repeated, place >= 400 || place == 7, "{place}");
        assert_eq!(reception.filing_id, receptions[place % 400].filing_id, "{place}");
        let filing = filings::find(&db, reception.filing_id).await.expect("read").expect("there");
        assert_eq!(filing.reception_number, reception.reception_number);
        if place < 400 && place != 7 {
            assert_eq!(filing.payload, payloads[place]);
        }
    }
    let again = filings::receive_many(&db, &news).await.expect("received");
    assert!(again.iter().all(|reception| reception.repeated));
    assert!(filings::receive_many(&db, &[]).await.expect("nothing").is_empty());
}

#[tokio::test]
async fn a_course_is_told_step_by_step() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let payload = json!({});
    let filing_id =
        filings::receive(&db, &new_filing(world.employer_id, "1", &payload)).await.expect("received").filing_id;
    let clerk = By::Clerk(world.clerk_id);
    for step in [Step::Received, Step::Entered, Step::Examined] {
        filings::append_step(&db, filing_id, step, clerk, None).await.expect("a step");
    }
    filings::draft(&db, filing_id, world.clerk_id, true, Some(&json!({"標準報酬月額": 300_000})), None)
        .await
        .expect("drafted");
    assert!(filings::decision(&db, filing_id).await.expect("read").expect("there").is_draft());
    let twice = filings::draft(&db, filing_id, world.approver_id, true, None, None).await;
    assert!(matches!(twice, Err(StoreError::CourseMoved(_))), "{twice:?}");
    let own = filings::decide(&db, filing_id, world.clerk_id, true, None).await;
    assert!(matches!(own, Err(StoreError::SamePersonDecides(_))), "{own:?}");
    assert_eq!(waiting(&db).await, 0);
    filings::decide(&db, filing_id, world.approver_id, true, Some("適当と認める")).await.expect("decided");
    assert_eq!(waiting(&db).await, 1);
    let late = filings::decide(&db, filing_id, world.approver_id, false, None).await;
    assert!(matches!(late, Err(StoreError::AlreadySuperseded)), "{late:?}");

    let course = filings::course(&db, filing_id).await.expect("read");
    let steps: Vec<Step> = course.iter().map(|step| step.step).collect();
    assert_eq!(steps, [Step::Received, Step::Entered, Step::Examined, Step::Drafted, Step::Approved]);
    assert_eq!(course[4].by_clerk, Some(world.approver_id));
    assert_eq!(filings::state(&db, filing_id).await.expect("read"), Some(Step::Approved));
    let decision = filings::decision(&db, filing_id).await.expect("read").expect("there");
    assert_eq!((decision.drafted_by, decision.approved_by), (Some(world.clerk_id), Some(world.approver_id)));
    assert_eq!(decision.receipt.expect("kept")["標準報酬月額"], 300_000);
    let listed = filings::list(&db, "1301", Some(Step::Approved), None, 10).await.expect("listed");
    assert_eq!(listed.len(), 1);
    assert!(filings::list(&db, "1301", Some(Step::Drafted), None, 10).await.expect("listed").is_empty());
    assert!(filings::list(&db, "1301", None, Some(filing_id), 10).await.expect("listed").is_empty());
}

#[tokio::test]
async fn the_night_takes_what_was_approved_before_its_cutoff() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let early = filed(&db, world.employer_id, "early").await;
    let cutoff_at = db.row("SELECT clock_timestamp()", &[]).await.expect("a clock").get(0);
    filed(&db, world.employer_id, "late").await;
    let queued = applications::queued(&db, 0, i64::MAX, cutoff_at).await.expect("read");
    assert_eq!(queued.iter().map(|filing| filing.filing_id).collect::<Vec<_>>(), [early.filing_id]);
    assert!(!queued[0].by_person, "approved by rule");
    assert!(applications::queued(&db, world.employer_id + 1, i64::MAX, cutoff_at).await.expect("read").is_empty());
    assert_eq!(applications::waiting(&db, cutoff_at).await.expect("counted"), [(world.employer_id, 1)]);
    assert_eq!(filings::dequeue(&db, &[early.filing_id]).await.expect("taken out"), 1);
    assert!(applications::waiting(&db, cutoff_at).await.expect("counted").is_empty());
    assert_eq!(waiting(&db).await, 1);
}

#[tokio::test]
async fn a_filing_of_nobody_is_refused() {
    let office = TestOffice::new();
    let db = office.connect().await;
    settle(&db).await;
    let payload = json!({});
    let refused = filings::receive(&db, &new_filing(999, "1", &payload)).await;
    assert!(matches!(refused, Err(StoreError::UnknownReference(_))), "{refused:?}");
}
