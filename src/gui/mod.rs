//! The window: egui in, egui out, and nothing of egui anywhere else.
//!
//! A screen draws from a snapshot and its own state and pushes an [`Action`], only from input events;
//! [`ConsoleApp`] performs the actions after drawing. Nothing here decides, blocks or reads a file.

mod action;
mod app;
mod context;
mod file_papers;
mod guard;
mod help_places;
pub mod icons;
mod link_papers;
mod lock_watch;
mod member_picture;
mod palette;
mod paper_actions;
mod projector;
mod report_facts;
mod safe_actions;
pub mod screens;
mod shell;
pub mod theme;
mod update;
mod view;
pub mod widgets;

pub use action::{Action, Destination, LinksPage, PeoplePage, ReportsPage, Room, Shared};
pub use app::{ConsoleApp, StartWith, run_window};
pub use context::ScreenContext;
pub use guard::{Broken, Locked, Moments};
pub use lock_watch::{LockReason, Moment};
pub use safe_actions::SafeAction;
pub use view::{OpenFile, Overlay, Toast, View};
