//! サインインの失敗の制限 — after repeated failures a name is not tried again for a while, ever longer.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Failures that are free: people mistype.
const FREE_FAILURES: u32 = 5;
/// Longest pause.
const PAUSE_MAX: Duration = Duration::from_secs(15 * 60);
/// Names remembered at once; beyond it the oldest are forgotten.
const NAMES_MAX: usize = 10_000;

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// 2, 4, 8 … seconds after the free ones.
    fn pause(self) -> Duration {
        match self.count.checked_sub(FREE_FAILURES) {
            None => Duration::ZERO,
            Some(over) => Duration::from_secs(2_u64.saturating_pow(over.min(20) + 1)).min(PAUSE_MAX),
        }
    }
}

/// Failures by name, in memory of this process: a restart forgives, which costs an attacker a restart.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<HashMap<String, Failures>>);

impl Throttle {
    /// Seconds still to wait, if any.
    pub(crate) fn wait(&self, name: &str, now: Instant) -> Option<u64> {
        let failures = self.0.lock().expect("no holder of this lock panics");
        let known = failures.get(name)?;
        let left = (known.last + known.pause()).checked_duration_since(now)?;
        (!left.is_zero()).then(|| left.as_secs() + u64::from(left.subsec_nanos() > 0))
    }

    pub(crate) fn failed(&self, name: &str, now: Instant) {
        let mut failures = self.0.lock().expect("no holder of this lock panics");
        if failures.len() >= NAMES_MAX && !failures.contains_key(name) {
            failures.retain(|_, known| known.last + PAUSE_MAX > now);
            if failures.len() >= NAMES_MAX {
                let oldest = failures.iter().min_by_key(|(_, known)| known.last).map(|(name, _)| name.clone());
                oldest.map(|name| failures.remove(&name));
            }
        }
        let known = failures.entry(name.to_owned()).or_insert(Failures { count: 0, last: now });
        *known = Failures { count: known.count.saturating_add(1), last: now };
    }

    pub(crate) fn succeeded(&self, name: &str) {
        self.0.lock().expect("no holder of this lock panics").remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_a_success_forgives() {
        let throttle = Throttle::default();
        let start = Instant::now();
        for _ in 1..FREE_FAILURES {
            throttle.failed("uketsuke", start);
        }
        assert_eq!(throttle.wait("uketsuke", start), None);
        throttle.failed("uketsuke", start);
        assert_eq!(throttle.wait("uketsuke", start), Some(2));
        throttle.failed("uketsuke", start);
        assert_eq!(throttle.wait("uketsuke", start), Some(4));
        assert_eq!(throttle.wait("uketsuke", start + Duration::from_secs(4)), None);
        assert_eq!(throttle.wait("kessai", start), None);
        throttle.succeeded("uketsuke");
        assert_eq!(throttle.wait("uketsuke", start), None);
    }

    #[test]
    fn a_pause_ends_at_fifteen_minutes() {
        let throttle = Throttle::default();
        let start = Instant::now();
        (0..100).for_each(|_| throttle.failed("uketsuke", start));
        assert_eq!(throttle.wait("uketsuke", start), Some(900));
    }
}
