//! PDF — the only file that knows printpdf. Marks of many sheets become one file: fonts subset to what the
//! file uses, forms written once, no clock and no random number in the bytes.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::civil::Date;
use lopdf::{Dictionary, Object, ObjectId};
use printpdf::date::OffsetDateTime;
use printpdf::matrix::{CurTransMat, TextMatrix};
use printpdf::{
    Codepoint, Color, FontId, Greyscale, LineDashPattern, LinePoint, Mm, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem, XObjectId, XObjectTransform,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::PrintError;
use crate::fonts::{FontKey, Fonts, GlyphChooser};
use crate::marks::{BAR_PITCH, BAR_THIRD, BAR_WIDTH, Length, Mark, Rect};
use crate::square::square;
use crate::typeset::{Line, Placed, advanced, spelled, typeset};

/// A4.
const SHEET_HEIGHT: Length = Length(29_700);

/// A file under way: forms first, then sheets.
pub struct PdfWriter<'fonts> {
    fonts: &'fonts Fonts,
    chooser: GlyphChooser<'fonts>,
    subsets: [Subset; 3],
    forms: Vec<PdfPage>,
    pages: Vec<PdfPage>,
}

/// The glyphs of a font that the file uses so far.
#[derive(Default)]
struct Subset {
    numbers: GlyphRemapper,
    /// What the glyph with this new number says; the first use decides.
    texts: Vec<String>,
}

impl Subset {
    /// The glyph's number in the subset.
    fn number(&mut self, placed: &Placed) -> u16 {
        let number = self.numbers.remap(placed.glyph.id);
        let place = usize::from(number);
        if place >= self.texts.len() {
            self.texts.resize(place + 1, String::new());
            self.texts[place] = spelled(placed.character);
        }
        number
    }
}

/// Which form lies under a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormNumber(usize);

