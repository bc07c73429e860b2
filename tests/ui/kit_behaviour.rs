//! Keyboard and names.
