//! Versions as Mobile SMARTS writes them: two to four numbers, compared from left to right.
//!
//! A missing part is less than zero (`1.2` < `1.2.0`), as in .NET's `System.Version`, which is what the
//! vendor's programs compare with. Platform versions carry a *flavour* in the third number (35 or 46: the
//! .NET build of one and the same release), so they are compared through [`Version::platform_cmp`].
//!
//! Deliberately not here: any knowledge of which version suits what; see [`crate::offer`].

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest text that can be a version: four ten-digit numbers and three dots.
const LONGEST_TEXT: usize = 43;

/// Two to four numbers, each at most `i32::MAX` (the limit of .NET's `System.Version`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version([Option<u32>; 4]);

/// Which .NET build of a platform release this is; told by the third number of its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flavour {
    /// `x.y.35.z`, for .NET Framework 3.5.
    Net35,
    /// `x.y.46.z`, for .NET Framework 4.6.
    Net46,
}

/// Why a text is not a version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "fault", content = "text", rename_all = "snake_case")]
pub enum Error {
    /// Nothing but white space.
    #[error("Version is empty")]
    Empty,
    /// Longer than any version can be; the text is not repeated.
    #[error("Version is longer than {LONGEST_TEXT} characters")]
    TooLong,
    /// One number, or more than four.
    #[error("Version must be two to four numbers with dots: {0}")]
    Parts(String),
    /// A part is not made of digits alone (so also: below zero).
    #[error("Version has a part that is not a number: {0}")]
    NotANumber(String),
    /// A part is above `i32::MAX`.
    #[error("Version has a number that is too large: {0}")]
    TooLarge(String),
}

impl Version {
    /// A full version of four numbers.
    pub const fn new(major: u32, minor: u32, third: u32, build: u32) -> Self {
        Self([Some(major), Some(minor), Some(third), Some(build)])
    }

    /// The first two numbers: what decides whether a mobile app and a server go together.
    pub fn major_minor(&self) -> (u32, u32) {
        (self.0[0].unwrap_or(0), self.0[1].unwrap_or(0))
    }

    /// The .NET flavour of a platform version; `None` for versions that do not carry one (`4.0.0.50000`).
    pub fn flavour(&self) -> Option<Flavour> {
        match self.0[2] {
            Some(35) => Some(Flavour::Net35),
            Some(46) => Some(Flavour::Net46),
            _ => None,
        }
    }

    /// Compares two versions of the platform; `None` if they are builds of different flavours, which say
    /// nothing about each other (3.0.35.46769 and 3.0.46.46770 are the same release).
    ///
    /// Where one of the two carries no flavour, the third number is left out of the comparison.
    pub fn platform_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.flavour(), other.flavour()) {
            (Some(a), Some(b)) if a != b => None,
            (Some(_), Some(_)) | (None, None) => Some(self.cmp(other)),
            (Some(_), None) | (None, Some(_)) => Some(self.without_flavour().cmp(&other.without_flavour())),
        }
    }

    /// A key that puts versions of the platform in the order of [`Self::platform_cmp`], where that says
    /// anything; a total order also where it does not.
    pub fn platform_key(&self) -> impl Ord + Copy + use<> {
        (self.without_flavour(), self.0)
    }

    /// Whether a platform of this version is new enough for something that asks for `minimum`.
    ///
    /// Across flavours only the first two numbers can be compared.
    pub fn platform_satisfies(&self, minimum: &Self) -> bool {
        match self.platform_cmp(minimum) {
            Some(order) => order != Ordering::Less,
            None => self.major_minor() >= minimum.major_minor(),
        }
    }

    /// The numbers that are there, for matching against patterns such as `1.5.*`.
    pub fn parts(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().map_while(|part| *part)
    }

    fn without_flavour(&self) -> [Option<u32>; 3] {
        [self.0[0], self.0[1], self.0[3]]
    }
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::Empty);
        }
        if text.len() > LONGEST_TEXT {
            return Err(Error::TooLong);
        }
        let mut parts = [None; 4];
        let mut count = 0;
        for part in text.split('.') {
            let slot = parts.get_mut(count).ok_or_else(|| Error::Parts(text.to_owned()))?;
            *slot = Some(number(part, text)?);
            count += 1;
        }
        if count < 2 {
            return Err(Error::Parts(text.to_owned()));
        }
        Ok(Self(parts))
    }
}

