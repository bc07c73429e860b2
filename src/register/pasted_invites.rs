//! Lines with invite links as people keep them («7Б родители https://…»), read against the register's groups and
//! chats (duty 2.3-4). Pure: nothing is recorded here, and no problem carries the text of the line.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::{Chat, ChatKind, Group, GroupId, GroupKind, InviteId, Register, SchoolYear, Target};
use crate::names::{
    AddressProblem, AddressShape, InviteAddress, Role, find_addresses, fold, group_key, role_from_words,
};

/// The longest group label looked for, in words: «10 социально-гум», «Педагогический коллектив».
const LONGEST_LABEL_WORDS: usize = 4;

/// One pasted line that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedInvite {
    /// Number of the line, counted from 1, empty lines too.
    pub line: usize,
    /// The words around the address, without the address itself.
    pub words: String,
    /// What was recognised, or why the line cannot be recorded.
    pub outcome: Result<RecognisedInvite, PastedInviteProblem>,
}

/// A line that can be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedInvite {
    pub target: Target,
    pub role: Role,
    pub address: InviteAddress,
    /// Tells whether the address needs a warning.
    pub shape: AddressShape,
    /// The day it expires, where the source says so.
    pub expires_on: Option<Date>,
}

/// Why a line is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PastedInviteProblem {
    /// Words without an address.
    #[error("the line has no address")]
    NoAddress,
    /// More than one address in a line.
    #[error("the line has {0} addresses")]
    SeveralAddresses(usize),
    /// The address cannot be taken.
    #[error("the address is wrong: {0}")]
    Address(#[from] AddressProblem),
    /// The address belongs to the platform and invites nobody.
    #[error("the address invites nobody")]
    NotAnInvite(AddressShape),
    /// No group, chat or organization is named.
    #[error("no group is named")]
    NoTarget,
    /// Two groups are named, or two groups share the label.
    #[error("several groups are named")]
    SeveralTargets,
    /// Nothing says for whom the link is.
    #[error("no role is named")]
    NoRole,
    /// The address is in the register already.
    #[error("the address is recorded as link {0}")]
    AlreadyRecorded(InviteId),
    /// The address stands in an earlier line.
    #[error("the address repeats line {0}")]
    RepeatsLine(usize),
    /// The cell of the expiry holds no day.
    #[error("the day of expiry cannot be read")]
    Expiry,
    /// The source says that the link is revoked.
    #[error("the link is revoked")]
    Revoked,
}

/// Reads pasted lines; words and address may stand in any order, or the words in the line above the address. Groups
/// are looked for in `year` and among those that outlive years. A link named for a group's people is taken for the
/// chat of these people where the group has one, unless the line says «в группу».
pub fn read_pasted_invites(register: &Register, text: &str, year: SchoolYear) -> Vec<PastedInvite> {
    let lines: Vec<InviteLine> =
        (1..).zip(text.lines()).map(|(number, line)| InviteLine::of_text(number, line)).collect();
    read_invite_lines(register, &lines, year)
}

/// A line before it is understood. No `Debug`: it holds addresses.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct InviteLine {
    pub(super) line: usize,
    /// The words around the addresses.
    pub(super) words: String,
    pub(super) addresses: Vec<String>,
    /// `Err`: something stands there that is no day.
    pub(super) expires_on: Result<Option<Date>, ()>,
    /// The source itself says that the link is revoked.
    pub(super) is_revoked: bool,
}

impl InviteLine {
    pub(super) fn of_text(line: usize, text: &str) -> InviteLine {
        let addresses = find_addresses(text);
        InviteLine {
            line,
            words: words_around(text, &addresses),
            addresses: addresses.into_iter().map(str::to_owned).collect(),
            expires_on: Ok(None),
            is_revoked: false,
        }
    }
}

