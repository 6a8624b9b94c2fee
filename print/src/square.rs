//! 二次元コード — QR, as dark runs of modules.

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

use crate::PrintError;

/// A QR code without its quiet zone.
pub struct Square {
    /// Modules on a side.
    pub width: usize,
    /// Dark modules in a row that touch: column, row, how many.
    pub runs: Vec<(usize, usize, usize)>,
}

/// The code for a short text, error correction M (15 %).
///
/// The mask is always the first of the eight. Which one is used stands in the code itself, so every reader
/// takes it; trying all of them for the best looks costs more than the rest of the sheet.
///
/// # Errors
/// `Pdf` — the text is too long for any code.
pub fn square(content: &str) -> Result<Square, PrintError> {
    let failed = |error: qrcode::types::QrError| PrintError::Pdf(format!("二次元コード「{content}」: {error}"));
    let level = EcLevel::M;
    let bits = encode_auto(content.as_bytes(), level).map_err(failed)?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, level).map_err(failed)?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let width = usize::try_from(version.width()).expect("a width is positive");
    Ok(Square { width, runs: dark_runs(&canvas.into_colors(), width) })
}

fn dark_runs(modules: &[Color], width: usize) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    for (row, colors) in modules.chunks(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                runs.push((column, row, run.len()));
            }
            column += run.len();
        }
    }
    runs
}
