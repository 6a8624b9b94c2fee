//! What the night reads and writes.
