//! 人への通知 — rows of `pension_notices`.
