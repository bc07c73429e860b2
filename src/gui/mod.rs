//! The window: egui in, egui out, and nothing of egui anywhere else.

pub mod icons;
pub mod theme;
pub mod widgets;
