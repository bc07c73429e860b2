//! sample

use crate::register::{Operation, Organization, Register};

/// Which sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleKind {
    School,
    College,
}

/// The card of a sample.
pub fn organization(kind: SampleKind) -> Organization {
    let _ = kind;
    Organization::default()
}

/// A step of a sample.
pub type Step = Box<dyn Fn(&Register) -> Operation>;

/// The steps of a sample.
pub fn steps(kind: SampleKind, today: jiff::civil::Date) -> Vec<Step> {
    let _ = (kind, today);
    Vec::new()
}