impl<'fonts> PdfWriter<'fonts> {
    /// An empty file.
    pub fn new(fonts: &'fonts Fonts) -> PdfWriter<'fonts> {
        PdfWriter {
            fonts,
            chooser: fonts.chooser(),
            subsets: [Subset::default(), Subset::default(), Subset::default()],
            forms: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// 様式 — what stands on many sheets, written once.
    ///
    /// # Errors
    /// As [`typeset`].
    pub fn add_form(&mut self, name: &str, marks: &[Mark]) -> Result<FormNumber, PrintError> {
        let ops = self.draw(name, marks)?;
        self.forms.push(sheet(ops));
        Ok(FormNumber(self.forms.len() - 1))
    }

    /// A sheet: its form and what is its own. Nothing is added when it cannot be printed.
    ///
    /// # Errors
    /// As [`typeset`]; the notice is named.
    pub fn add_page(&mut self, form: Option<FormNumber>, name: &str, marks: &[Mark]) -> Result<(), PrintError> {
        let mut ops = Vec::new();
        if let Some(FormNumber(number)) = form {
            let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
            ops.push(Op::UseXobject { id: XObjectId(form_name(number)), transform });
        }
        ops.extend(self.draw(name, marks)?);
        self.pages.push(sheet(ops));
        Ok(())
    }

    /// Lines and squares first, then all text in one section.
    fn draw(&mut self, name: &str, marks: &[Mark]) -> Result<Vec<Op>, PrintError> {
        let mut ops = Vec::new();
        let mut lines = Vec::new();
        for mark in marks {
            match mark {
                Mark::Text(text) => lines.extend(typeset(&mut self.chooser, name, text)?),
                other => draw_shape(&mut ops, other)?,
            }
        }
        ops.push(Op::StartTextSection);
        let mut pen = Pen { font: None };
        for line in &lines {
            pen.draw(&mut ops, &mut self.subsets, line);
        }
        ops.push(Op::EndTextSection);
        Ok(ops)
    }

    /// The bytes. Dated by the business date, at midnight in Japan.
    ///
    /// # Errors
    /// `Pdf` — a bug of ours or of the library.
    pub fn finish(self, title: &str, business_on: Date) -> Result<Vec<u8>, PrintError> {
        let mut document = PdfDocument::new(title);
        let midnight = business_midnight(business_on)?;
        let info = &mut document.metadata.info;
        (info.creation_date, info.modification_date, info.metadata_date) = (midnight, midnight, midnight);
        (info.creator, info.producer) = ("Nenrin".to_owned(), "printpdf 0.12".to_owned());
        for key in FontKey::ALL {
            let subset = &self.subsets[key.number()];
            if !subset.texts.is_empty() {
                let font = embed(self.fonts, key, subset)?;
                document.resources.fonts.map.insert(FontId(font_name(key)), PdfFont::new(font));
            }
        }
        let (forms, pages) = (self.forms.len(), self.pages.len());
        document.pages = self.forms;
        document.pages.extend(self.pages);
        // The last page shows every glyph once, with its text, and never reaches the file: the library takes
        // the text of a glyph from its last use, so the sheets themselves need not carry texts.
        document.pages.push(sheet(specimen(&self.subsets)));
        serialize(&document, title, forms, pages)
    }
}

fn sheet(ops: Vec<Op>) -> PdfPage {
    PdfPage::new(Mm(210.0), Mm(297.0), ops)
}

fn font_name(key: FontKey) -> String {
    key.name().to_owned()
}

fn form_name(number: usize) -> String {
    format!("Form{number}")
}

fn business_midnight(day: Date) -> Result<OffsetDateTime, PrintError> {
    let in_japan = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    let instant = day.to_zoned(in_japan).map_err(|error| PrintError::Pdf(error.to_string()))?;
    OffsetDateTime::from_unix_timestamp(instant.timestamp().as_second())
        .map_err(|error| PrintError::Pdf(error.to_string()))
}

/// The font cut down to its subset, tagged as one.
fn embed(fonts: &Fonts, key: FontKey, subset: &Subset) -> Result<ParsedFont, PrintError> {
    let bytes = subsetter::subset(fonts.file(key), 0, &subset.numbers)
        .map_err(|error| PrintError::Pdf(format!("{}: {error}", key.name())))?;
    let mut font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
        .ok_or_else(|| PrintError::Pdf(format!("{}: subset", key.name())))?;
    font.font_name = Some(format!("{}+{}", subset_tag(&bytes), key.name()));
    Ok(font)
}

/// Six capital letters that depend on the subset alone (ISO 32000-1, 9.6.4).
fn subset_tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn specimen(subsets: &[Subset; 3]) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for key in FontKey::ALL {
        let texts = subsets[key.number()].texts.iter().zip(0..).filter(|(text, _)| !text.is_empty());
        let glyphs = texts.map(|(text, number)| Codepoint::with_cid(number, 0.0, text.clone())).collect();
        ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(font_name(key))), size: Pt(10.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    ops
}

/// Writes text, changing the font only when it changes.
struct Pen {
    font: Option<(FontKey, u16)>,
}

impl Pen {
    fn draw(&mut self, ops: &mut Vec<Op>, subsets: &mut [Subset; 3], line: &Line) {
        let mut x = line.x;
        for run in line.glyphs.chunk_by(|a, b| a.glyph.font == b.glyph.font) {
            let font = run[0].glyph.font;
            if self.font != Some((font, line.size)) {
                let size = Pt(f32::from(line.size) / 10.0);
                ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(font_name(font))), size });
                self.font = Some((font, line.size));
            }
            ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, across(x), up(line.baseline)]) });
            let subset = &mut subsets[font.number()];
            let glyphs = run.iter().map(|placed| Codepoint::new(subset.number(placed), 0.0)).collect();
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
            x = x + advanced(run.iter().map(|placed| i64::from(placed.glyph.advance)).sum(), line.size);
        }
    }
}

fn draw_shape(ops: &mut Vec<Op>, mark: &Mark) -> Result<(), PrintError> {
    match mark {
        Mark::Text(_) => unreachable!("text is drawn by the pen"),
        Mark::Rule { from, to, weight, dashed } => draw_rule(ops, *from, *to, *weight, *dashed),
        Mark::Frame { area, weight } => {
            ops.push(Op::SetOutlineThickness { pt: Pt(points(*weight)) });
            ops.push(rectangle(*area, PaintMode::Stroke));
        }
        Mark::Shade { area } => {
            ops.push(Op::SetFillColor { col: grey(0.9) });
            ops.push(rectangle(*area, PaintMode::Fill));
            ops.push(Op::SetFillColor { col: grey(0.0) });
        }
        Mark::CustomerBarcode { x, top, bars } => draw_bars(ops, *x, *top, bars),
        Mark::Square { area, content } => draw_square(ops, *area, content)?,
    }
    Ok(())
}