fn number(part: &str, text: &str) -> Result<u32, Error> {
    if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::NotANumber(text.to_owned()));
    }
    match part.parse::<i32>() {
        Ok(number) => Ok(number.unsigned_abs()),
        Err(_) => Err(Error::TooLarge(text.to_owned())),
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Version {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

/// For libraries that ask for a semantic version: `major.minor.patch+build`. The build number does not
/// take part in semver's precedence, so nothing in this program compares the result.
impl From<Version> for semver::Version {
    fn from(version: Version) -> Self {
        let part = |index: usize| u64::from(version.0[index].unwrap_or(0));
        let mut semantic = Self::new(part(0), part(1), part(2));
        if let Some(build) = version.0[3] {
            // Digits alone are always valid build metadata.
            semantic.build =
                semver::BuildMetadata::new(&build.to_string()).unwrap_or(semver::BuildMetadata::EMPTY);
        }
        semantic
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_compared_from_left_to_right_as_numbers() {
        assert!(version("1.6.2.6493") < version("1.6.3.6708"));
        assert!(version("1.6.10.1") > version("1.6.9.9999"));
        assert!(version("3.0.46.46770") < version("3.2.0.19682"));
    }

    #[test]
    fn a_missing_part_is_less_than_zero() {
        assert!(version("1.2") < version("1.2.0"));
        assert!(version("1.2.0") < version("1.2.0.0"));
        assert_ne!(version("1.2"), version("1.2.0"));
    }

    #[test]
    fn platform_versions_of_two_flavours_are_not_compared() {
        assert_eq!(version("3.0.35.46769").platform_cmp(&version("3.0.46.46770")), None);
        assert_eq!(version("3.3.46.29552").platform_cmp(&version("3.4.46.31745")), Some(Ordering::Less));
    }

    #[test]
    fn a_platform_version_without_a_flavour_is_compared_with_both() {
        assert_eq!(version("3.2.0.19682").platform_cmp(&version("3.3.46.29552")), Some(Ordering::Less));
        assert_eq!(version("4.0.0.50000").platform_cmp(&version("3.4.35.40367")), Some(Ordering::Greater));
        assert_eq!(version("3.3.0.5").platform_cmp(&version("3.3.46.4")), Some(Ordering::Greater));
    }

    #[test]
    fn a_platform_of_the_other_flavour_satisfies_by_its_first_two_numbers() {
        assert!(version("3.1.35.1").platform_satisfies(&version("3.0.46.46642")));
        assert!(version("3.0.35.46769").platform_satisfies(&version("3.0.46.46770")));
        assert!(!version("2.9.35.9").platform_satisfies(&version("3.0.46.1")));
    }

    #[test]
    fn what_is_no_version_is_refused_with_the_reason() {
        let cases = [
            ("", Error::Empty),
            ("  ", Error::Empty),
            ("1", Error::Parts("1".into())),
            ("1.2.3.4.5", Error::Parts("1.2.3.4.5".into())),
            ("1.-2.3.4", Error::NotANumber("1.-2.3.4".into())),
            ("1..3", Error::NotANumber("1..3".into())),
            ("1.2.beta", Error::NotANumber("1.2.beta".into())),
            ("1.2.٣", Error::NotANumber("1.2.٣".into())),
            ("1.2147483648", Error::TooLarge("1.2147483648".into())),
            ("1.99999999999999999999", Error::TooLarge("1.99999999999999999999".into())),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Version>(), Err(expected), "{text:?}");
        }
        assert_eq!("1.".repeat(1000).parse::<Version>(), Err(Error::TooLong));
    }

    #[test]
    fn semver_gets_the_fourth_number_as_build_metadata() {
        assert_eq!(semver::Version::from(version("1.6.3.7283")).to_string(), "1.6.3+7283");
        assert_eq!(semver::Version::from(version("1.2")).to_string(), "1.2.0");
    }

    fn any_version() -> impl Strategy<Value = Version> {
        let number = 0..=i32::MAX.unsigned_abs();
        prop::collection::vec(number, 2..=4).prop_map(|numbers| {
            let mut parts = [None; 4];
            for (slot, number) in parts.iter_mut().zip(numbers) {
                *slot = Some(number);
            }
            Version(parts)
        })
    }

    fn any_platform() -> impl Strategy<Value = Version> {
        let third = prop::sample::select(vec![0, 35, 46]);
        (3..5_u32, 0..3_u32, third, 0..4_u32)
            .prop_map(|(major, minor, third, build)| Version::new(major, minor, third, build))
    }

    proptest! {
        #[test]
        fn text_round_trips(version in any_version()) {
            prop_assert_eq!(version.to_string().parse::<Version>(), Ok(version));
        }

        #[test]
        fn order_is_total(a in any_version(), b in any_version(), c in any_version()) {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
            if a <= b && b <= c {
                prop_assert!(a <= c);
            }
        }

        #[test]
        fn the_order_of_platforms_is_that_of_their_comparison(
            (a, b) in (any_platform(), any_platform())
        ) {
            if let Some(order) = a.platform_cmp(&b) {
                let keys = a.platform_key().cmp(&b.platform_key());
                prop_assert!(keys == order || order == Ordering::Equal, "{a} {b}");
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = text.parse::<Version>();
        }
    }
}
