//! 計測 — what Prometheus reads at `/metrics`. Labels are routes, forms and outcomes, never a person.

use std::time::Duration;

use deadpool_postgres::Pool;
use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
};

/// The figures of one online tier.
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    filings: IntCounterVec,
    log_batch: Histogram,
    log_failures: IntCounter,
    sign_in_failures: IntCounter,
    pool_size: IntGauge,
    pool_free: IntGauge,
    pool_waiting: IntGauge,
}

const LATENCY_BUCKETS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];
const BATCH_BUCKETS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

impl Metrics {
    pub(crate) fn new() -> Result<Metrics, prometheus::Error> {
        let latency = HistogramOpts::new("nenrin_http_request_seconds", "要求から回答までの秒数");
        let batch = HistogramOpts::new("nenrin_access_log_batch_entries", "アクセス記録の一回の書込みの件数");
        let metrics = Metrics {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("nenrin_http_requests_total", "要求の件数"),
                &["method", "route", "status"],
            )?,
            seconds: HistogramVec::new(latency.buckets(LATENCY_BUCKETS.to_vec()), &["method", "route"])?,
            filings: IntCounterVec::new(Opts::new("nenrin_filings_total", "届書の件数"), &["form", "outcome"])?,
            log_batch: Histogram::with_opts(batch.buckets(BATCH_BUCKETS.to_vec()))?,
            log_failures: IntCounter::new("nenrin_access_log_failures_total", "アクセス記録の書込みの失敗")?,
            sign_in_failures: IntCounter::new("nenrin_sign_in_failures_total", "サインインの失敗")?,
            pool_size: IntGauge::new("nenrin_pool_connections", "データベース接続の数")?,
            pool_free: IntGauge::new("nenrin_pool_connections_free", "空いているデータベース接続の数")?,
            pool_waiting: IntGauge::new("nenrin_pool_waiting", "接続を待つ要求の数")?,
        };
        metrics.register()?;
        Ok(metrics)
    }

    fn register(&self) -> Result<(), prometheus::Error> {
        let registry = &self.registry;
        registry.register(Box::new(self.requests.clone()))?;
        registry.register(Box::new(self.seconds.clone()))?;
        registry.register(Box::new(self.filings.clone()))?;
        registry.register(Box::new(self.log_batch.clone()))?;
        registry.register(Box::new(self.log_failures.clone()))?;
        registry.register(Box::new(self.sign_in_failures.clone()))?;
        registry.register(Box::new(self.pool_size.clone()))?;
        registry.register(Box::new(self.pool_free.clone()))?;
        registry.register(Box::new(self.pool_waiting.clone()))
    }

    pub(crate) fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[method, route]).observe(took.as_secs_f64());
    }

    pub(crate) fn filing(&self, form: &str, outcome: &str) {
        self.filings.with_label_values(&[form, outcome]).inc();
    }

    pub(crate) fn log_batch(&self, entries: usize, written: bool) {
        self.log_batch.observe(entries as f64);
        if !written {
            self.log_failures.inc();
        }
    }

    pub(crate) fn sign_in_failed(&self) {
        self.sign_in_failures.inc();
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, pool: &Pool) -> String {
        let status = pool.status();
        self.pool_size.set(status.size as i64);
        self.pool_free.set(status.available as i64);
        self.pool_waiting.set(status.waiting as i64);
        let mut out = Vec::new();
        match TextEncoder::new().encode(&self.registry.gather(), &mut out) {
            Ok(()) => String::from_utf8_lossy(&out).into_owned(),
            Err(error) => {
                tracing::error!(%error, "metrics cannot be encoded");
                String::new()
            }
        }
    }
}
