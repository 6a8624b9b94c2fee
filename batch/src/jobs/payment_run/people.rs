//! The facts of a partition's persons: one query per table, merged by person.

use domain::Month;
use jiff::civil::Date;
use law::pension_payment::run::ByGround;
use store::night::payments::{self, AccountLine, AwardLine, ClaimLine, InstalmentLine, Payees, SentLine, UnpaidClaim};
use store::{Connection, StoreError};

use super::Rules;
use crate::run::{NightError, Partition, PartitionSession};

/// Rows in order of person.
struct Table<T>(Vec<(i64, T)>);

impl<T> Table<T> {
    fn of(&self, person_id: i64) -> impl DoubleEndedIterator<Item = &T> {
        let from = self.0.partition_point(|row| row.0 < person_id);
        let until = from + self.0[from..].partition_point(|row| row.0 == person_id);
        self.0[from..until].iter().map(|row| &row.1)
    }

    /// The row known last.
    fn last(&self, person_id: i64) -> Option<&T> {
        self.of(person_id).next_back()
    }
}

/// What is on file of the persons of a partition.
pub struct Records {
    awards: Table<AwardLine>,
    claims: ByGround<Table<ClaimLine>>,
    deaths: Table<(Date, Option<i64>)>,
    births: Table<Date>,
    accounts: Table<AccountLine>,
    declarations: Table<Vec<String>>,
    collections: Table<(String, i64)>,
    instalments: Table<InstalmentLine>,
    sent: Table<SentLine>,
    outstanding: Table<i64>,
    unpaid: Table<UnpaidClaim>,
}

/// One person.
pub struct Facts<'a> {
    pub person_id: i64,
    pub awards: Vec<&'a AwardLine>,
    /// The claim of each 支給事由.
    pub claims: ByGround<Option<ClaimLine>>,
    pub died: Option<(Date, Option<i64>)>,
    pub birth: Option<Date>,
    pub account: Option<&'a AccountLine>,
    pub declaration: &'a [String],
    pub collections: Vec<&'a (String, i64)>,
    pub instalments: Vec<&'a InstalmentLine>,
    pub sent: Vec<&'a SentLine>,
    pub outstanding_yen: i64,
    pub unpaid: Vec<&'a UnpaidClaim>,
}

/// Payments since the year before are looked at: for the change of the amount, and for the settlement of a year.
fn since(payment_month: Month) -> Date {
    Month::new(payment_month.year() - 1, 12).unwrap_or(payment_month).first_day()
}

impl Records {
    /// # Errors
    /// `Store`.
    pub fn read(
        partition: &Partition<'_>,
        session: &mut PartitionSession<'_>,
        rules: &Rules,
    ) -> Result<Records, NightError> {
        let scope = Payees { from: partition.keys.from, to: partition.keys.to, known_at: partition.job.cutoff_at };
        let month = rules.payment_month;
        let all = async |db: &Connection| {
            Ok::<_, StoreError>(Records {
                awards: Table(payments::awards(db, scope).await?),
                claims: ByGround {
                    old_age: Table(payments::claims(db, scope, payments::OLD_AGE).await?),
                    disability: Table(payments::claims(db, scope, payments::DISABILITY).await?),
                    survivor: Table(payments::claims(db, scope, payments::SURVIVOR).await?),
                },
                deaths: Table(payments::deaths(db, scope).await?),
                births: Table(payments::births(db, scope).await?),
                accounts: Table(payments::accounts(db, scope).await?),
                declarations: Table(payments::declarations(db, scope, month.year()).await?),
                collections: Table(payments::collections(db, scope, month).await?),
                instalments: Table(payments::instalments(db, scope, &partition.job.run_id).await?),
                sent: Table(payments::sent(db, scope, since(month)).await?),
                outstanding: Table(payments::outstanding(db, scope).await?),
                unpaid: Table(payments::unpaid_claims(db, scope).await?),
            })
        };
        session.run(all).map_err(NightError::store("支払の事実の読出し"))
    }

    /// Everybody with an award or a claim for an unpaid benefit, in order.
    pub fn people(&self) -> impl Iterator<Item = Facts<'_>> {
        let with_award = self.awards.0.iter().map(|row| row.0);
        let mut ids: Vec<i64> = with_award.chain(self.unpaid.0.iter().map(|row| row.0)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(|person_id| self.facts(person_id))
    }

    fn facts(&self, person_id: i64) -> Facts<'_> {
        Facts {
            person_id,
            awards: self.awards.of(person_id).collect(),
            claims: ByGround {
                old_age: self.claims.old_age.last(person_id).copied(),
                disability: self.claims.disability.last(person_id).copied(),
                survivor: self.claims.survivor.last(person_id).copied(),
            },
            died: self.deaths.last(person_id).copied(),
            birth: self.births.last(person_id).copied(),
            account: self.accounts.last(person_id),
            declaration: self.declarations.last(person_id).map_or(&[], Vec::as_slice),
            collections: self.collections.of(person_id).collect(),
            instalments: self.instalments.of(person_id).collect(),
            sent: self.sent.of(person_id).collect(),
            outstanding_yen: self.outstanding.last(person_id).copied().unwrap_or(0),
            unpaid: self.unpaid.of(person_id).collect(),
        }
    }
}
