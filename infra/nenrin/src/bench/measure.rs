//! How the benches measure: peak memory of this process, and percentiles of times.

use std::time::Duration;

/// Sets the kernel's high-water mark of this process back to what it uses now.
pub fn reset_peak_memory() -> std::io::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5")
}

/// The most memory this process held at once since the last reset, in MiB.
pub fn peak_mib() -> std::io::Result<u64> {
    peak_mib_of("self")
}

/// The same of another process, by its number.
pub fn peak_mib_of(process: &str) -> std::io::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .ok_or_else(|| std::io::Error::other("the kernel says no VmHWM"))?;
    Ok(kib.div_ceil(1024))
}

/// Times of many pieces of work, sorted.
pub struct Latencies(Vec<Duration>);

impl Latencies {
    /// Takes the times in any order.
    pub fn new(mut times: Vec<Duration>) -> Latencies {
        times.sort_unstable();
        Latencies(times)
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time within which so many percent were done, in milliseconds.
    pub fn percentile_ms(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let place = (self.0.len() * percent).div_ceil(100).saturating_sub(1).min(last);
        self.0.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }
}

/// What this machine is, for the README: cores, memory, processor.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| text.lines().next()?.split_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(0, |kib| kib / 1024 / 1024);
    let model = std::fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| {
            Some(text.lines().find(|line| line.starts_with("model name"))?.split_once(':')?.1.trim().to_owned())
        })
        .unwrap_or_else(|| "unknown processor".to_owned());
    format!("{cores} cores ({model}), {memory} GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let times = Latencies::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!(times.percentile_ms(50), 100.0);
        assert_eq!(times.percentile_ms(99), 198.0);
        assert_eq!(times.percentile_ms(100), 200.0);
        assert_eq!(Latencies::new(Vec::new()).percentile_ms(99), 0.0);
    }

    #[test]
    fn peak_memory_falls_back_after_a_reset() {
        let big = vec![1_u8; 64 << 20];
        assert!(big.iter().map(|byte| u64::from(*byte)).sum::<u64>() > 0);
        let with_big = peak_mib().expect("linux tells");
        drop(big);
        reset_peak_memory().expect("linux lets");
        assert!(peak_mib().expect("linux tells") + 32 < with_big);
    }
}
