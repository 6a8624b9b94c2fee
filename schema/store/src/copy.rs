//! COPY — rows in and out of PostgreSQL in its binary format, without a value object per field.
//!
//! [`Rows`] is a plain buffer that any thread can fill; [`CopyIn`] sends such buffers; [`copy_out`] hands out one
//! row after the other as slices of what arrived.

use std::pin::Pin;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use futures_util::{SinkExt, StreamExt};
use jiff::civil::Date;
use jiff::{Timestamp, civil::date};
use tokio_postgres::CopyInSink;

use crate::db::Db;
use crate::error::StoreError;

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// Day 0 of PostgreSQL.
const EPOCH: Date = date(2000, 1, 1);
/// 2000-01-01T00:00Z in microseconds of Unix.
const EPOCH_MICROSECONDS: i64 = 946_684_800_000_000;
/// A buffer is worth sending at this size.
const CHUNK_BYTES: usize = 1 << 18;

/// Rows being encoded. Fields are written in the order of the table's columns named to [`CopyIn::open`].
#[derive(Debug, Default)]
pub struct Rows {
    buffer: BytesMut,
    fields_left: i16,
    count: u64,
}

impl Rows {
    /// No rows yet.
    pub fn new() -> Rows {
        Rows { buffer: BytesMut::with_capacity(CHUNK_BYTES + CHUNK_BYTES / 4), fields_left: 0, count: 0 }
    }

    /// Rows since the last time they were sent.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// True when the buffer is worth sending.
    pub fn is_full(&self) -> bool {
        self.buffer.len() >= CHUNK_BYTES
    }

    /// Begins a row of so many fields.
    ///
    /// # Panics
    /// When the row before has fewer or more fields than it said: a bug of the caller.
    pub fn row(&mut self, fields: i16) -> &mut Rows {
        assert_eq!(self.fields_left, 0, "the row before is complete");
        self.fields_left = fields;
        self.count += 1;
        self.buffer.put_i16(fields);
        self
    }

    fn field(&mut self, length: usize) -> &mut BytesMut {
        self.fields_left -= 1;
        assert!(self.fields_left >= 0, "a row has the fields it said");
        self.buffer.put_i32(i32::try_from(length).expect("a field is smaller than 2 GiB"));
        &mut self.buffer
    }

    /// NULL.
    pub fn null(&mut self) -> &mut Rows {
        self.fields_left -= 1;
        assert!(self.fields_left >= 0, "a row has the fields it said");
        self.buffer.put_i32(-1);
        self
    }

    /// `smallint`.
    pub fn i16(&mut self, value: i16) -> &mut Rows {
        self.field(2).put_i16(value);
        self
    }

    /// `integer`.
    pub fn i32(&mut self, value: i32) -> &mut Rows {
        self.field(4).put_i32(value);
        self
    }

    /// `bigint`.
    pub fn i64(&mut self, value: i64) -> &mut Rows {
        self.field(8).put_i64(value);
        self
    }

    /// `boolean`.
    pub fn bool(&mut self, value: bool) -> &mut Rows {
        self.field(1).put_u8(u8::from(value));
        self
    }

    /// `text`.
    pub fn text(&mut self, value: &str) -> &mut Rows {
        self.bytes(value.as_bytes())
    }

    /// `bytea`.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Rows {
        self.field(value.len()).put_slice(value);
        self
    }

    /// `date`.
    pub fn date(&mut self, value: Date) -> &mut Rows {
        let days = (value - EPOCH).get_days();
        self.field(4).put_i32(days);
        self
    }

    /// `timestamptz`, in microseconds as PostgreSQL keeps it.
    pub fn timestamp(&mut self, value: Timestamp) -> &mut Rows {
        self.field(8).put_i64(value.as_microsecond() - EPOCH_MICROSECONDS);
        self
    }

    /// `jsonb`.
    pub fn json(&mut self, value: &serde_json::Value) -> &mut Rows {
        let text = value.to_string();
        let buffer = self.field(text.len() + 1);
        buffer.put_u8(1);
        buffer.put_slice(text.as_bytes());
        self
    }

    /// `text[]`, without NULLs.
    pub fn text_array(&mut self, values: &[&str]) -> &mut Rows {
        const TEXT: u32 = 25;
        let dimensions = i32::from(!values.is_empty());
        let head = if values.is_empty() { 12 } else { 20 };
        let length = head + values.iter().map(|value| value.len() + 4).sum::<usize>();
        let buffer = self.field(length);
        buffer.put_i32(dimensions);
        buffer.put_i32(0);
        buffer.put_u32(TEXT);
        if !values.is_empty() {
            buffer.put_i32(i32::try_from(values.len()).expect("an array is small"));
            buffer.put_i32(1);
        }
        for value in values {
            buffer.put_i32(i32::try_from(value.len()).expect("a field is smaller than 2 GiB"));
            buffer.put_slice(value.as_bytes());
        }
        self
    }

    /// `integer[]`, without NULLs.
    pub fn i32_array(&mut self, values: &[i32]) -> &mut Rows {
        const INT4: u32 = 23;
        let head = if values.is_empty() { 12 } else { 20 };
        let buffer = self.field(head + values.len() * 8);
        buffer.put_i32(i32::from(!values.is_empty()));
        buffer.put_i32(0);
        buffer.put_u32(INT4);
        if !values.is_empty() {
            buffer.put_i32(i32::try_from(values.len()).expect("an array is small"));
            buffer.put_i32(1);
        }
        for value in values {
            buffer.put_i32(4);
            buffer.put_i32(*value);
        }
        self
    }

    /// NULL or what `write` writes: `rows.opt(valid_to, Rows::date)`.
    pub fn opt<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Rows, T) -> &mut Rows) -> &mut Rows {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    fn take(&mut self) -> Bytes {
        assert_eq!(self.fields_left, 0, "the last row is complete");
        self.count = 0;
        self.buffer.split().freeze()
    }
}