pub(super) fn read_invite_lines(
    register: &Register,
    lines: &[InviteLine],
    year: SchoolYear,
) -> Vec<PastedInvite> {
    let places = Places::of(register, year);
    let recorded: HashMap<&InviteAddress, InviteId> =
        register.tables().invites.values().map(|invite| (&invite.address, invite.id)).collect();
    let mut seen: HashMap<InviteAddress, usize> = HashMap::new();
    let mut read = Vec::new();
    let mut waiting: Option<(usize, String)> = None;
    for line in lines {
        let mut words = line.words.clone();
        if line.addresses.is_empty() {
            let above = (!words.is_empty()).then_some((line.line, words));
            if let Some((line, words)) = std::mem::replace(&mut waiting, above) {
                read.push(PastedInvite { line, words, outcome: Err(PastedInviteProblem::NoAddress) });
            }
            continue;
        }
        match waiting.take() {
            Some((_, above)) if words.is_empty() => words = above,
            Some((line, words)) => {
                read.push(PastedInvite { line, words, outcome: Err(PastedInviteProblem::NoAddress) });
            }
            None => {}
        }
        let outcome = read_line(&places, &recorded, &mut seen, line, &words);
        read.push(PastedInvite { line: line.line, words, outcome });
    }
    if let Some((line, words)) = waiting {
        read.push(PastedInvite { line, words, outcome: Err(PastedInviteProblem::NoAddress) });
    }
    read
}

fn read_line(
    places: &Places<'_>,
    recorded: &HashMap<&InviteAddress, InviteId>,
    seen: &mut HashMap<InviteAddress, usize>,
    line: &InviteLine,
    words: &str,
) -> Result<RecognisedInvite, PastedInviteProblem> {
    let [address] = line.addresses.as_slice() else {
        return Err(PastedInviteProblem::SeveralAddresses(line.addresses.len()));
    };
    let (address, shape) = InviteAddress::parse(address)?;
    if let AddressShape::NotAnInvite(_) = shape {
        return Err(PastedInviteProblem::NotAnInvite(shape));
    }
    if let Some(first) = recorded.get(&address) {
        return Err(PastedInviteProblem::AlreadyRecorded(*first));
    }
    if let Some(first) = seen.get(&address) {
        return Err(PastedInviteProblem::RepeatsLine(*first));
    }
    if line.is_revoked {
        return Err(PastedInviteProblem::Revoked);
    }
    let expires_on = line.expires_on.map_err(|()| PastedInviteProblem::Expiry)?;
    let (target, role) = places.find(words)?;
    seen.insert(address.clone(), line.line);
    Ok(RecognisedInvite { target, role, address, shape, expires_on })
}

fn words_around(line: &str, addresses: &[&str]) -> String {
    let mut rest = line.to_owned();
    for address in addresses {
        rest = rest.replacen(address, " ", 1);
    }
    let separated =
        |letter: char| letter.is_whitespace() || matches!(letter, ';' | ',' | '|' | ':' | '(' | ')');
    let words = rest.split(separated).filter(|word| word.chars().any(char::is_alphanumeric));
    words.collect::<Vec<_>>().join(" ")
}

/// What a line can name.
struct Places<'register> {
    register: &'register Register,
    by_key: BTreeMap<String, Vec<GroupId>>,
    staff: Option<GroupId>,
}

impl<'register> Places<'register> {
    fn of(register: &'register Register, year: SchoolYear) -> Self {
        let mut by_key: BTreeMap<String, Vec<GroupId>> = BTreeMap::new();
        let mut staff = None;
        for group in register.groups_in_year(year) {
            by_key.entry(group_key(&group.label)).or_default().push(group.id);
            if group.kind == GroupKind::TeachingStaff {
                staff = staff.or(Some(group.id));
            }
        }
        Places { register, by_key, staff }
    }

    fn find(&self, words: &str) -> Result<(Target, Role), PastedInviteProblem> {
        let (group, rest) = self.take_group(words)?;
        let folded = fold(&rest);
        let rest: Vec<&str> = folded.split_whitespace().collect();
        let role = role_of_words(&folded, &rest);
        let Some(group) = group else {
            return self.without_group(&rest, role);
        };
        let chats: Vec<&Chat> = self
            .register
            .chats_of_group(group.id)
            .map(|chat| chat.as_ref())
            .filter(|chat| chat.archived_on.is_none())
            .collect();
        if let Some(chat) = chats.iter().find(|chat| is_named(chat, group, &rest)) {
            let role = role.or_else(|| usual_role(chat.kind)).ok_or(PastedInviteProblem::NoRole)?;
            return Ok((Target::Chat(chat.id), role));
        }
        let role = role.ok_or(PastedInviteProblem::NoRole)?;
        let says_group = rest.iter().any(|word| word.starts_with("групп"));
        let chat = chats.iter().find(|chat| chat.kind == chat_kind_for(group.kind, role));
        Ok(match chat {
            Some(chat) if !says_group && group.kind != GroupKind::TeachingStaff => {
                (Target::Chat(chat.id), role)
            }
            _ => (Target::Group(group.id), role),
        })
    }

