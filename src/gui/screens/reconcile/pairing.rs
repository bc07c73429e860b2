//! What needs a person: the lines beside the people they may be, and what was answered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::line_forms::LineForm;
use super::words;
use crate::names::Role;
use crate::reconcile::{Confidence, Match, MemberLine};
use crate::register::{GroupId, PersonId, Register};
use crate::session::{LineAnswer, PreparedReconciliation, Snapshot, group_of_scope};

/// Why an item is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Likely,
    Several,
    Stranger,
    Left,
    WrongRole,
    WrongGroup,
    /// Recorded as «не участвует» and inside: neutral.
    Declined,
    Twice,
}

impl ItemKind {
    /// Whether the person at the right is only proposed: something has to be ticked first.
    pub(super) fn is_about_who(self) -> bool {
        matches!(self, ItemKind::Likely | ItemKind::Several)
    }

    /// The heading above items of the kind; likely and several need none.
    pub(super) fn heading(self) -> Option<&'static str> {
        match self {
            ItemKind::Likely | ItemKind::Several | ItemKind::Stranger => None,
            ItemKind::Left => Some("Выбыли, но ещё там"),
            ItemKind::WrongRole => Some("Не та роль"),
            ItemKind::WrongGroup => Some("Не отсюда"),
            ItemKind::Declined => Some("Отмечены «не участвует», но внутри"),
            ItemKind::Twice => Some("Записаны дважды"),
        }
    }
}

/// A person of the roster at the right.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) confirm: &'static str,
}

/// One line that needs a person.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    pub(super) line: u32,
    /// As the list shows it.
    pub(super) written: String,
    /// Why, or what is wrong.
    pub(super) note: String,
    /// The word on the line between.
    pub(super) joint: &'static str,
    pub(super) candidates: Vec<Candidate>,
    /// Children whose adult this may be.
    pub(super) children: Vec<PersonId>,
    /// `None`: not decided yet.
    pub(super) answer: Option<LineAnswer>,
    usual: Option<LineAnswer>,
}

impl Item {
    /// What the item begins with: nothing for likely ones, a question for strangers.
    pub(super) fn usual(&self) -> Option<&LineAnswer> {
        self.usual.as_ref()
    }

    /// Whether it still waits for a person.
    pub(super) fn is_open(&self) -> bool {
        self.answer.is_none()
    }

    /// The person it was confirmed to be.
    pub(super) fn confirmed(&self) -> Option<PersonId> {
        match self.answer {
            Some(LineAnswer::IsPerson(person)) => Some(person),
            _ => None,
        }
    }
}

/// Somebody of the roster who was not found.
#[derive(Clone, Debug)]
pub(super) struct MissingRow {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) note: String,
    /// «в чате не найдена».
    pub(super) badge: String,
}

/// A certain match, for the fold.
#[derive(Clone, Debug)]
pub(super) struct CertainRow {
    pub(super) written: String,
    pub(super) name: String,
    pub(super) why: String,
}

/// A comparison on screen.
pub(super) struct Pairing {
    pub(super) prepared: PreparedReconciliation,
    pub(super) group: Option<GroupId>,
    pub(super) certain: Vec<CertainRow>,
    /// Everything but strangers first, by kind; then the strangers.
    pub(super) items: Vec<Item>,
    pub(super) missing: Vec<MissingRow>,
    /// Who of the missing is to be invited: ticked one by one, nobody by itself [R 1.8].
    pub(super) invited: BTreeSet<PersonId>,
    /// Not looked for: declined, and adults whose child has another adult inside.
    pub(super) declined: Vec<MissingRow>,
    pub(super) covered: Vec<MissingRow>,
    pub(super) pasted_at: String,
    /// «26 детей, 27 взрослых», «27 учеников».
    pub(super) roster_words: String,
    /// «в чате», «в кабинете».
    pub(super) where_words: &'static str,
    pub(super) cursor: Option<usize>,
    pub(super) candidate: usize,
    pub(super) scroll_to_cursor: bool,
    pub(super) open_folds: [bool; 3],
    pub(super) form: Option<LineForm>,
    /// The page was left by «Вставить заново»: asked first when something was answered.
    pub(super) confirm_leaving: bool,
}

impl Pairing {
    /// Lays the result out. Certain matches are put aside, everything else becomes an item.
    pub(super) fn of(prepared: PreparedReconciliation, snapshot: &Snapshot, pasted_at: String) -> Pairing {
        let register = &*snapshot.register;
        let builder = Builder::of(&prepared, register, snapshot.today);
        let (certain, items) = (builder.certain(), builder.items());
        let missing = builder.rows(&prepared.result.missing, builder.where_words());
        let declined = builder.rows(&prepared.declined, "");
        let covered = builder.rows(&prepared.result.covered_by_other_adult, "");
        let where_words = builder.where_words();
        let group = group_of_scope(register, &prepared.scope);
        let roster_words = roster_words(register, &prepared, group, snapshot.today);
        let cursor = items.iter().position(Item::is_open).or((!items.is_empty()).then_some(0));
        Pairing {
            group,
            certain,
            items,
            missing,
            invited: BTreeSet::new(),
            declined,
            covered,
            pasted_at,
            roster_words,
            where_words,
            cursor,
            candidate: 0,
            scroll_to_cursor: false,
            open_folds: [false; 3],
            form: None,
            confirm_leaving: false,
            prepared,
        }
    }