/// A COPY into one table, under way.
pub struct CopyIn {
    sink: Pin<Box<CopyInSink<Bytes>>>,
}

impl CopyIn {
    /// Begins a COPY into `table` with the `columns` in the order of the fields.
    ///
    /// # Errors
    /// `Database` — there is no such table or column.
    pub async fn open(db: &impl Db, table: &str, columns: &[&str]) -> Result<CopyIn, StoreError> {
        let sql = format!("COPY {table} ({}) FROM STDIN (FORMAT binary)", columns.join(", "));
        let sink = db.postgres().copy_in::<_, Bytes>(&sql).await?;
        let mut copy = CopyIn { sink: Box::pin(sink) };
        let mut head = BytesMut::with_capacity(19);
        head.put_slice(SIGNATURE);
        head.put_i32(0);
        head.put_i32(0);
        copy.sink.feed(head.freeze()).await?;
        Ok(copy)
    }

    /// Sends the rows and empties the buffer.
    pub async fn send(&mut self, rows: &mut Rows) -> Result<(), StoreError> {
        let bytes = rows.take();
        // One copy less for the next chunk: the buffer is given back its room.
        rows.buffer.reserve(CHUNK_BYTES + CHUNK_BYTES / 4);
        if !bytes.is_empty() {
            self.sink.send(bytes).await?;
        }
        Ok(())
    }

    /// Sends the rows when there are enough of them.
    pub async fn send_if_full(&mut self, rows: &mut Rows) -> Result<(), StoreError> {
        if rows.is_full() { self.send(rows).await } else { Ok(()) }
    }

    /// Sends the end; returns the number of rows the database took. Dropped without it, the COPY is undone.
    pub async fn finish(mut self) -> Result<u64, StoreError> {
        self.sink.send(Bytes::from_static(&[0xff, 0xff])).await?;
        Ok(self.sink.as_mut().finish().await?)
    }
}

/// One row of a COPY OUT: fields by place, as slices of what arrived.
#[derive(Debug)]
pub struct Fields<'a> {
    data: &'a [u8],
    /// Start and end of each field; the start of NULL is `u32::MAX`.
    places: &'a [(u32, u32)],
}

/// A field that is not what the reader takes it for: a bug, so it stops the program.
const SHAPE: &str = "the fields of a COPY are those its SELECT names";

fn in_memory(length: u32) -> usize {
    usize::try_from(length).expect("memory is addressed with 32 bits at least")
}

