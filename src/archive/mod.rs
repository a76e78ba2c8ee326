//! The archive on disk: where a customer's folder stands ([`layout`]), what it may be called
//! ([`names`]), which cards there are ([`sweep`]), who writes ([`lock`]), which names a disk takes for one ([`disk`]), and how a file is
//! replaced so that a kill leaves it old or new ([`mod@write`]). The only room that writes in the
//! work tree; what differs by operating system stands in [`platform`].

pub mod disk;
pub mod layout;
pub mod locate;
pub mod lock;
pub mod names;
pub mod platform;
pub mod sweep;
pub mod write;

pub use layout::{Branch, Layout, Place, Stage};
pub use lock::{InUse, Lock};
pub use platform::Platform;
pub use sweep::{Sweep, SweptFolder};

/// The file in a company's folder that makes it a customer.
pub const CARD: &str = "card.toml";
/// The settings at the root of an archive, by which it is found.
pub const SETTINGS: &str = "crm.toml";
/// The folder of what belongs to no single customer.
pub const BOOKS: &str = "books";
