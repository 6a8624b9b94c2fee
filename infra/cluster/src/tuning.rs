//! Settings of the server for this machine. Durability is not among the things that are tuned.

use crate::binaries::Binaries;
use crate::error::ClusterError;
use crate::layout::{Layout, write_durably};

const MIB: u64 = 1 << 20;

/// Memory and cores of this machine.
#[derive(Clone, Copy, Debug)]
struct Machine {
    memory_mib: u64,
    cores: u64,
}

impl Machine {
    fn this() -> Machine {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Machine { memory_mib: memory_mib(), cores: u64::try_from(cores).unwrap_or(1) }
    }
}

/// What the machine has, or what a container is allowed, whichever is less.
fn memory_mib() -> u64 {
    let whole = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
    });
    let allowed = std::fs::read_to_string("/sys/fs/cgroup/memory.max")
        .ok()
        .and_then(|text| text.trim().parse::<u64>().ok())
        .map(|bytes| bytes / MIB);
    whole.into_iter().chain(allowed).min().unwrap_or(1024)
}

/// Writes the settings that `postgresql.conf` includes; read at the next start.
pub(crate) fn write(layout: &Layout, port: u16, binaries: &Binaries) -> Result<(), ClusterError> {
    let path = layout.data.join("nenrin.conf");
    write_durably(&path, &settings(layout, port, binaries.major, Machine::this()), 0o600)?;
    layout.give(&path, 0o600)
}

fn settings(layout: &Layout, port: u16, major: u32, machine: Machine) -> String {
    let Machine { memory_mib, cores } = machine;
    let shared_buffers = (memory_mib / 4).clamp(32, 8192);
    let cache = (memory_mib * 3 / 5).max(64);
    let work_mem = (memory_mib / 256).clamp(4, 128);
    let maintenance = (memory_mib / 16).clamp(64, 1024);
    // Debian builds with LZ4 since 15; before that PostgreSQL's own compression costs too much of a core.
    let wal_compression = if major >= 15 { "lz4" } else { "off" };
    let socket = layout.socket.display().to_string().replace('\'', "''");
    format!(
        "# Written by nenrin at every start: changes here are lost. Own settings go to postgresql.conf, below the include.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket}'
max_connections = 100
password_encryption = 'scram-sha-256'

# What was acknowledged is on the disk.
fsync = on
synchronous_commit = on
full_page_writes = on

shared_buffers = '{shared_buffers}MB'
effective_cache_size = '{cache}MB'
work_mem = '{work_mem}MB'
maintenance_work_mem = '{maintenance}MB'
wal_compression = {wal_compression}
wal_buffers = '16MB'
min_wal_size = '1GB'
max_wal_size = '6GB'
checkpoint_timeout = '15min'
checkpoint_completion_target = 0.9
random_page_cost = 1.1
effective_io_concurrency = 64
max_worker_processes = {workers}
max_parallel_workers = {cores}
max_parallel_workers_per_gather = {gather}
max_parallel_maintenance_workers = {gather}
jit = off

timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%m [%p] %a '
log_checkpoints = on
log_lock_waits = on
log_min_duration_statement = '5s'
# Values of rows stay out of the log: they may be somebody's name or number.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_min_error_statement = panic
",
        workers = cores + 6,
        gather = (cores / 2).max(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_machine_keeps_what_it_acknowledged() {
        let root = std::env::temp_dir();
        let layout = Layout::of(&root).expect("there is a user for the server");
        for machine in [Machine { memory_mib: 512, cores: 1 }, Machine { memory_mib: 262_144, cores: 64 }] {
            let text = settings(&layout, 5432, 15, machine);
            for line in ["fsync = on", "synchronous_commit = on", "full_page_writes = on"] {
                assert!(text.lines().any(|one| one == line), "{line}");
            }
        }
    }

    #[test]
    fn memory_is_bounded_on_both_ends() {
        let layout = Layout::of(&std::env::temp_dir()).expect("there is a user for the server");
        let small = settings(&layout, 5432, 14, Machine { memory_mib: 64, cores: 1 });
        assert!(small.contains("shared_buffers = '32MB'") && small.contains("wal_compression = off"));
        let big = settings(&layout, 5432, 17, Machine { memory_mib: 1 << 20, cores: 128 });
        assert!(big.contains("shared_buffers = '8192MB'") && big.contains("work_mem = '128MB'"));
    }
}
