//! 故障の注入 — the places where tests kill the night.
//!
//! `NENRIN_FAULT=<job>:<partition>:<point>` kills the process (SIGKILL, nothing is cleaned up) when it gets there.
//! Points of a run (job `run`, partition 0): `planning` (cut-off taken, plan not yet frozen), `planned`. Of a job
//! (partition -1): `partitioning` (divided, not yet frozen), `recounted` (counted again, not yet done).
//! Of a partition: `compute`, `before_commit`, `after_commit` (between commit and rename), `after_rename`.

use std::sync::OnceLock;

static FAULT: OnceLock<Option<String>> = OnceLock::new();

/// Dies here when the environment says so.
pub fn reach(job: &str, partition_no: i32, point: &str) {
    let fault = FAULT.get_or_init(|| std::env::var("NENRIN_FAULT").ok().filter(|text| !text.is_empty()));
    let Some(fault) = fault else { return };
    if *fault == format!("{job}:{partition_no}:{point}") {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        std::process::abort();
    }
}