    /// The group that the words name, the longest label first, and the words that are left.
    fn take_group(&self, words: &str) -> Result<(Option<&'register Group>, String), PastedInviteProblem> {
        let words: Vec<&str> = words.split_whitespace().collect();
        for length in (1..=LONGEST_LABEL_WORDS.min(words.len())).rev() {
            for start in 0..=words.len() - length {
                let label = words[start..start + length].join(" ");
                let Some(groups) = self.by_key.get(&group_key(&label)) else { continue };
                let [group] = groups.as_slice() else { return Err(PastedInviteProblem::SeveralTargets) };
                // «7Б класс» is «7Б» said longer; yet the word also says for whom: «7Б, класс» is the students' chat.
                let said_longer =
                    words[start..start + length].iter().filter(|word| fold(word).starts_with("класс"));
                let mut rest = [&words[..start], &words[start + length..]].concat();
                rest.extend(said_longer.copied());
                if rest.iter().any(|word| self.names_another(word, *group)) {
                    return Err(PastedInviteProblem::SeveralTargets);
                }
                return Ok((self.register.group(*group).map(AsRef::as_ref), rest.join(" ")));
            }
        }
        Ok((None, words.join(" ")))
    }

    fn names_another(&self, word: &str, group: GroupId) -> bool {
        self.by_key.get(&group_key(word)).is_some_and(|groups| groups.iter().any(|other| *other != group))
    }

    /// The teaching staff and the whole organization go by words of their own.
    fn without_group(
        &self,
        rest: &[&str],
        role: Option<Role>,
    ) -> Result<(Target, Role), PastedInviteProblem> {
        let any = |stems: &[&str]| rest.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
        let wants_staff = any(&["педколлектив", "коллектив", "педсовет"]);
        let wants_whole =
            any(&["организац", "школ", "колледж", "техникум", "лице", "гимнази", "садик", "детсад"]);
        match (self.staff, role) {
            (Some(staff), _) if wants_staff => Ok((Target::Group(staff), role.unwrap_or(Role::Teacher))),
            (_, Some(role)) if wants_whole => Ok((Target::Organization, role)),
            (Some(staff), Some(role)) if role.is_staff() => Ok((Target::Group(staff), role)),
            (_, None) if wants_whole => Err(PastedInviteProblem::NoRole),
            _ => Err(PastedInviteProblem::NoTarget),
        }
    }
}

/// «7Б, класс» is what the messenger calls the chat with the students.
fn role_of_words(folded: &str, words: &[&str]) -> Option<Role> {
    let begins = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    role_from_words(folded).or_else(|| begins(&["класс", "дети", "детям", "ребят"]).then_some(Role::Student))
}

/// Whether the words hold every word of a chat's own title («Физика 7Б»), the group's label aside.
fn is_named(chat: &Chat, group: &Group, rest: &[&str]) -> bool {
    if !matches!(chat.kind, ChatKind::Subject | ChatKind::Other) {
        return false;
    }
    let (title, label) = (fold(&chat.title), fold(&group.label));
    let mut words = title
        .split(|letter: char| letter.is_whitespace() || letter == ',')
        .filter(|word| !word.is_empty() && *word != label)
        .peekable();
    words.peek().is_some() && words.all(|word| rest.contains(&word))
}

fn usual_role(kind: ChatKind) -> Option<Role> {
    match kind {
        ChatKind::Students | ChatKind::Subject => Some(Role::Student),
        ChatKind::Parents => Some(Role::Parent),
        ChatKind::Teachers | ChatKind::Staff => Some(Role::Teacher),
        ChatKind::Other => None,
    }
}

