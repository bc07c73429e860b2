//! Which section of the help belongs to what is on screen, and the way there and back.
//!
//! Every match is without a rest on purpose: a new room or page does not compile until it has its section.

use super::action::{LinksPage, Room};
use super::app::ConsoleApp;
use super::screens::reconcile::Mode;
use super::view::{Overlay, View};

/// The section for what the window shows, «links#cleanup».
pub(super) fn topic_of(view: &View) -> &'static str {
    if view.locked.is_some() {
        return "password#lock";
    }
    if view.snapshot.is_none() || view.file.is_none() {
        return if view.start.asks_password_for.is_some() {
            "password#forgotten"
        } else {
            "first-steps#file"
        };
    }
    match view.overlay {
        Some(overlay) => of_overlay(overlay),
        None => match view.room {
            Room::Links => of_links(view.links.page()),
            Room::Reconcile => of_reconcile(view.reconcile.mode()),
            Room::Settings => view.settings.help_topic(),
            room => of_room(room),
        },
    }
}

pub(super) fn of_room(room: Room) -> &'static str {
    match room {
        Room::Today => "tasks",
        Room::Classes => "structure",
        Room::People => "people",
        Room::Links => "links",
        Room::Reconcile => "reconcile",
        Room::Reports => "reports",
        Room::Journal => "journal",
        Room::Help => "first-steps",
        Room::Settings => "duties#settings",
    }
}

pub(super) fn of_overlay(overlay: Overlay) -> &'static str {
    match overlay {
        Overlay::Import => "rosters",
        Overlay::Cleanup => "links#cleanup",
        Overlay::Presence => "reconcile#presence",
        Overlay::FirstRoster => "first-steps#roster",
        Overlay::ClassTeachers => "class-teachers",
        Overlay::Statuses => "class-teachers#verification",
    }
}

pub(super) fn of_links(page: LinksPage) -> &'static str {
    match page {
        LinksPage::List => "links",
        LinksPage::Issue => "links#issue",
        LinksPage::HandOut => "links#hand-out",
        LinksPage::Leaked(_) => "links#leaked",
        LinksPage::Course => "links#course",
    }
}

pub(super) fn of_reconcile(mode: Mode) -> &'static str {
    match mode {
        Mode::Compare => "reconcile",
        Mode::Summary => "reconcile#summary",
        Mode::Requests => "requests",
        Mode::Tasks => "tasks#cabinet",
    }
}

impl ConsoleApp {
    /// Opens the help at what the window shows now.
    pub(super) fn open_help(&mut self) {
        let view = &mut self.view;
        let has_rooms = view.snapshot.is_some() && view.file.is_some() && view.locked.is_none();
        let is_open = view.help.is_over() || (has_rooms && view.room == Room::Help && view.overlay.is_none());
        if is_open {
            return;
        }
        view.help.open(topic_of(view), (view.room, view.overlay), !has_rooms);
        if has_rooms {
            view.room = Room::Help;
            view.overlay = None;
        }
    }

    /// Goes back to where the help was opened, with everything there as it was.
    pub(super) fn leave_help(&mut self) {
        let is_over = self.view.help.is_over();
        if let Some((room, overlay)) = self.view.help.leave()
            && !is_over
        {
            self.view.room = room;
            self.view.overlay = overlay;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::screens::help::has_topic;
    use super::super::screens::settings::help_topics;
    use super::super::shell::{BELOW, ROOMS};
    use super::*;

    #[test]
    fn every_room_and_page_has_a_section_that_exists() {
        let rooms = ROOMS.iter().chain(&BELOW).map(|room| of_room(*room));
        let overlays = [
            Overlay::Import,
            Overlay::Cleanup,
            Overlay::Presence,
            Overlay::FirstRoster,
            Overlay::ClassTeachers,
            Overlay::Statuses,
        ];
        let links = [
            LinksPage::List,
            LinksPage::Issue,
            LinksPage::HandOut,
            LinksPage::Leaked(None),
            LinksPage::Course,
        ];
        let modes = [Mode::Compare, Mode::Summary, Mode::Requests, Mode::Tasks];
        let topics = rooms
            .chain(overlays.into_iter().map(of_overlay))
            .chain(links.into_iter().map(of_links))
            .chain(modes.into_iter().map(of_reconcile))
            .chain(help_topics())
            .chain(["password#lock", "password#forgotten", "first-steps#file"]);
        for topic in topics {
            assert!(has_topic(topic), "{topic}");
        }
    }
}
