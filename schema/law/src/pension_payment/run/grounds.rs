//! 支給事由と年金 — amounts by pension, and what is kept apart for each 支給事由.

use domain::Yen;

use crate::adjudication::award::Ground;

/// In the order in which pensions are named and levies are taken (老齢, 障害, 遺族).
pub(super) const ALL: [Ground; 3] = [Ground::OldAge, Ground::Disability, Ground::Survivor];

/// 基礎年金・厚生年金・遺族厚生年金の額 — each pension is cut and accounted by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SchemeYen {
    /// 基礎年金給付.
    pub basic: Yen,
    /// 老齢・障害厚生年金.
    pub employees: Yen,
    /// 遺族厚生年金.
    pub survivor: Yen,
}

impl SchemeYen {
    /// Of 基礎年金 and 老齢・障害厚生年金.
    pub const fn new(basic: i64, employees: i64) -> SchemeYen {
        SchemeYen { basic: Yen::new(basic), employees: Yen::new(employees), survivor: Yen::ZERO }
    }

    /// Of all three.
    pub const fn of(basic: i64, employees: i64, survivor: i64) -> SchemeYen {
        SchemeYen { basic: Yen::new(basic), employees: Yen::new(employees), survivor: Yen::new(survivor) }
    }

    /// 基礎, 老齢・障害厚生, 遺族厚生.
    pub fn parts(self) -> [Yen; 3] {
        [self.basic, self.employees, self.survivor]
    }

    /// All together.
    pub fn total(self) -> Yen {
        self.basic + self.employees + self.survivor
    }

    /// Nothing of any pension.
    pub fn is_zero(self) -> bool {
        self == SchemeYen::default()
    }

    /// Pension by pension.
    pub(super) fn each(self, other: SchemeYen, of: impl Fn(Yen, Yen) -> Yen) -> SchemeYen {
        SchemeYen {
            basic: of(self.basic, other.basic),
            employees: of(self.employees, other.employees),
            survivor: of(self.survivor, other.survivor),
        }
    }

    pub(super) fn plus(self, other: SchemeYen) -> SchemeYen {
        self.each(other, |one, other| one + other)
    }

    pub(super) fn less(self, other: SchemeYen) -> SchemeYen {
        self.each(other, |one, other| one - other)
    }
}

/// 支給事由ごとの値.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByGround<T> {
    /// 老齢.
    pub old_age: T,
    /// 障害.
    pub disability: T,
    /// 遺族.
    pub survivor: T,
}

impl<T> ByGround<T> {
    /// The value of one.
    pub fn of(&self, ground: Ground) -> &T {
        match ground {
            Ground::OldAge => &self.old_age,
            Ground::Disability => &self.disability,
            Ground::Survivor => &self.survivor,
        }
    }

    /// The value of one, to be changed.
    pub fn of_mut(&mut self, ground: Ground) -> &mut T {
        match ground {
            Ground::OldAge => &mut self.old_age,
            Ground::Disability => &mut self.disability,
            Ground::Survivor => &mut self.survivor,
        }
    }
}

impl<T: Copy> ByGround<T> {
    /// Each by itself.
    pub fn map<U>(self, of: impl Fn(T) -> U) -> ByGround<U> {
        ByGround { old_age: of(self.old_age), disability: of(self.disability), survivor: of(self.survivor) }
    }

    /// Every one with its value.
    pub fn each(&self) -> [(Ground, T); 3] {
        ALL.map(|ground| (ground, *self.of(ground)))
    }
}

impl<T: Default> ByGround<T> {
    /// Of the old-age pension only.
    pub fn of_old_age(old_age: T) -> ByGround<T> {
        ByGround { old_age, ..ByGround::default() }
    }
}

impl ByGround<SchemeYen> {
    /// All of them together.
    pub fn sum(&self) -> SchemeYen {
        self.old_age.plus(self.disability).plus(self.survivor)
    }
}
