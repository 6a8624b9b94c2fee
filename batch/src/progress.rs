//! How a long piece of work tells how far it is. The program shows bars; tests stay silent.

/// Receives progress of named steps. Steps may not overlap.
pub trait Progress: Sync {
    /// A step begins; `total` is in `unit` (人, 件, 区分 …).
    fn begin(&self, step: &str, total: u64, unit: &str);
    /// So much more of the current step is done.
    fn advance(&self, amount: u64);
    /// The current step has ended.
    fn end(&self);
}

/// Says nothing.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _step: &str, _total: u64, _unit: &str) {}
    fn advance(&self, _amount: u64) {}
    fn end(&self) {}
}
