//! Links and phones are masked until somebody holds «Показать» (faults row 27). Held for a moment, by pointer or key,
//! it shows the text for ten seconds; a mere press shows nothing.

use egui::{Id, Key, Response, Ui};

use super::button::small_link_button_ui;

/// How long the button has to be held, in seconds.
const HOLD: f64 = 0.35;
/// How long the text stands open, in seconds.
const OPEN: f64 = 10.0;

/// What is remembered of one masked text.
#[derive(Clone, Copy, Debug, Default)]
struct Mask {
    held_since: Option<f64>,
    open_until: Option<f64>,
}

fn mask_of(ui: &Ui, id: Id) -> Mask {
    ui.data(|data| data.get_temp(id)).unwrap_or_default()
}

/// Whether the text of this id stands open now.
pub fn is_open(ui: &Ui, id: Id) -> bool {
    let now = ui.input(|input| input.time);
    mask_of(ui, id).open_until.is_some_and(|until| now < until)
}

/// Draws «Показать» or «Скрыть»; `subject` names the text in the accusative: «телефон», «адрес ссылки 7Б».
pub fn reveal_button_ui(ui: &mut Ui, id: Id, subject: &str) -> Response {
    let now = ui.input(|input| input.time);
    let mut mask = mask_of(ui, id);
    if mask.open_until.is_some_and(|until| now >= until) {
        mask = Mask::default();
    }
    let open = mask.open_until.is_some();
    let (word, name) = if open {
        ("Скрыть", format!("Скрыть {subject}"))
    } else {
        ("Показать", format!("Показать {subject} на 10 секунд: удерживайте"))
    };
    let response = small_link_button_ui(ui, word, &name);
    let by_key =
        response.has_focus() && ui.input(|input| input.key_down(Key::Space) || input.key_down(Key::Enter));
    let held = response.is_pointer_button_down_on() || by_key;
    if open {
        // The press that opened it must not close it when it ends.
        if !held {
            mask.held_since = None;
        }
        if response.clicked() && mask.held_since.is_none() && !by_key {
            mask = Mask::default();
        }
    } else if held {
        let since = *mask.held_since.get_or_insert(now);
        if now - since >= HOLD {
            mask.open_until = Some(now + OPEN);
        } else {
            wake(ui, HOLD - (now - since));
        }
    } else {
        mask.held_since = None;
    }
    if let Some(until) = mask.open_until {
        wake(ui, until - now);
    }
    ui.data_mut(|data| data.insert_temp(id, mask));
    let hint = if open {
        "Скроется само через 10 секунд"
    } else {
        "Удерживайте, чтобы показать на 10 секунд"
    };
    response.on_hover_text(hint)
}

fn wake(ui: &Ui, seconds: f64) {
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(seconds.max(0.02)));
}