    /// How many lines wait for a person.
    pub(super) fn open_count(&self) -> usize {
        self.items.iter().filter(|item| item.is_open()).count()
    }

    /// Likely ones that are not ticked.
    pub(super) fn open_likely(&self) -> usize {
        self.items.iter().filter(|item| item.kind == ItemKind::Likely && item.is_open()).count()
    }

    /// Ticks every likely one that is not decided.
    pub(super) fn accept_likely(&mut self) {
        for item in self.items.iter_mut().filter(|item| item.kind == ItemKind::Likely && item.is_open()) {
            item.answer = item.candidates.first().map(|candidate| LineAnswer::IsPerson(candidate.person));
        }
    }

    /// Answers an item; confirming a person takes them from every other line. Goes on to the next open one.
    pub(super) fn answer(&mut self, index: usize, answer: Option<LineAnswer>) {
        if let Some(LineAnswer::IsPerson(person)) = answer {
            for (place, other) in self.items.iter_mut().enumerate() {
                if place != index && other.confirmed() == Some(person) {
                    other.answer = other.usual.clone();
                }
            }
        }
        let goes_on = answer.is_some();
        if let Some(item) = self.items.get_mut(index) {
            item.answer = answer;
        }
        self.cursor = Some(index);
        if goes_on && let Some(next) = self.next_open(index) {
            self.cursor = Some(next);
            self.candidate = 0;
            self.scroll_to_cursor = true;
        }
    }

    fn next_open(&self, index: usize) -> Option<usize> {
        let count = self.items.len();
        (1..=count).map(|step| (index + step) % count).find(|place| self.items[*place].is_open())
    }

    /// Whether a person answered anything.
    pub(super) fn is_touched(&self) -> bool {
        !self.invited.is_empty() || self.items.iter().any(|item| item.answer != item.usual)
    }

    /// The answers for the operation.
    pub(super) fn answers(&self) -> Vec<(u32, LineAnswer)> {
        self.items.iter().filter_map(|item| Some((item.line, item.answer.clone()?))).collect()
    }

    /// Ticks or unticks «пригласить» at somebody missing.
    pub(super) fn toggle_invited(&mut self, person: PersonId) {
        if !self.invited.remove(&person) {
            self.invited.insert(person);
        }
    }

    /// Ticks all the missing; all ticked already: none.
    pub(super) fn toggle_all_invited(&mut self) {
        if self.invited.len() == self.missing.len() {
            self.invited.clear();
        } else {
            self.invited = self.missing.iter().map(|row| row.person).collect();
        }
    }

    /// How many of each kind of step the operation will make.
    pub(super) fn will_ask(&self) -> usize {
        self.items.iter().filter(|item| item.answer == Some(LineAnswer::AskTeacher)).count()
    }
}

/// Why nobody was found; where the room has nothing to add, just that.
fn stranger_words(stranger: &crate::reconcile::Stranger) -> String {
    match (stranger.why.is_empty(), stranger.children.is_empty()) {
        (false, _) => stranger.why.clone(),
        (true, false) => "может быть, взрослый кого-то из детей".into(),
        (true, true) => "никто не подходит".into(),
    }
}

/// «подходят трое: имя и первая буква фамилии».
fn several_words(several: &crate::reconcile::Several) -> String {
    let who = match several.candidates.len() {
        1 => "подходит один, но не наверняка".to_owned(),
        2 => "подходят двое".to_owned(),
        3 => "подходят трое".to_owned(),
        4 => "подходят четверо".to_owned(),
        many => {
            format!("подходят {}", crate::wording::counted(many as u64, "человек", "человека", "человек"))
        }
    };
    if several.why.is_empty() { who } else { format!("{who}: {}", several.why) }
}

fn roster_words(
    register: &Register,
    prepared: &PreparedReconciliation,
    group: Option<GroupId>,
    today: Date,
) -> String {
    use crate::wording::{counted, role_counted};
    let Some(group) = group else { return String::new() };
    if prepared.role != Role::Parent {
        return role_counted(
            register.current_members(group, prepared.role, today).len() as u64,
            prepared.role,
        );
    }
    let children = register.current_members(group, Role::Student, today);
    let mut adults: Vec<PersonId> = children
        .iter()
        .flat_map(|child| register.current_guardians(*child, today))
        .map(|link| link.adult)
        .collect();
    adults.sort_unstable();
    adults.dedup();
    format!(
        "{}, {}",
        counted(children.len() as u64, "ребёнок", "ребёнка", "детей"),
        counted(adults.len() as u64, "взрослый", "взрослых", "взрослых")
    )
}

struct Builder<'a> {
    prepared: &'a PreparedReconciliation,
    register: &'a Register,
    lines: BTreeMap<u32, &'a MemberLine>,
    today: Date,
}

