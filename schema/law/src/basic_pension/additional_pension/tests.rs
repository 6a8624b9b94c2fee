//! The table and the edges.