fn chat_kind_for(group: GroupKind, role: Role) -> ChatKind {
    match role {
        Role::Student => ChatKind::Students,
        Role::Parent => ChatKind::Parents,
        Role::Teacher | Role::Employee if group == GroupKind::TeachingStaff => ChatKind::Staff,
        Role::Teacher | Role::Employee => ChatKind::Teachers,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{ChatId, Entity, Invite};
    use super::*;

    const YEAR: SchoolYear = SchoolYear(2026);

    fn register() -> Register {
        let mut register = Register::default();
        let mut group = |id: u32, label: &str, kind, year| {
            let group = Group { id: GroupId(id), label: label.into(), kind, year, ..Group::default() };
            register.put_loaded(Entity::from(group));
        };
        group(1, "Педагогический коллектив", GroupKind::TeachingStaff, None);
        group(2, "7Б", GroupKind::SchoolClass, Some(YEAR));
        group(3, "10 инж", GroupKind::SchoolClass, Some(YEAR));
        group(4, "7Б", GroupKind::SchoolClass, Some(SchoolYear(2025)));
        for (id, kind, title) in
            [(1, ChatKind::Students, ""), (2, ChatKind::Parents, ""), (3, ChatKind::Subject, "Физика 7Б")]
        {
            let group = Some(GroupId(2));
            let chat = Chat { id: ChatId(id), group, kind, title: title.into(), ..Chat::default() };
            register.put_loaded(Entity::from(chat));
        }
        register.put_loaded(Entity::from(Invite {
            id: InviteId(9),
            target: Target::Group(GroupId(2)),
            role: Role::Student,
            address: address("recorded0000"),
            recorded_on: date(2026, 9, 1),
            issued_on: None,
            issued_by: None,
            handed_over: None,
            expires_on: None,
            replaced_by: None,
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: None,
            failed: None,
        }));
        register
    }

    fn address(token: &str) -> InviteAddress {
        InviteAddress::parse(&format!("https://max.ru/join/{token}")).expect("an address").0
    }

    fn one(line: &str) -> Result<(Target, Role), PastedInviteProblem> {
        let read = read_pasted_invites(&register(), line, YEAR);
        assert_eq!(read.len(), 1, "{line}: {read:?}");
        read[0].outcome.clone().map(|found| (found.target, found.role))
    }

    #[test]
    fn words_and_address_stand_in_any_order() {
        let (chat, group) = (|id| Target::Chat(ChatId(id)), |id| Target::Group(GroupId(id)));
        for (words, expected) in [
            ("7Б родители @", (chat(2), Role::Parent)),
            ("@ - родители 7 «Б»", (chat(2), Role::Parent)),
            ("7б;ученики;@", (chat(1), Role::Student)),
            ("7Б, класс: @", (chat(1), Role::Student)),
            ("Физика 7Б @", (chat(3), Role::Student)),
            ("в группу 7Б ученики @", (group(2), Role::Student)),
            ("учителя 7Б\t@", (group(2), Role::Teacher)),
            ("10 инж родители @", (group(3), Role::Parent)),
            ("Педагогический коллектив учителя @", (group(1), Role::Teacher)),
            ("сотрудники @", (group(1), Role::Employee)),
            ("вся школа, родители @", (Target::Organization, Role::Parent)),
        ] {
            let line = words.replace('@', "https://max.ru/join/aaaaaaaaaaaa");
            assert_eq!(one(&line), Ok(expected), "{words}");
        }
    }

    #[test]
    fn every_problem_is_told() {
        use PastedInviteProblem as Problem;
        let profile = "https://max.ru/somebody";
        let not_an_invite = InviteAddress::parse(profile).expect("an address").1;
        for (line, expected) in [
            ("7Б родители", Problem::NoAddress),
            (
                "7Б родители https://max.ru/join/aaaaaaaa https://max.ru/join/bbbbbbbb",
                Problem::SeveralAddresses(2),
            ),
            ("7Б https://max.ru/join/aaaaaaaa", Problem::NoRole),
            ("9Я родители https://max.ru/join/aaaaaaaa", Problem::NoTarget),
            ("7Б и 10 инж родители https://max.ru/join/aaaaaaaa", Problem::SeveralTargets),
            ("7Б ученики https://max.ru/join/recorded0000", Problem::AlreadyRecorded(InviteId(9))),
            (&format!("7Б ученики {profile}"), Problem::NotAnInvite(not_an_invite)),
        ] {
            let told = one(line);
            assert_eq!(told, Err(expected), "{line}");
        }
    }

    #[test]
    fn a_repeated_address_names_its_first_line_and_words_may_stand_above() {
        let text = "\n7Б родители\nhttps://max.ru/join/aaaaaaaaaaaa\n\n7Б ученики https://max.ru/join/aaaaaaaaaaaa\nпримечание";
        let read = read_pasted_invites(&register(), text, YEAR);
        let told: Vec<_> =
            read.iter().map(|line| (line.line, line.outcome.as_ref().err().copied())).collect();
        assert_eq!(
            told,
            [
                (3, None),
                (5, Some(PastedInviteProblem::RepeatsLine(3))),
                (6, Some(PastedInviteProblem::NoAddress))
            ]
        );
        assert_eq!(read[0].words, "7Б родители");
    }
}
