//! Load from many terminals: requests at a steady rate, or as fast as the answers come.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use serde_json::Value;

use super::measure::Latencies;

/// One request that a terminal will send.
pub struct Request {
    /// Where to.
    pub path: String,
    /// The sender's key.
    pub key: String,
    /// The form.
    pub body: Value,
}

/// What came of a load.
pub struct Load {
    /// From the first request to the last answer.
    pub seconds: f64,
    /// Times of the answers that were a reception.
    pub latencies: Latencies,
    /// Answers that were not, with the first one's text.
    pub failures: usize,
    /// The first failure's answer.
    pub first_failure: Option<String>,
}

/// A signed-in terminal, shared by all workers.
pub struct Terminal {
    client: Client,
    base: String,
    token: String,
}

impl Terminal {
    /// Signs in.
    pub async fn sign_in(base: &str, login: &str, password: &str) -> Result<Terminal, Box<dyn std::error::Error>> {
        let client = Client::builder().pool_max_idle_per_host(64).timeout(Duration::from_secs(30)).build()?;
        let form = serde_json::json!({ "login": login, "password": password });
        let answer = client.post(format!("{base}/api/sign-in")).json(&form).send().await?.error_for_status()?;
        let token = answer.json::<Value>().await?["token"].as_str().unwrap_or_default().to_owned();
        Ok(Terminal { client, base: base.to_owned(), token })
    }

    /// Sends one filing; gives the text of the answer when it is no reception.
    pub async fn file(&self, request: &Request) -> Result<(), String> {
        self.send(request).await.map(|_| ())
    }

    /// Sends one filing and gives its 受付番号.
    pub async fn file_for_reception(&self, request: &Request) -> Result<String, String> {
        let text = self.send(request).await?;
        let receipt: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        receipt["reception_number"].as_str().map(str::to_owned).ok_or(text)
    }

    async fn send(&self, request: &Request) -> Result<String, String> {
        let answer = self
            .client
            .post(format!("{}{}", self.base, request.path))
            .bearer_auth(&self.token)
            .header("Idempotency-Key", &request.key)
            .header("X-Purpose", "filing")
            .json(&request.body)
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| error.to_string())?;
        if status == StatusCode::CREATED { Ok(text) } else { Err(format!("{status} {text}")) }
    }

    /// Sends one look-up.
    pub async fn get(&self, path: &str) -> Result<Value, Box<dyn std::error::Error>> {
        let answer = self
            .client
            .get(format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("X-Purpose", "person_inquiry")
            .send()
            .await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Sends a change without a sender's key, such as an approval.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Box<dyn std::error::Error>> {
        let answer = self
            .client
            .post(format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("X-Purpose", "examination")
            .json(body)
            .send()
            .await?;
        let status = answer.status();
        let text = answer.text().await?;
        if !status.is_success() {
            return Err(format!("{path}: {status} {text}").into());
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

/// Sends every request from so many terminals. With a rate, each request has its moment and its time counts from
/// that moment, so that a stall is seen by everybody who would have waited; without one, each terminal sends its
/// next request when it has the answer.
pub async fn send(terminal: Arc<Terminal>, requests: Vec<Request>, terminals: usize, per_second: Option<u32>) -> Load {
    let began = Instant::now();
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let workers: Vec<_> = (0..terminals)
        .map(|_| tokio::spawn(work(terminal.clone(), requests.clone(), next.clone(), began, per_second)))
        .collect();
    let mut times = Vec::with_capacity(requests.len());
    let mut failed: Vec<String> = Vec::new();
    for worker in workers {
        let (done, refused) = worker.await.unwrap_or_default();
        times.extend(done);
        failed.extend(refused);
    }
    Load {
        seconds: began.elapsed().as_secs_f64(),
        latencies: Latencies::new(times),
        failures: failed.len(),
        first_failure: failed.into_iter().next(),
    }
}

async fn work(
    terminal: Arc<Terminal>,
    requests: Arc<Vec<Request>>,
    next: Arc<AtomicUsize>,
    began: Instant,
    per_second: Option<u32>,
) -> (Vec<Duration>, Vec<String>) {
    let mut times = Vec::new();
    let mut failed = Vec::new();
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let Some(request) = requests.get(place) else { return (times, failed) };
        let moment = match per_second {
            Some(rate) => {
                let moment = began + Duration::from_secs_f64(place as f64 / f64::from(rate));
                tokio::time::sleep_until(moment.into()).await;
                moment
            }
            None => Instant::now(),
        };
        match terminal.file(request).await {
            Ok(()) => times.push(moment.elapsed()),
            Err(text) => failed.push(text),
        }
    }
}
