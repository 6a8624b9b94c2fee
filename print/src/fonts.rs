//! 書体 — IPAex for text, IPAmj for characters that only it has and for variation sequences (異体字).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ttf_parser::{Face, GlyphId};

use crate::PrintError;
use crate::marks::Typeface;

/// One of the three fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FontKey {
    /// IPAex明朝.
    Mincho,
    /// IPAexゴシック.
    Gothic,
    /// IPAmj明朝.
    Names,
}

impl FontKey {
    /// All, in the order of their numbers.
    pub const ALL: [FontKey; 3] = [FontKey::Mincho, FontKey::Gothic, FontKey::Names];

    /// 0, 1, 2.
    pub const fn number(self) -> usize {
        match self {
            FontKey::Mincho => 0,
            FontKey::Gothic => 1,
            FontKey::Names => 2,
        }
    }

    /// PostScript name, as the PDF calls it behind its subset tag.
    pub const fn name(self) -> &'static str {
        match self {
            FontKey::Mincho => "IPAexMincho",
            FontKey::Gothic => "IPAexGothic",
            FontKey::Names => "IPAmjMincho",
        }
    }

    const fn file_name(self) -> &'static str {
        match self {
            FontKey::Mincho => "ipaexm.ttf",
            FontKey::Gothic => "ipaexg.ttf",
            FontKey::Names => "ipamjm.ttf",
        }
    }

    /// Where the Debian package puts it.
    const fn folder(self) -> &'static str {
        match self {
            FontKey::Mincho => "/usr/share/fonts/opentype/ipaexfont-mincho",
            FontKey::Gothic => "/usr/share/fonts/opentype/ipaexfont-gothic",
            FontKey::Names => "/usr/share/fonts/truetype/ipamj",
        }
    }
}

/// The three font files, read once and shared by all lots.
pub struct Fonts {
    files: [Vec<u8>; 3],
}

impl Fonts {
    /// Reads the fonts from where the Debian packages put them, or from the folder `NENRIN_FONT_DIR`.
    ///
    /// # Errors
    /// `FontMissing`, `FontBroken` — the operator installs the packages.
    pub fn load() -> Result<Fonts, PrintError> {
        let folder = std::env::var_os("NENRIN_FONT_DIR").map(PathBuf::from);
        Fonts::load_from(folder.as_deref())
    }

    /// Reads the fonts from one folder, or with `None` from where the Debian packages put them.
    ///
    /// # Errors
    /// As [`Fonts::load`].
    pub fn load_from(folder: Option<&Path>) -> Result<Fonts, PrintError> {
        let read = |key: FontKey| {
            let path = folder.unwrap_or(Path::new(key.folder())).join(key.file_name());
            let bytes =
                std::fs::read(&path).map_err(|source| PrintError::FontMissing { path: path.clone(), source })?;
            Face::parse(&bytes, 0).map_err(|_| PrintError::FontBroken { path })?;
            Ok(bytes)
        };
        Ok(Fonts { files: [read(FontKey::Mincho)?, read(FontKey::Gothic)?, read(FontKey::Names)?] })
    }

    /// The whole file of a font.
    pub fn file(&self, key: FontKey) -> &[u8] {
        &self.files[key.number()]
    }

    /// A fresh chooser of glyphs.
    pub fn chooser(&self) -> GlyphChooser<'_> {
        let face = |key: FontKey| Face::parse(self.file(key), 0).expect("parsed when it was loaded");
        GlyphChooser { faces: FontKey::ALL.map(face), known: HashMap::new() }
    }
}

/// A glyph of one of the fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Which font.
    pub font: FontKey,
    /// Its number in that font.
    pub id: u16,
    /// Advance in 1/1000 em, cut as the PDF's width table cuts it.
    pub advance: u16,
}

/// A character as a reader sees it: with its variation selector when it has one.
pub type Character = (char, Option<char>);

/// Splits a text into characters with their variation selectors.
pub fn characters(text: &str) -> impl Iterator<Item = Character> {
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        let base = rest.next()?;
        Some((base, rest.next_if(|next| is_selector(*next))))
    })
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Finds glyphs and remembers them; one per lot.
pub struct GlyphChooser<'fonts> {
    faces: [Face<'fonts>; 3],
    /// Never iterated: order does not reach the output.
    known: HashMap<(Typeface, Character), Option<Glyph>>,
}

impl GlyphChooser<'_> {
    /// The glyph of a character: the wanted face, else IPAmj. A variation sequence must be known to IPAmj or
    /// to the wanted face: the base glyph would be another person's name. `None`: no font has it.
    pub fn glyph(&mut self, typeface: Typeface, character: Character) -> Option<Glyph> {
        if let Some(known) = self.known.get(&(typeface, character)) {
            return *known;
        }
        let found = self.find(typeface, character);
        self.known.insert((typeface, character), found);
        found
    }

    fn find(&self, typeface: Typeface, (base, selector): Character) -> Option<Glyph> {
        let wanted = match typeface {
            Typeface::Mincho => FontKey::Mincho,
            Typeface::Gothic => FontKey::Gothic,
        };
        let search = |key: FontKey| {
            let face = &self.faces[key.number()];
            let id = match selector {
                None => face.glyph_index(base),
                Some(selector) => face.glyph_variation_index(base, selector),
            };
            id.filter(|id| id.0 != 0).map(|id| Glyph { font: key, id: id.0, advance: advance(face, id) })
        };
        match selector {
            None => search(wanted).or_else(|| search(FontKey::Names)),
            Some(_) => search(FontKey::Names).or_else(|| search(wanted)),
        }
    }
}

fn advance(face: &Face<'_>, id: GlyphId) -> u16 {
    let units = u32::from(face.glyph_hor_advance(id).unwrap_or(0));
    u16::try_from(units * 1000 / u32::from(face.units_per_em())).expect("an advance is a few em at most")
}
