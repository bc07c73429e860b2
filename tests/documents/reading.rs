//! A made-up school to write papers about, and readers of what was written: zip and XML for text documents, calamine
//! for workbooks.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jiff::civil::{Date, date};
use quick_xml::events::Event;
use sferum_console::names::{InviteAddress, Role};
use sferum_console::register::{
    Context, Entity, Exposure, Group, GroupId, GroupKind, HandOver, HandOverWay, Invite, InviteId,
    Membership, Operation, OrderReference, Organization, Person, Register, ResponsiblePerson, SchoolYear,
    Target, decide,
};
use sferum_console::session::JournalMark;
use zip::ZipArchive;

/// The day the papers are made.
pub const TODAY: Date = date(2026, 11, 22);

/// The three shapes of invites, tokens of full length and with every sign they may hold.
pub const ADDRESSES: [&str; 3] = [
    "https://max.ru/join/aB3-_dEfGhIjKlMnOpQrStUvWxYz0123456789aBcZq",
    "https://vk.me/join/AJQ1d/Kx_canary==Zz9/8_7=6",
    "https://sferum.ru/?p=messages&join=AJQ1d/Kx_canary==Zz9/8_7=6aaBBccDDee",
];

/// What stands on papers for the journal.
pub fn journal() -> JournalMark {
    JournalMark { entries: 214, mark: "8f3a".repeat(16) }
}

/// A school of one class, «7Б», with three pupils.
pub struct School {
    pub register: Register,
    pub class: GroupId,
}

impl School {
    pub fn new() -> School {
        let mut school = School { register: Register::default(), class: GroupId(0) };
        school.run(Operation::Found(Organization {
            name: "Школа № 99 <им. А & Б>".into(),
            head: "Зорина Алла Геннадьевна".into(),
            administrator: ResponsiblePerson {
                name: "Журавский Олег Денисович".into(),
                order: OrderReference { number: "171".into(), date: Some(date(2026, 8, 25)) },
            },
            ..Organization::default()
        }));
        school.class = GroupId(school.add(Group {
            label: "7Б".into(),
            kind: GroupKind::SchoolClass,
            year: Some(SchoolYear(2026)),
            ..Group::default()
        }));
        for surname in ["Осокин", "Ёлкин", "Ряскин"] {
            school.student(surname);
        }
        school
    }

    pub fn run(&mut self, operation: Operation) -> u32 {
        let context = Context {
            today: TODAY,
            now: jiff::Timestamp::UNIX_EPOCH,
            actor: "Журавский Олег Денисович".into(),
        };
        let changes = decide(&self.register, &operation, &context).expect("only what is allowed is asked");
        self.register.apply(&changes);
        self.register.revision += 1;
        changes.changes[0].key().id
    }

    pub fn add(&mut self, entity: impl Into<Entity>) -> u32 {
        self.run(Operation::Add(vec![entity.into()]))
    }

    pub fn student(&mut self, surname: &str) -> Membership {
        let name = sferum_console::names::FullName::new(surname, "Лев", "Ильич");
        let person = sferum_console::register::PersonId(self.add(Person { name, ..Person::default() }));
        let membership = Membership {
            id: Default::default(),
            person,
            role: Role::Student,
            group: Some(self.class),
            origin: Default::default(),
            post: String::new(),
            post_origin: Default::default(),
            since: None,
            until: None,
            participation: Default::default(),
            verification: Default::default(),
            verification_since: None,
        };
        let id = self.add(membership.clone());
        Membership { id: sferum_console::register::MembershipId(id), ..membership }
    }

    pub fn edit(&mut self, seen: impl Into<Entity>, wanted: impl Into<Entity>) {
        self.run(Operation::Edit { seen: seen.into(), wanted: wanted.into() });
    }

    /// A link of the class that was handed over; `change` may alter it.
    pub fn link(&mut self, address: &str, role: Role, change: impl FnOnce(&mut Invite)) -> InviteId {
        let (address, _) = InviteAddress::parse(address).expect("an address");
        let mut invite = Invite {
            issued_on: Some(date(2026, 9, 1)),
            handed_over: Some(HandOver {
                on: Some(date(2026, 9, 3)),
                way: HandOverWay::ClassTeacher,
                ..HandOver::default()
            }),
            ..Invite::in_reserve(Target::Group(self.class), role, address, date(2026, 9, 1))
        };
        change(&mut invite);
        InviteId(self.run(Operation::AddInvites(vec![invite])))
    }

    pub fn revoke(&mut self, link: InviteId, on: Date, reason: &str) {
        let seen = self.register.invite(link).expect("a link of this test").clone();
        self.run(Operation::RevokeInvites { seen: vec![seen], on, reason: reason.into(), successor: None });
    }

    /// Marks a link as exposed.
    pub fn expose(&mut self, link: InviteId, note: &str) {
        let seen = self.register.invite(link).expect("a link of this test").clone();
        let exposure = Some(Exposure { on: date(2026, 11, 20), note: note.into() });
        let wanted = Invite { exposure, ..seen.as_ref().clone() };
        self.edit(seen, wanted);
    }
}

/// Every part of a DOCX as it is stored, by name.
pub fn parts_of(docx: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).expect("a zip");
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("the part inflates");
            (part.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

/// The XML of the document itself.
pub fn document_xml(docx: &[u8]) -> String {
    let parts = parts_of(docx);
    let (_, bytes) = parts.iter().find(|(name, _)| name == "word/document.xml").expect("a document");
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// The text of a DOCX: a line for each paragraph.
pub fn text_of(docx: &[u8]) -> String {
    let xml = document_xml(docx);
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut text = String::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                text.push(match name.as_ref() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("an unknown entity: {other}"),
                });
            }
            Event::End(end) if end.name().as_ref() == "w:p" => text.push('\n'),
            Event::Empty(empty) if empty.name().as_ref() == "w:br" => text.push('\n'),
            Event::Eof => return text,
            _ => {}
        }
    }
}

/// The cells of the only sheet; formulas are refused, days are written as they are shown.
pub fn cells_of(xlsx: &[u8]) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(xlsx.to_vec())).expect("a workbook");
    let names = workbook.sheet_names();
    assert_eq!(names.len(), 1);
    let formulas = workbook.worksheet_formula(&names[0]).expect("readable");
    assert!(formulas.used_cells().next().is_none(), "a formula");
    let range = workbook.worksheet_range(&names[0]).expect("readable");
    let cell = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{day:02}.{month:02}.{year}")
        }
        other => panic!("neither a text nor a day: {other:?}"),
    };
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

/// No part of the file holds an address, whole or its token.
#[track_caller]
pub fn assert_without_addresses(register: &Register, bytes: &[u8]) {
    let parts =
        if bytes.starts_with(b"PK") { parts_of(bytes) } else { vec![("file".into(), bytes.to_vec())] };
    for (name, part) in parts {
        let part = String::from_utf8_lossy(&part).replace("&amp;", "&");
        for invite in register.tables().invites.values() {
            let address = invite.address.as_str();
            assert!(!part.contains(address), "an address in {name}");
            let token: String = address.chars().skip(address.chars().count() - 12).collect();
            assert!(!part.contains(&token), "the end of an address in {name}");
        }
    }
}
