//! The keyboard of a table: arrows move, Enter opens, Space marks, Escape lets go.

use egui::{Event, EventFilter, Id, Key, Modifiers, Popup, Ui};

/// What a key asks a table for. `extend` is true while Shift is held: the marked range grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKey {
    /// One row up.
    Up {
        /// Shift is held.
        extend: bool,
    },
    /// One row down.
    Down {
        /// Shift is held.
        extend: bool,
    },
    /// One page up.
    PageUp {
        /// Shift is held.
        extend: bool,
    },
    /// One page down.
    PageDown {
        /// Shift is held.
        extend: bool,
    },
    /// To the first row.
    Home {
        /// Shift is held.
        extend: bool,
    },
    /// To the last row.
    End {
        /// Shift is held.
        extend: bool,
    },
    /// ← closes a row of a tree.
    Fold,
    /// → opens a row of a tree.
    Unfold,
    /// Enter opens the row.
    Open,
    /// Space marks the row.
    Mark,
    /// Ctrl+A marks all rows.
    MarkAll,
    /// The menu key or Shift+F10: the actions of the row.
    Menu,
    /// Escape: close the inspector, or drop the marks.
    Escape,
}

impl TableKey {
    /// The row to go to from `current` in a table of `rows` rows with `page` rows in sight; `None` for other keys.
    #[must_use]
    pub fn target(self, current: Option<usize>, rows: usize, page: usize) -> Option<usize> {
        let last = rows.checked_sub(1)?;
        let target = match (self, current) {
            (Self::Home { .. }, _) => 0,
            (Self::End { .. }, _) => last,
            (Self::Up { .. } | Self::Down { .. } | Self::PageUp { .. } | Self::PageDown { .. }, None) => 0,
            (Self::Up { .. }, Some(row)) => row.saturating_sub(1),
            (Self::Down { .. }, Some(row)) => row + 1,
            (Self::PageUp { .. }, Some(row)) => row.saturating_sub(page.max(1)),
            (Self::PageDown { .. }, Some(row)) => row + page.max(1),
            _ => return None,
        };
        Some(target.min(last))
    }

    /// Whether the key extends the marks from the row it leaves.
    #[must_use]
    pub const fn extends(self) -> bool {
        matches!(
            self,
            Self::Up { extend: true }
                | Self::Down { extend: true }
                | Self::PageUp { extend: true }
                | Self::PageDown { extend: true }
                | Self::Home { extend: true }
                | Self::End { extend: true }
        )
    }
}

/// The id a table of this name has: what [`super::table::DataTable`] focuses and [`table_keys`] listens for.
#[must_use]
pub fn table_id(name: &str) -> Id {
    Id::unique(("table", name))
}

/// Takes the keys meant for the table of this name out of the input, in the order they were pressed.
///
/// Nothing is taken while a text field, a button or another table has the focus, or a menu or dialog is open.
pub fn table_keys(ui: &Ui, name: &str) -> Vec<TableKey> {
    let id = table_id(name);
    let ctx = ui.ctx();
    let focused = ctx.memory(egui::Memory::focused);
    let elsewhere = focused.is_some_and(|focused| focused != id);
    let covered = Popup::is_any_open(ctx) || ctx.memory(|memory| !memory.allows_interaction(ui.layer_id()));
    if elsewhere || covered || !ui.is_enabled() {
        return Vec::new();
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ctx.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut keys = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let key = table_key(event);
            keys.extend(key);
            key.is_none()
        });
    });
    keys
}

fn table_key(event: &Event) -> Option<TableKey> {
    let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return None };
    let extend = modifiers.matches_exact(Modifiers::SHIFT);
    if modifiers.matches_exact(Modifiers::COMMAND) {
        return (physical_key.unwrap_or(*key) == Key::A).then_some(TableKey::MarkAll);
    }
    if !extend && modifiers.any() {
        return None;
    }
    match key {
        Key::ArrowUp => Some(TableKey::Up { extend }),
        Key::ArrowDown => Some(TableKey::Down { extend }),
        Key::PageUp => Some(TableKey::PageUp { extend }),
        Key::PageDown => Some(TableKey::PageDown { extend }),
        Key::Home => Some(TableKey::Home { extend }),
        Key::End => Some(TableKey::End { extend }),
        Key::F10 if extend => Some(TableKey::Menu),
        _ if extend => None,
        Key::ArrowLeft => Some(TableKey::Fold),
        Key::ArrowRight => Some(TableKey::Unfold),
        Key::Enter => Some(TableKey::Open),
        Key::Space => Some(TableKey::Mark),
        Key::Escape => Some(TableKey::Escape),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_inside_the_table() {
        let (up, down) = (TableKey::Up { extend: false }, TableKey::Down { extend: false });
        let (page_up, page_down) = (TableKey::PageUp { extend: false }, TableKey::PageDown { extend: false });
        for (key, current, rows, expected) in [
            (up, Some(0), 5, Some(0)),
            (down, Some(4), 5, Some(4)),
            (down, None, 5, Some(0)),
            (page_up, Some(3), 50, Some(0)),
            (page_down, Some(3), 50, Some(13)),
            (page_down, Some(45), 50, Some(49)),
            (TableKey::End { extend: true }, Some(2), 7, Some(6)),
            (TableKey::Home { extend: true }, Some(2), 7, Some(0)),
            (down, Some(0), 0, None),
            (TableKey::Mark, Some(2), 7, None),
        ] {
            assert_eq!(key.target(current, rows, 10), expected, "{key:?} from {current:?} of {rows}");
        }
    }
}