fn grey(percent: f32) -> Color {
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}

fn draw_rule(ops: &mut Vec<Op>, from: (Length, Length), to: (Length, Length), weight: Length, dashed: bool) {
    let point = |(x, y): (Length, Length)| LinePoint { p: Point { x: Pt(across(x)), y: Pt(up(y)) }, bezier: false };
    ops.push(Op::SetOutlineThickness { pt: Pt(points(weight)) });
    if dashed {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[4.0, 3.0]) });
    }
    ops.push(Op::DrawLine { line: printpdf::Line { points: vec![point(from), point(to)], is_closed: false } });
    if dashed {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[]) });
    }
}

/// In units of a bar across and a third of a long bar down.
fn draw_bars(ops: &mut Vec<Op>, x: Length, top: Length, bars: &str) {
    let pitch = BAR_PITCH.0 / BAR_WIDTH.0;
    let bar = |(place, bar): (i32, u8)| {
        let (skipped, thirds) = match bar {
            b'1' => (0, 3),
            b'2' => (0, 2),
            b'3' => (1, 2),
            _ => (1, 1),
        };
        [place * pitch, skipped, 1, thirds]
    };
    draw_blocks(ops, (x, top), (points(BAR_WIDTH), points(BAR_THIRD)), (0..).zip(bars.bytes()).map(bar));
}

/// In units of a module.
fn draw_square(ops: &mut Vec<Op>, area: Rect, content: &str) -> Result<(), PrintError> {
    let square = square(content)?;
    let small = |count: usize| i32::try_from(count).expect("a QR code has at most 177 modules");
    let module = points(Length(area.width.0 * 1000 / small(square.width))) / 1000.0;
    let runs = square.runs.iter().map(|(column, row, length)| [small(*column), small(*row), small(*length), 1]);
    draw_blocks(ops, (area.left, area.top), (module, module), runs);
    Ok(())
}

/// Many black rectangles (left, top, width, height) in their own small unit, as one path. Written as content
/// outright: as operations of the library, each with its own allocations, they took half the time of a sheet.
fn draw_blocks(
    ops: &mut Vec<Op>,
    (left, top): (Length, Length),
    (across_unit, down_unit): (f32, f32),
    blocks: impl Iterator<Item = [i32; 4]>,
) {
    let matrix = CurTransMat::Raw([across_unit, 0.0, 0.0, -down_unit, across(left), up(top)]);
    ops.push(Op::SaveGraphicsState);
    ops.push(Op::SetTransformationMatrix { matrix });
    let mut path = String::new();
    for [x, y, width, height] in blocks {
        write!(path, "{x} {y} {width} {height} re ").expect("writing to a string");
    }
    path.push('f');
    ops.push(Op::Unknown { key: path, value: Vec::new() });
    ops.push(Op::RestoreGraphicsState);
}

fn rectangle(area: Rect, mode: PaintMode) -> Op {
    Op::DrawRectangle {
        rectangle: printpdf::Rect {
            x: Pt(across(area.left)),
            y: Pt(up(area.bottom())),
            width: Pt(points(area.width)),
            height: Pt(points(area.height)),
            mode: Some(mode),
            winding_order: None,
        },
    }
}

/// Points, to the thousandth: short in the file, the same everywhere.
fn points(length: Length) -> f32 {
    let thousandths = i64::from(length.0) * 72_000 / 2540;
    i32::try_from(thousandths).map(|thousandths| thousandths as f32 / 1000.0).expect("a sheet is small")
}

fn across(x: Length) -> f32 {
    points(x)
}

/// PDF counts from the lower edge.
fn up(y: Length) -> f32 {
    points(SHEET_HEIGHT - y)
}

