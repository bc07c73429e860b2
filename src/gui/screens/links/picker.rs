//! A field that is typed into and offers what fits: a group, a chat, a person.

use egui::{Key, Ui};

use crate::gui::theme::Ink;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::list_row::ListRow;
use crate::gui::{icons, icons::Icon};

/// How many offers are shown.
pub const MOST_OFFERS: usize = 5;

/// One thing that can be chosen.
#[derive(Clone, Debug)]
pub struct Offer<T> {
    pub value: T,
    pub words: String,
    pub icon: Icon,
}

/// What was typed, and what was chosen of the offers.
#[derive(Clone, Debug)]
pub struct Picker<T> {
    text: String,
    chosen: Option<T>,
    offers: Vec<Offer<T>>,
    searched: Option<String>,
}

impl<T> Default for Picker<T> {
    fn default() -> Self {
        Self { text: String::new(), chosen: None, offers: Vec::new(), searched: None }
    }
}

impl<T: Copy> Picker<T> {
    /// What is chosen.
    pub fn chosen(&self) -> Option<T> {
        self.chosen
    }

    /// Whether something was typed and nothing chosen for it.
    pub fn is_unfinished(&self) -> bool {
        self.chosen.is_none() && !self.text.trim().is_empty()
    }

    /// Chooses from outside.
    pub fn choose(&mut self, value: T, words: String) {
        self.text.clone_from(&words);
        self.searched = Some(words);
        self.chosen = Some(value);
        self.offers.clear();
    }

    /// Draws it; `search` is asked only when the text changes. Answers whether something was chosen now.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        label: &str,
        hint: &str,
        search: impl FnOnce(&str) -> Vec<Offer<T>>,
    ) -> bool {
        let response = TextField::new(label, &mut self.text).hint(hint).show(ui);
        if response.changed() {
            self.chosen = None;
        }
        if self.chosen.is_none() && self.searched.as_deref() != Some(self.text.as_str()) {
            self.offers = if self.text.trim().is_empty() { Vec::new() } else { search(&self.text) };
            self.searched = Some(self.text.clone());
        }
        if self.chosen.is_some() {
            return false;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut taken = (entered && !self.offers.is_empty()).then_some(0);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, offer) in self.offers.iter().take(MOST_OFFERS).enumerate() {
            if ui.add(ListRow::new(&offer.words).icon(offer.icon, Ink::Secondary)).clicked() {
                taken = Some(index);
            }
        }
        if self.is_unfinished() && self.offers.is_empty() {
            let row = ListRow::new("Ничего похожего нет").icon(icons::QUESTION, Ink::Secondary).quiet(true);
            ui.add_enabled_ui(false, |ui| ui.add(row));
        }
        let Some(index) = taken else { return false };
        let offer = self.offers[index].clone();
        self.choose(offer.value, offer.words);
        true
    }
}