impl<'a> Fields<'a> {
    /// The bytes of a field; `None` for NULL.
    pub fn raw(&self, place: usize) -> Option<&'a [u8]> {
        let (start, end) = self.places[place];
        (start != u32::MAX).then(|| &self.data[in_memory(start)..in_memory(end)])
    }

    fn value(&self, place: usize) -> &'a [u8] {
        self.raw(place).expect(SHAPE)
    }

    /// `smallint`.
    pub fn i16(&self, place: usize) -> i16 {
        i16::from_be_bytes(self.value(place).try_into().expect(SHAPE))
    }

    /// `integer`.
    pub fn i32(&self, place: usize) -> i32 {
        i32::from_be_bytes(self.value(place).try_into().expect(SHAPE))
    }

    /// `bigint`.
    pub fn i64(&self, place: usize) -> i64 {
        i64::from_be_bytes(self.value(place).try_into().expect(SHAPE))
    }

    /// `boolean`.
    pub fn bool(&self, place: usize) -> bool {
        self.value(place) == [1]
    }

    /// `text`.
    pub fn text(&self, place: usize) -> &'a str {
        std::str::from_utf8(self.value(place)).expect("the client encoding is UTF-8")
    }

    /// `bytea`.
    pub fn bytes(&self, place: usize) -> &'a [u8] {
        self.value(place)
    }

    /// `date`.
    pub fn date(&self, place: usize) -> Date {
        date_of_days(self.i32(place))
    }

    /// `date` or NULL.
    pub fn opt_date(&self, place: usize) -> Option<Date> {
        self.raw(place).map(|_| self.date(place))
    }

    /// Days since 1970-01-01, as Arrow's `Date32` counts.
    pub fn unix_days(&self, place: usize) -> i32 {
        self.i32(place) + 10_957
    }

    /// Days since 1970-01-01 or NULL.
    pub fn opt_unix_days(&self, place: usize) -> Option<i32> {
        self.raw(place).map(|_| self.unix_days(place))
    }

    /// `text` or NULL.
    pub fn opt_text(&self, place: usize) -> Option<&'a str> {
        self.raw(place).map(|_| self.text(place))
    }

    /// `smallint` or NULL.
    pub fn opt_i16(&self, place: usize) -> Option<i16> {
        self.raw(place).map(|_| self.i16(place))
    }

    /// `bigint` or NULL.
    pub fn opt_i64(&self, place: usize) -> Option<i64> {
        self.raw(place).map(|_| self.i64(place))
    }

    /// `integer[]` of one dimension, without NULLs.
    pub fn i32s(&self, place: usize) -> Vec<i32> {
        let mut data = self.value(place);
        let dimensions = data.get_i32();
        data.advance(8);
        if dimensions == 0 {
            return Vec::new();
        }
        let count = usize::try_from(data.get_i32()).expect(SHAPE);
        data.advance(4);
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            assert_eq!(data.get_i32(), 4, "{SHAPE}");
            values.push(data.get_i32());
        }
        values
    }

    /// `timestamptz`.
    pub fn timestamp(&self, place: usize) -> Timestamp {
        Timestamp::from_microsecond(self.i64(place) + EPOCH_MICROSECONDS)
            .expect("PostgreSQL's instants are finite here")
    }
}

fn date_of_days(days: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(days))
}

