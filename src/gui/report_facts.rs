//! The facts of the reports, computed as a job whenever the room is open and the register is another.

use std::any::Any;

use super::action::Room;
use super::app::ConsoleApp;
use super::screens::reports::ReportFacts;
use crate::regulation::duty_codes;
use crate::session::Request;

/// How many journal entries of a duty are asked for: the card shows the newest.
const ENTRIES_OF_DUTY: usize = 6;

impl ConsoleApp {
    /// Asks for what the open room of reports lacks.
    pub(super) fn follow_reports(&mut self) {
        if self.view.room != Room::Reports || self.view.overlay.is_some() {
            return;
        }
        let Some(snapshot) = &self.view.snapshot else { return };
        if let Some(key) = self.view.reports.wanted(snapshot) {
            let (register, today) = (snapshot.register.clone(), snapshot.today);
            self.worker.start_job(move |_| ReportFacts::of(&register, key, today));
        }
        if let Some(duty) = self.view.reports.wants_entries() {
            self.worker.send(Request::ListEntriesOf { codes: duty_codes(duty), limit: ENTRIES_OF_DUTY });
        }
    }

    /// Takes the outcome of such a job; hands back any other.
    pub(super) fn take_report_facts(&mut self, outcome: Box<dyn Any + Send>) -> Option<Box<dyn Any + Send>> {
        match outcome.downcast::<ReportFacts>() {
            Ok(facts) => {
                self.view.reports.take_facts(*facts);
                None
            }
            Err(other) => Some(other),
        }
    }
}
