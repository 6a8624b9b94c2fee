//! One look with a real browser, where there is one.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::health::free_port;
use crate::world::{Answer, PENSION_NUMBER, World, config, enrolment};

#[tokio::test]
async fn a_real_browser_shows_the_sign_in() {
    if Command::new("chromium").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        eprintln!("chromium がないため、この確認を省きます");
        return;
    }
    let world = World::new().await;
    let mut config = config(world.office.url());
    config.bind = ([127, 0, 0, 1], free_port()).into();
    let bind = config.bind;
    let server = tokio::spawn(online::serve(config, std::future::pending()));
    tokio::time::sleep(Duration::from_millis(200)).await;
    let profile = tempfile::tempdir().expect("a folder");
    let shown = tokio::task::spawn_blocking(move || {
        Command::new("chromium")
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("http://{bind}/"))
            .stderr(Stdio::null())
            .output()
    });
    let output =
        tokio::time::timeout(Duration::from_secs(120), shown).await.expect("in time").expect("run").expect("run");
    server.abort();
    let dom = String::from_utf8_lossy(&output.stdout);
    // From the menu to the sign-in, because nobody is signed in.
    assert!(dom.contains("<title>サインイン | 年輪</title>") && dom.contains("id=\"f-login\""), "{dom}");
}

/// Writes every page with its style into the folder `NENRIN_PAGES_DIR`, for whoever wants to look at them.
#[tokio::test]
async fn pages_can_be_written_down_to_be_looked_at() {
    let Some(folder) = std::env::var_os("NENRIN_PAGES_DIR") else { return };
    let world = World::new().await;
    let style = world.get("nobody", "/style.css").await.text;
    let write = |name: &str, page: &Answer| {
        let link = "<link rel=\"stylesheet\" href=\"/style.css\">";
        let whole = page.text.replace(link, &format!("<style>{style}</style>"));
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), whole).expect("written");
    };
    let number = world.received("key-1", &enrolment()).await;
    write("sign-in", &world.page("nobody", "/sign-in").await);
    write("menu", &world.page("both", "/").await);
    write("enrolment", &world.page("reception", "/filings/enrolment").await);
    write("coverage-end", &world.page("reception", "/filings/coverage-end").await);
    let typed =
        [("employer_symbol", "21-01-ﾃｽﾄ"), ("birth_on", "7-310501"), ("sender_key", "k"), ("purpose", "filing")];
    write("enrolment-wrong", &world.submit("reception", "/filings/enrolment", &typed).await);
    let mut right: Vec<(&str, &str)> = crate::pages::TYPED.to_vec();
    right.extend([("insured_number", "9"), ("basic_pension_number", "2101-300009"), ("birth_on", "7-020304")]);
    right.extend([("address_kana", "ﾄｳｷﾖｳﾄ"), ("sender_key", "k"), ("purpose", "filing")]);
    write("enrolment-received", &world.submit("reception", "/filings/enrolment", &right).await);
    let course = [("reception_number", number.as_str()), ("purpose", "examination")];
    world.submit("examiner", "/approvals/draft", &course).await;
    write("course", &world.submit("approver", "/filings", &course).await);
    write("waiting", &world.submit("examiner", "/approvals", &[("wait", "draft"), ("purpose", "examination")]).await);
    let person = [("basic_pension_number", PENSION_NUMBER), ("purpose", "person_inquiry")];
    write("persons", &world.submit("viewer", "/persons", &person).await);
    write("person", &world.page("viewer", &format!("/persons/{}?purpose=person_inquiry", world.person_id)).await);
    let amount = format!("/persons/{}/contributions?purpose=person_inquiry&month=2026-09", world.person_id);
    write("contribution", &world.page("viewer", &amount).await);
    write("employers", &world.submit("viewer", "/employers", &[("text", "試験"), ("purpose", "filing")]).await);
    write("employer", &world.page("viewer", &format!("/employers/{}?purpose=filing", world.employer_id)).await);
    let far = format!("/employers/{}?purpose=filing", world.far_employer_id);
    write("other-office", &world.page("viewer", &far).await);
}