/// Runs `COPY (query) TO STDOUT` and gives every row to `take`, in order. Returns the number of rows.
///
/// COPY takes no parameters: numbers and instants are written into the query ([`instant`]), never texts of users.
///
/// # Errors
/// `Database` — the query fails; `Unreadable` — the stream is not what the format says; and what `take` says.
pub async fn copy_out<E: From<StoreError>>(
    db: &impl Db,
    query: &str,
    mut take: impl FnMut(&Fields<'_>) -> Result<(), E>,
) -> Result<u64, E> {
    let sql = format!("COPY ({query}) TO STDOUT (FORMAT binary)");
    let stream = db.postgres().copy_out(&sql).await.map_err(StoreError::from)?;
    let mut stream = std::pin::pin!(stream);
    let mut decoder = Decoder::default();
    while let Some(chunk) = stream.next().await {
        decoder.push(chunk.map_err(StoreError::from)?);
        while let Some(fields) = decoder.next_row()? {
            take(&fields)?;
        }
    }
    decoder.finish().map_err(E::from)
}

/// `timestamptz` literal of an instant.
pub fn instant(at: Timestamp) -> String {
    format!("'{at}'::timestamptz")
}

/// `date` literal of a day.
pub fn day(on: Date) -> String {
    format!("'{on}'::date")
}

/// Cuts rows out of the stream; a row that is not yet whole waits for the next chunk.
#[derive(Default)]
struct Decoder {
    pending: Bytes,
    row: Bytes,
    places: Vec<(u32, u32)>,
    head_seen: bool,
    ended: bool,
    count: u64,
}

const BROKEN: StoreError = StoreError::Unreadable { what: "COPY" };

impl Decoder {
    fn push(&mut self, chunk: Bytes) {
        if self.pending.is_empty() {
            self.pending = chunk;
        } else {
            let mut joined = BytesMut::with_capacity(self.pending.len() + chunk.len());
            joined.put_slice(&self.pending);
            joined.put_slice(&chunk);
            self.pending = joined.freeze();
        }
    }

    /// The next whole row, if there is one.
    fn next_row(&mut self) -> Result<Option<Fields<'_>>, StoreError> {
        if !self.head_seen && !self.take_head()? {
            return Ok(None);
        }
        let Some(length) = self.measure_row()? else { return Ok(None) };
        self.row = self.pending.split_to(length);
        self.count += 1;
        Ok(Some(Fields { data: &self.row, places: &self.places }))
    }

    fn take_head(&mut self) -> Result<bool, StoreError> {
        let fixed = SIGNATURE.len() + 8;
        if self.pending.len() < fixed {
            return Ok(false);
        }
        if !self.pending.starts_with(SIGNATURE) {
            return Err(BROKEN);
        }
        let extension = in_memory((&self.pending[SIGNATURE.len() + 4..]).get_u32());
        if self.pending.len() < fixed + extension {
            return Ok(false);
        }
        self.pending.advance(fixed + extension);
        self.head_seen = true;
        Ok(true)
    }

    /// Length of the row at the front with its fields noted; `None` while it is not whole, or at the end.
    fn measure_row(&mut self) -> Result<Option<usize>, StoreError> {
        let data = &self.pending[..];
        let Some(mut head) = data.get(..2) else { return Ok(None) };
        let fields = head.get_i16();
        if fields == -1 {
            self.ended = true;
            return Ok(None);
        }
        self.places.clear();
        let mut at = 2;
        for _ in 0..fields {
            let Some(mut head) = data.get(at..at + 4) else { return Ok(None) };
            let length = head.get_i32();
            at += 4;
            match usize::try_from(length) {
                Ok(length) if at + length <= data.len() => {
                    let place = |at: usize| u32::try_from(at).expect("PostgreSQL sends rows of 1 GB at most");
                    self.places.push((place(at), place(at + length)));
                    at += length;
                }
                Ok(_) => return Ok(None),
                Err(_) if length == -1 => self.places.push((u32::MAX, u32::MAX)),
                Err(_) => return Err(BROKEN),
            }
        }
        Ok(Some(at))
    }

    fn finish(&self) -> Result<u64, StoreError> {
        if self.ended { Ok(self.count) } else { Err(BROKEN) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows as PostgreSQL would send them.
    fn stream() -> Vec<u8> {
        let mut rows = Rows::new();
        rows.row(5).i64(7).text("年輪").date(date(2026, 4, 1)).null().bool(true);
        rows.row(5).i64(-1).text("").opt(None, Rows::date).i16(3).bool(false);
        assert_eq!(rows.count(), 2);
        let mut bytes = [SIGNATURE, &[0; 8]].concat();
        bytes.extend_from_slice(&rows.take());
        bytes.extend_from_slice(&[0xff, 0xff]);
        bytes
    }

    fn read(chunks: &[&[u8]]) -> Result<Vec<String>, StoreError> {
        let mut decoder = Decoder::default();
        let mut seen = Vec::new();
        for chunk in chunks {
            decoder.push(Bytes::copy_from_slice(chunk));
            while let Some(row) = decoder.next_row()? {
                seen.push(format!(
                    "{} {} {:?} {:?} {}",
                    row.i64(0),
                    row.text(1),
                    row.opt_date(2),
                    row.opt_i16(3),
                    row.bool(4)
                ));
            }
        }
        decoder.finish().map(|count| {
            assert_eq!(usize::try_from(count), Ok(seen.len()));
            seen
        })
    }

    #[test]
    fn rows_come_back_however_the_stream_is_cut() {
        let bytes = stream();
        let whole = read(&[&bytes]).expect("whole");
        assert_eq!(whole, ["7 年輪 Some(2026-04-01) None true", "-1  None Some(3) false"]);
        for cut in 0..bytes.len() {
            let (front, back) = bytes.split_at(cut);
            assert_eq!(read(&[front, back]).expect("whole"), whole, "cut at {cut}");
        }
    }

    #[test]
    fn an_array_of_numbers_is_one_dimension_or_none() {
        let bytes = |values: &[i32]| {
            let mut rows = Rows::new();
            rows.row(1).i32_array(values);
            rows.take()[6..].to_vec()
        };
        // No dimension, no NULLs, element type int4.
        assert_eq!(bytes(&[]), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23]);
        let two = bytes(&[200_304, -1]);
        assert_eq!(two[..12], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 23]);
        assert_eq!(two[12..], [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0, 3, 14, 112, 0, 0, 0, 4, 255, 255, 255, 255]);
    }

    #[test]
    fn a_stream_without_its_end_is_refused() {
        let bytes = stream();
        assert!(read(&[&bytes[..bytes.len() - 2]]).is_err());
        assert!(read(&[b"not a copy stream at all"]).is_err());
    }

    #[test]
    fn days_of_both_calendars() {
        for day in [date(1900, 1, 1), date(1970, 1, 1), date(2000, 2, 29), date(2026, 4, 1)] {
            let mut rows = Rows::new();
            rows.row(1).date(day);
            let bytes = rows.take();
            let row = Fields { data: &bytes, places: &[(6, 10)] };
            assert_eq!(row.date(0), day);
            assert_eq!(i64::from(row.unix_days(0)), i64::from((day - date(1970, 1, 1)).get_days()));
        }
    }
}
