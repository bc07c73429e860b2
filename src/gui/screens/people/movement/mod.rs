//! The pages of movement in «Люди» (duty 2.3-8): «Зачислить», «Движение», «Выбывшие: кто ещё внутри».

mod enrol;
mod leavers_page;
mod ledger_page;
mod month_words;

use egui::{Key, Modifiers, Ui};

use self::enrol::EnrolState;
use self::leavers_page::LeaversState;
use self::ledger_page::LedgerState;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::{Action, Destination, PeoplePage, ScreenContext};
use crate::register::PersonId;
use crate::session::{Executed, Snapshot};

/// State of the pages.
#[derive(Default)]
pub struct MovementPages {
    page: PeoplePage,
    enrol: EnrolState,
    ledger: LedgerState,
    leavers: LeaversState,
}

impl MovementPages {
    /// Shows a page; a form that somebody is filling in stays as it is.
    pub fn open(&mut self, page: PeoplePage, snapshot: &Snapshot) {
        self.page = page;
        match page {
            PeoplePage::Enrol(group) => self.enrol.begin(snapshot, group, false),
            PeoplePage::Hire => self.enrol.begin(snapshot, None, true),
            PeoplePage::Movement => self.ledger.begin(snapshot.today),
            PeoplePage::List | PeoplePage::Leavers => {}
        }
    }

    /// Shows «Зачислить» for somebody who left and comes back.
    pub fn open_return(&mut self, snapshot: &Snapshot, person: PersonId) {
        self.page = PeoplePage::Enrol(None);
        self.enrol.begin_return(snapshot, person);
    }

    /// Back to the table.
    pub fn close(&mut self) {
        self.page = PeoplePage::List;
    }

    /// Whether the table stands there.
    pub fn is_list(&self) -> bool {
        self.page == PeoplePage::List
    }

    /// Takes what an executed operation did: a newcomer's page follows their entry.
    pub fn committed(&mut self, executed: &Executed) {
        self.enrol.committed(executed);
    }

    /// Whether a newcomer's page is shown, which needs the words around links.
    pub fn needs_message_words(&self) -> bool {
        matches!(self.page, PeoplePage::Enrol(_) | PeoplePage::Hire) && self.enrol.is_done()
    }

    /// Takes the words around links, one a role.
    pub fn take_message_words(&mut self, words: [String; 4]) {
        self.enrol.words = words;
    }

    /// Draws the open page.
    pub fn show(&mut self, ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        match self.page {
            PeoplePage::List => {}
            PeoplePage::Enrol(_) | PeoplePage::Hire => enrol::show(ui, context, &mut self.enrol, actions),
            PeoplePage::Movement => ledger_page::show(ui, context, &mut self.ledger, actions),
            PeoplePage::Leavers => leavers_page::show(ui, context, &mut self.leavers, actions),
        }
    }
}

/// Back to the table.
fn to_people() -> Action {
    Action::Go(Destination::PeoplePage(PeoplePage::List))
}

/// Escape outside a field leads back to the table.
fn leave_on_escape(ui: &Ui, had_text_focus: &mut bool, actions: &mut Vec<Action>) {
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free && !*had_text_focus && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        actions.push(to_people());
    }
    *had_text_focus = ui.ctx().text_edit_focused();
}