/// Lets the library write its objects, then takes out what is random and turns the form pages into forms.
fn serialize(document: &PdfDocument, title: &str, forms: usize, pages: usize) -> Result<Vec<u8>, PrintError> {
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, ..PdfSaveOptions::default() };
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    let kids = page_ids(&file)?;
    if kids.len() != forms + pages + 1 {
        return Err(PrintError::Pdf(format!("{} pages, {} expected", kids.len(), forms + pages + 1)));
    }
    file.version = "1.7".to_owned();
    for (number, id) in kids[..forms].iter().enumerate() {
        page_to_form(&mut file, *id, &form_name(number)).map_err(broken)?;
    }
    drop_page(&mut file, kids[forms + pages]).map_err(broken)?;
    set_kids(&mut file, &kids[forms..forms + pages]).map_err(broken)?;
    let id = Object::string_literal(Sha256::digest(title)[..16].to_vec());
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    for id in &kids[forms..forms + pages] {
        compress_contents(&mut file, *id).map_err(broken)?;
    }
    file.compress(); // forms and fonts: few, so as small as they go
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| PrintError::Pdf(error.to_string()))?;
    Ok(bytes)
}

fn broken(error: lopdf::Error) -> PrintError {
    PrintError::Pdf(error.to_string())
}

fn pages_id(file: &lopdf::Document) -> Result<ObjectId, lopdf::Error> {
    file.catalog()?.get(b"Pages")?.as_reference()
}

fn page_ids(file: &lopdf::Document) -> Result<Vec<ObjectId>, PrintError> {
    let kids = || -> Result<Vec<ObjectId>, lopdf::Error> {
        let kids = file.get_dictionary(pages_id(file)?)?.get(b"Kids")?.as_array()?;
        kids.iter().map(Object::as_reference).collect()
    };
    kids().map_err(broken)
}

fn set_kids(file: &mut lopdf::Document, kids: &[ObjectId]) -> Result<(), lopdf::Error> {
    let id = pages_id(file)?;
    let pages = file.get_object_mut(id)?.as_dict_mut()?;
    pages.set("Kids", kids.iter().map(|kid| Object::Reference(*kid)).collect::<Vec<_>>());
    pages.set("Count", i64::try_from(kids.len()).expect("a lot has fewer pages"));
    Ok(())
}

/// Sheets are compressed the fast way: the best would take as long as all the rest, for a fifth fewer bytes.
const SHEET_COMPRESSION: Compression = Compression::fast();

fn compress_contents(file: &mut lopdf::Document, page: ObjectId) -> Result<(), lopdf::Error> {
    let contents = file.get_dictionary(page)?.get(b"Contents")?.as_reference()?;
    let stream = file.get_object_mut(contents)?.as_stream_mut()?;
    let mut encoder = ZlibEncoder::new(Vec::new(), SHEET_COMPRESSION);
    encoder.write_all(&stream.content)?;
    let compressed = encoder.finish()?;
    stream.dict.set("Filter", "FlateDecode");
    stream.set_content(compressed);
    Ok(())
}

/// The page's content stream becomes a form XObject under this name, and the page goes.
fn page_to_form(file: &mut lopdf::Document, page: ObjectId, name: &str) -> Result<(), lopdf::Error> {
    let dictionary = file.get_dictionary(page)?.clone();
    let contents = dictionary.get(b"Contents")?.as_reference()?;
    let resources = file.get_dictionary(dictionary.get(b"Resources")?.as_reference()?)?.clone();
    let shared = resources.get(b"XObject")?.as_reference()?;
    let stream = &mut file.get_object_mut(contents)?.as_stream_mut()?.dict;
    stream.set("Type", "XObject");
    stream.set("Subtype", "Form");
    stream.set("BBox", dictionary.get(b"MediaBox")?.clone());
    stream.set("Resources", Dictionary::from_iter([("Font", resources.get(b"Font")?.clone())]));
    file.get_object_mut(shared)?.as_dict_mut()?.set(name, Object::Reference(contents));
    file.objects.remove(&dictionary.get(b"Resources")?.as_reference()?);
    file.objects.remove(&page);
    Ok(())
}

fn drop_page(file: &mut lopdf::Document, page: ObjectId) -> Result<(), lopdf::Error> {
    let dictionary = file.get_dictionary(page)?.clone();
    for part in [b"Contents".as_slice(), b"Resources"] {
        file.objects.remove(&dictionary.get(part)?.as_reference()?);
    }
    file.objects.remove(&page);
    Ok(())
}

/// How many pages a file has, read from its bytes.
///
/// # Errors
/// `Pdf` — the bytes are no PDF.
pub fn count_pages(bytes: &[u8]) -> Result<u32, PrintError> {
    let file = lopdf::Document::load_mem(bytes).map_err(broken)?;
    Ok(u32::try_from(file.get_pages().len()).expect("a lot has fewer pages"))
}
