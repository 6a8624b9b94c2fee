//! 実行権 — a lease with a heartbeat: one night at a time, and a dead owner's run can be taken over.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use store::night::runs::{self, LEASE_SECONDS, Run};
use store::{Session, Settings};

/// Runs that live in this very process: the process number alone would not tell a dead one from ours.
static OURS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// `host:pid` of this process.
pub fn owner() -> String {
    format!("{}:{}", host(), std::process::id())
}

fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Whether the owner of a run is certainly gone: its lease has run out, or it was on this host and is no more.
pub fn is_dead(run: &Run) -> bool {
    if run.state == "stopped" || run.lease_expired {
        return true;
    }
    let Some((owner_host, pid)) = run.lease_owner.rsplit_once(':') else { return false };
    if owner_host != host() {
        return false;
    }
    if pid == std::process::id().to_string() {
        return !OURS.lock().expect("nothing panics while holding it").contains(&run.run_id);
    }
    let pid = pid.parse().ok().and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH))
}

/// A lease that is being kept alive by a thread of its own until it is dropped.
pub struct Lease {
    run_id: String,
    lost: Arc<AtomicBool>,
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Lease {
    /// Starts the heartbeat of a run that this process has just begun or taken over.
    pub fn keep(url: &str, run_id: &str, owner: &str) -> Lease {
        OURS.lock().expect("nothing panics while holding it").push(run_id.to_owned());
        let (stop, stopped) = mpsc::channel();
        let lost = Arc::new(AtomicBool::new(false));
        let settings = Settings::new(url).named("nenrin-night-lease");
        let thread = std::thread::spawn({
            let (lost, run_id, owner) = (Arc::clone(&lost), run_id.to_owned(), owner.to_owned());
            move || beat(&settings, &run_id, &owner, &lost, &stopped)
        });
        Lease { run_id: run_id.to_owned(), lost, stop: Some(stop), thread: Some(thread) }
    }

    /// True when somebody else has the run now.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        OURS.lock().expect("nothing panics while holding it").retain(|run_id| *run_id != self.run_id);
    }
}

/// Beats until told to stop. A database that does not answer is tried again: the lease runs out by itself.
fn beat(settings: &Settings, run_id: &str, owner: &str, lost: &AtomicBool, stopped: &mpsc::Receiver<()>) {
    let pause = Duration::from_secs_f64(LEASE_SECONDS / 6.0);
    let mut session: Option<Session> = None;
    while let Err(mpsc::RecvTimeoutError::Timeout) = stopped.recv_timeout(pause) {
        if session.is_none() {
            session = Session::open(settings).ok();
        }
        let Some(open) = session.as_mut() else { continue };
        match open.run(async |db| runs::heartbeat(&*db, run_id, owner).await) {
            Ok(true) => {}
            Ok(false) => lost.store(true, Ordering::Relaxed),
            Err(error) => {
                tracing::warn!(%error, run_id, "heartbeat failed");
                session = None;
            }
        }
    }
}
