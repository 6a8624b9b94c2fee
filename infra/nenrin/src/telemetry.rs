//! Tracing: quiet by default, to OpenTelemetry (OTLP over HTTP) where an endpoint is configured.

use std::io::IsTerminal;

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Keeps the exporter alive; what is still buffered leaves when it is dropped.
pub struct Telemetry(Option<SdkTracerProvider>);

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(provider) = self.0.take() {
            // The work is done; an exporter that cannot be reached must not turn it into a failure.
            let _ = provider.shutdown();
        }
    }
}

/// Starts logging to standard error (`NENRIN_LOG`, default `warn`, `info` for servers) and, with
/// `OTEL_EXPORTER_OTLP_ENDPOINT` set, spans to that collector.
pub fn start(default_level: &str) -> Telemetry {
    let filter = EnvFilter::try_from_env("NENRIN_LOG").unwrap_or_else(|_| EnvFilter::new(default_level));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let lines = if std::io::stderr().is_terminal() { lines.boxed() } else { lines.json().boxed() };
    let provider = exporter();
    let spans = provider.as_ref().map(|provider| {
        tracing_opentelemetry::layer().with_tracer(provider.tracer("nenrin")).with_filter(span_filter())
    });
    // A second start in one process (tests) keeps the first.
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).with(spans).try_init();
    Telemetry(provider)
}

/// Spans of the house, not of the libraries below it.
fn span_filter() -> EnvFilter {
    EnvFilter::new("off,nenrin=info,online=info,batch=info,store=info,print=info")
}

fn exporter() -> Option<SdkTracerProvider> {
    std::env::var_os("OTEL_EXPORTER_OTLP_ENDPOINT")?;
    let exporter = opentelemetry_otlp::SpanExporter::builder().with_http().build();
    match exporter {
        Ok(exporter) => Some(
            SdkTracerProvider::builder()
                .with_resource(Resource::builder().with_service_name("nenrin").build())
                .with_batch_exporter(exporter)
                .build(),
        ),
        Err(error) => {
            eprintln!("OTLP の送り先を使えません。OTEL_EXPORTER_OTLP_ENDPOINT を確かめてください: {error}");
            None
        }
    }
}
