//! Keys that work on a Russian layout.
//!
//! With a Cyrillic layout some systems report Ctrl+Z as the letter «я» or as a key of another alphabet. The place of
//! the key on the keyboard does not change with the layout, so letters are matched by it; the logical key is only
//! asked where no place is known.

use egui::{Context, Event, Key, Modifiers};

/// Whether the key was pressed with exactly these modifiers; takes the press away so that nobody else sees it.
pub fn consume_shortcut_physical(ctx: &Context, modifiers: Modifiers, key: Key) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !matches_press(event, modifiers, key));
        input.events.len() != before
    })
}

/// The same while nobody types into a text field: single letters and digits of cleanup mode.
pub fn consume_bare_key(ctx: &Context, key: Key) -> bool {
    !ctx.text_edit_focused() && consume_shortcut_physical(ctx, Modifiers::NONE, key)
}

fn matches_press(event: &Event, wanted: Modifiers, wanted_key: Key) -> bool {
    let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return false };
    modifiers.matches_exact(wanted) && physical_key.unwrap_or(*key) == wanted_key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, physical_key: Option<Key>, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key, pressed: true, repeat: false, modifiers }
    }

    fn consumed(event: Event, modifiers: Modifiers, key: Key) -> bool {
        let ctx = Context::default();
        ctx.input_mut(|input| input.events.push(event));
        let found = consume_shortcut_physical(&ctx, modifiers, key);
        assert_eq!(ctx.input(|input| input.events.is_empty()), found, "what was matched is taken away");
        found
    }

    #[test]
    fn matches_the_place_of_the_key_not_its_letter() {
        let cases = [
            ("Latin", Key::Z, Some(Key::Z), Modifiers::CTRL, true),
            ("letter of another layout", Key::Quote, Some(Key::Z), Modifiers::CTRL, true),
            ("no place known", Key::Z, None, Modifiers::CTRL, true),
            ("another place", Key::Z, Some(Key::Y), Modifiers::CTRL, false),
            ("one modifier more", Key::Z, Some(Key::Z), Modifiers::CTRL | Modifiers::SHIFT, false),
            ("no modifier", Key::Z, Some(Key::Z), Modifiers::NONE, false),
        ];
        for (name, key, place, pressed_with, expected) in cases {
            let event = press(key, place, pressed_with);
            assert_eq!(consumed(event, Modifiers::CTRL, Key::Z), expected, "{name}");
        }
    }
}