impl<'a> Builder<'a> {
    fn of(prepared: &'a PreparedReconciliation, register: &'a Register, today: Date) -> Self {
        let lines = prepared.list.lines.iter().map(|line| (line.number, line)).collect();
        Self { prepared, register, lines, today }
    }

    fn where_words(&self) -> &'static str {
        match self.prepared.scope.target {
            crate::register::Target::Chat(_) => "в чате",
            _ => "в кабинете",
        }
    }

    fn written(&self, line: u32) -> String {
        self.lines.get(&line).map_or_else(String::new, |line| line.written.clone())
    }

    fn name(&self, person: PersonId) -> String {
        self.register.person(person).map_or_else(String::new, |person| person.name.full())
    }

    fn certain(&self) -> Vec<CertainRow> {
        let present = self.prepared.result.present.iter();
        present
            .filter(|found| found.confidence == Confidence::Certain)
            .map(|found| CertainRow {
                written: self.written(found.line),
                name: self.name(found.person),
                why: found.why.clone(),
            })
            .collect()
    }

    fn candidate(&self, person: PersonId) -> Candidate {
        let name = self.register.person(person).map(|person| person.name.clone()).unwrap_or_default();
        Candidate {
            person,
            confirm: words::this_is(&name),
            name: name.full(),
            note: words::who_is(self.register, person, self.prepared.role, self.today),
        }
    }

    fn items(&self) -> Vec<Item> {
        let result = &self.prepared.result;
        let mut items: Vec<Item> = Vec::new();
        let likely = result.present.iter().filter(|found| found.confidence == Confidence::Likely);
        items.extend(likely.map(|found| self.matched(ItemKind::Likely, found)));
        items.extend(result.several.iter().map(|several| Item {
            candidates: several.candidates.iter().map(|person| self.candidate(*person)).collect(),
            ..self.item(ItemKind::Several, several.line, several_words(several), "")
        }));
        items.sort_by_key(|item| item.line);
        items.extend(result.left.iter().map(|found| self.matched(ItemKind::Left, found)));
        items.extend(result.wrong_role.iter().map(|found| self.matched(ItemKind::WrongRole, found)));
        items.extend(result.wrong_group.iter().map(|found| self.matched(ItemKind::WrongGroup, found)));
        items.extend(result.declined_present.iter().map(|found| self.matched(ItemKind::Declined, found)));
        items.extend(result.twice.iter().map(|twice| {
            let last = twice.lines.last().copied().unwrap_or_default();
            let note = format!("ещё и «{}»", self.written(twice.lines.first().copied().unwrap_or_default()));
            Item {
                candidates: vec![self.candidate(twice.person)],
                answer: Some(LineAnswer::AsFound),
                usual: Some(LineAnswer::AsFound),
                ..self.item(ItemKind::Twice, last, note, "один человек")
            }
        }));
        items.extend(result.strangers.iter().map(|stranger| Item {
            children: stranger.children.clone(),
            answer: Some(LineAnswer::AskTeacher),
            usual: Some(LineAnswer::AskTeacher),
            ..self.item(ItemKind::Stranger, stranger.line, stranger_words(stranger), "")
        }));
        items
    }

    fn item(&self, kind: ItemKind, line: u32, note: String, joint: &'static str) -> Item {
        Item {
            kind,
            line,
            written: self.written(line),
            note,
            joint,
            candidates: Vec::new(),
            children: Vec::new(),
            answer: None,
            usual: None,
        }
    }

    fn matched(&self, kind: ItemKind, found: &Match) -> Item {
        let through_child = self.lines.get(&found.line).is_some_and(|line| line.child.is_some());
        let joint = match kind {
            ItemKind::Left => "выбытие",
            ItemKind::WrongRole => "другая роль",
            ItemKind::WrongGroup => "другое место",
            ItemKind::Declined => "не участвует",
            // The line itself says through whom.
            _ if through_child => "через ребёнка",
            _ => "похоже",
        };
        let certain = found.confidence == Confidence::Certain;
        // Only who is certainly this person is worked upon; a likely one is first of all a question.
        let usual = match kind {
            ItemKind::Likely => None,
            ItemKind::Declined => Some(LineAnswer::AsFound),
            _ if !certain => Some(LineAnswer::AskTeacher),
            ItemKind::WrongGroup => Some(LineAnswer::AskTeacher),
            _ => Some(LineAnswer::AsFound),
        };
        let note = if found.detail.is_empty() { found.why.clone() } else { found.detail.clone() };
        Item {
            candidates: vec![self.candidate(found.person)],
            answer: usual.clone(),
            usual,
            ..self.item(kind, found.line, note, joint)
        }
    }

    fn rows(&self, people: &[PersonId], where_words: &str) -> Vec<MissingRow> {
        let rows = people.iter().filter_map(|person| self.register.person(*person));
        let mut rows: Vec<MissingRow> = rows
            .map(|person| MissingRow {
                person: person.id,
                name: person.name.full(),
                note: words::who_is(self.register, person.id, self.prepared.role, self.today),
                badge: if where_words.is_empty() {
                    String::new()
                } else {
                    format!("{where_words} {}", words::not_found(&person.name))
                },
            })
            .collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows
    }
}
