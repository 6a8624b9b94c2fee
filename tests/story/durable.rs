//! An acknowledged filing survives the sudden death of everything.

use std::process::Command;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::program::Office;

/// So many filings are acknowledged, and more are under way, when everything dies.
const ACKNOWLEDGED_BEFORE_THE_KILL: usize = 20;

pub const PASSWORD: &str = "正しい合言葉 correct";

#[test]
fn a_filing_acknowledged_before_kill_9_is_there_after_the_restart() {
    let office = Office::new();
    office.json(&["populate", "--people", "500", "--lives", "0"]);
    let clerk = "clerk uketsuke --name 受付一子 --office 1301 --roles reception,viewer --area nation";
    office.json(&clerk.split(' ').collect::<Vec<_>>());
    office.json(&["up"]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let receptions = runtime.block_on(file_and_kill(&office));
    assert!(receptions.len() >= ACKNOWLEDGED_BEFORE_THE_KILL, "nothing was killed: {receptions:?}");

    office.json(&["up"]);
    runtime.block_on(async {
        let token = sign_in(&office).await;
        for reception in &receptions {
            let course = get(&office, &token, &format!("/api/filings/{reception}")).await;
            assert_eq!(course["reception_number"], *reception, "{course}");
        }
    });
    // The access log is whole, too.
    assert!(office.run(&["verify"]).status.success());
}

/// Files as fast as it goes from several terminals and kills the database and the online tier in the middle.
async fn file_and_kill(office: &Office) -> Vec<String> {
    let token = sign_in(office).await;
    let mut senders = JoinSet::new();
    for number in 0..200_u32 {
        let (address, token) = (office.address(), token.clone());
        senders.spawn(async move { file(&address, &token, number).await });
    }
    let mut receptions = Vec::new();
    while let Some(sender) = senders.join_next().await {
        receptions.extend(sender.expect("a sender ends"));
        if receptions.len() == ACKNOWLEDGED_BEFORE_THE_KILL {
            kill_everything(office);
        }
    }
    receptions
}

/// `kill -9` to the postmaster with all its processes and to the online tier.
fn kill_everything(office: &Office) {
    let folder = office.folder();
    let cluster: Value = serde_json::from_str(
        &std::fs::read_to_string(folder.join("cluster.json")).expect("the office notes where its cluster is"),
    )
    .expect("JSON");
    let data = cluster["data_dir"].as_str().expect("where the data lies").to_owned();
    let postmaster = std::fs::read_to_string(format!("{data}/postmaster.pid")).expect("it runs");
    let postmaster = postmaster.lines().next().expect("its process").trim().to_owned();
    let online = std::fs::read_to_string(folder.join("online.pid")).expect("it runs");
    let script = format!("kill -9 {} $(pgrep -P {postmaster}) {postmaster}", online.trim());
    Command::new("sh").args(["-c", &script]).status().expect("a shell");
}

async fn sign_in(office: &Office) -> String {
    let form = json!({ "login": "uketsuke", "password": PASSWORD });
    let answer = reqwest::Client::new().post(format!("{}/api/sign-in", office.address())).json(&form).send().await;
    let answer = answer.expect("the terminal answers").error_for_status().expect("a sign-in");
    answer.json::<Value>().await.expect("JSON")["token"].as_str().expect("a token").to_owned()
}

async fn get(office: &Office, token: &str, path: &str) -> Value {
    let request = reqwest::Client::new().get(format!("{}{path}", office.address()));
    let answer = request.bearer_auth(token).header("X-Purpose", "filing").send().await.expect("the terminal answers");
    answer.json().await.expect("JSON")
}

/// One 資格取得届 at the sample employer; its reception when it was acknowledged.
async fn file(address: &str, token: &str, number: u32) -> Option<String> {
    let form = json!({
        "employer_symbol": "21-01-ﾃｽﾄ", "office_number": "12345", "insured_number": 1_000 + number,
        "insured_name_kana": "ﾈﾝﾘﾝ ﾐﾉﾘ", "insured_name_kanji": "年輪　実",
        "birth_on": "1986-07-15", "kind_sex": "2", "acquisition_kind": "1",
        "basic_pension_number": format!("2199-{:06}", 500_000 + number),
        "acquired_on": "2026-07-01", "has_dependants": false, "pay_cash": 300_000, "pay_in_kind": 0,
        "zip": "100-0001", "address_kana": "ﾄｳｷｮｳﾄﾁﾖﾀﾞｸﾁﾖﾀﾞ1-1", "address_kanji": "東京都千代田区千代田１－１",
    });
    let request = reqwest::Client::new().post(format!("{address}/api/filings/enrolment"));
    let request = request.bearer_auth(token).header("Idempotency-Key", format!("k-{number}"));
    let answer = request.header("X-Purpose", "filing").json(&form).send().await.ok()?;
    if answer.status().as_u16() != 201 {
        return None;
    }
    let receipt: Value = answer.json().await.ok()?;
    receipt["reception_number"].as_str().map(str::to_owned)
}
