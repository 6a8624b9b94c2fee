//! 総合振込の書き手.

use jiff::civil::Date;

use super::{
    AMOUNT_YEN_MAX, Newness, ORIGINATOR_NAME_BYTES, Originator, RECORD_BYTES, TOTAL_YEN_MAX, TRANSFERS_MAX, Transfer,
    TransferRefused,
};

/// 総合振込ファイル — written record by record: one header, the data, one trailer, one end; lines end with CR LF.
#[derive(Debug)]
pub struct TransferFile {
    bytes: Vec<u8>,
    count: usize,
    amount_yen: i64,
}

impl TransferFile {
    /// With its header: 種別 21, コード区分 0 (JIS), 振込指定日.
    pub fn new(originator: &Originator, value_on: Date) -> TransferFile {
        let mut file = TransferFile { bytes: Vec::with_capacity(1 << 16), count: 0, amount_yen: 0 };
        let mut name = originator.name.clone();
        name.resize(ORIGINATOR_NAME_BYTES, b' ');
        let day = format!("{:02}{:02}", value_on.month(), value_on.day());
        file.record(&[
            b"1210",
            &originator.code,
            &name,
            day.as_bytes(),
            &originator.bank,
            &[b' '; 15],
            &originator.branch,
            &[b' '; 15],
            &[originator.account_type],
            &originator.number,
        ]);
        file
    }

    /// One record, filled up with spaces.
    fn record(&mut self, fields: &[&[u8]]) {
        let start = self.bytes.len();
        fields.iter().for_each(|field| self.bytes.extend_from_slice(field));
        assert!(self.bytes.len() - start <= RECORD_BYTES, "the fields of a record have fixed lengths");
        self.bytes.resize(start + RECORD_BYTES, b' ');
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// Whether another transfer fits into the six digits of the count and the twelve of the sum.
    pub fn has_room_for(&self, amount_yen: i64) -> bool {
        self.count < TRANSFERS_MAX && self.amount_yen.saturating_add(amount_yen) <= TOTAL_YEN_MAX
    }

    /// Adds a transfer.
    ///
    /// # Errors
    /// `Amount` — nothing, or more than ten digits.
    ///
    /// # Panics
    /// When the file is full, or the key of the customer has more than ten digits: bugs of the caller.
    pub fn add(&mut self, transfer: &Transfer) -> Result<(), TransferRefused> {
        if !(1..=AMOUNT_YEN_MAX).contains(&transfer.amount_yen) {
            return Err(TransferRefused::Amount);
        }
        assert!(self.has_room_for(transfer.amount_yen), "the caller begins another file");
        assert!((0..10_000_000_000).contains(&transfer.customer), "a key has at most ten digits");
        let account = &transfer.account;
        let newness: &[u8] = match transfer.newness {
            Newness::Other => b"0",
            Newness::First => b"1",
            Newness::Changed => b"2",
        };
        self.record(&[
            b"2",
            &account.bank,
            &[b' '; 15],
            &account.branch,
            &[b' '; 15],
            b"0000",
            &[account.account_type],
            &account.number,
            &account.holder,
            format!("{:010}", transfer.amount_yen).as_bytes(),
            newness,
            format!("{:010}", transfer.customer).as_bytes(),
            &[b' '; 10],
            b"7",
        ]);
        self.count += 1;
        self.amount_yen += transfer.amount_yen;
        Ok(())
    }

    /// 合計件数 and 合計金額 so far.
    pub fn totals(&self) -> (usize, i64) {
        (self.count, self.amount_yen)
    }

    /// The bytes, with trailer and end.
    pub fn finish(mut self) -> Vec<u8> {
        let totals = format!("8{:06}{:012}", self.count, self.amount_yen);
        self.record(&[totals.as_bytes()]);
        self.record(&[b"9"]);
        self.bytes
    }
}
