//! A sheet of cards with QR codes for a class (issue 4, item 2): whoever gets one knows what it opens, what to do, until
//! when, and that nobody has to (clause 1.8).

use std::sync::Arc;

use jiff::civil::Date;

use super::composed::{Block, Composed, LinkCard, PageLayout};
use super::link_words::{audience_words, day_of_document, without_addresses};
use crate::names::{AddressShape, Role};
use crate::register::{
    Group, GroupId, Invite, InviteState, OrganizationKind, Participation, ParticipationState, PersonId,
    Register, Target,
};
use crate::regulation::{class_teacher_word, is_inside, target_title};

/// For whom cards are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardsFor {
    /// One card a link.
    #[default]
    EachLink,
    /// As many cards of a link as people are not yet in; who declined or left gets none.
    EachPersonOutside {
        /// Names on the cards.
        with_names: bool,
    },
}

/// What is asked of a sheet of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QrCardsRequest {
    /// The class; its chats count as its own.
    pub group: GroupId,
    /// Only the links for this role.
    pub role: Option<Role>,
    /// For whom.
    pub cards_for: CardsFor,
    /// Also links in reserve, which printing hands over.
    pub with_reserve: bool,
}

impl QrCardsRequest {
    /// One card for each link in force of a class.
    pub fn of_class(group: GroupId) -> QrCardsRequest {
        QrCardsRequest { group, role: None, cards_for: CardsFor::EachLink, with_reserve: false }
    }
}

/// The links that cards can be printed of: given out, not revoked, not expired, not exposed, and invites by the look
/// of their address. In the order group, then chats.
pub fn links_for_cards<'register>(
    register: &'register Register,
    request: &QrCardsRequest,
    today: Date,
) -> Vec<&'register Arc<Invite>> {
    let chats = register.chats_of_group(request.group).filter(|chat| chat.archived_on.is_none());
    let targets =
        std::iter::once(Target::Group(request.group)).chain(chats.map(|chat| Target::Chat(chat.id)));
    targets
        .flat_map(|target| register.invites_of_target(target))
        .filter(|invite| request.role.is_none_or(|role| invite.role == role))
        .filter(|invite| match invite.state(today) {
            InviteState::InForce | InviteState::Deferred => true,
            InviteState::Reserve => request.with_reserve,
            InviteState::Revoked => false,
        })
        .filter(|invite| invite.expires_on.is_none_or(|day| day >= today) && invite.exposure.is_none())
        .filter(|invite| !matches!(invite.address.shape(), AddressShape::NotAnInvite(_)))
        .collect()
}

/// Composes the sheet. Without cards where no link can be printed or nobody is outside.
pub fn compose_qr_cards(register: &Register, request: &QrCardsRequest, today: Date) -> Composed {
    let mut cards = Vec::new();
    if let Some(group) = register.group(request.group) {
        for invite in links_for_cards(register, request, today) {
            let card = card(register, group, invite);
            match request.cards_for {
                CardsFor::EachLink => cards.push(card),
                CardsFor::EachPersonOutside { with_names } => {
                    for person in people_outside(register, group.id, invite.role, today) {
                        let recipient = with_names.then(|| recipient(register, person, invite.role));
                        cards.push(LinkCard { recipient: recipient.flatten(), ..card.clone() });
                    }
                }
            }
        }
    }
    let blocks = if cards.is_empty() { Vec::new() } else { vec![Block::Cards(cards)] };
    Composed { layout: PageLayout::Cards, made_on: today, blocks, page_numbers: false }
}

/// The number of cards that a document of this room has.
pub fn count_cards(document: &Composed) -> usize {
    let cards = |block: &Block| if let Block::Cards(cards) = block { cards.len() } else { 0 };
    document.blocks.iter().map(cards).sum()
}

fn card(register: &Register, group: &Group, invite: &Invite) -> LinkCard {
    let mut notes = Vec::new();
    if let Some(day) = invite.expires_on {
        notes.push(format!("Действует до {}", day_of_document(day)));
    }
    notes.extend(voluntary_words(register.organization().kind, invite.role).map(str::to_owned));
    notes.push(format!("Карточку не пересылайте и не выкладывайте. Код {}", invite.address.tail()));
    LinkCard {
        place: without_addresses(register, &target_title(register, invite.target)),
        audience: audience_words(invite.role).to_owned(),
        recipient: None,
        address: invite.address.clone(),
        steps: steps(group, invite),
        notes,
    }
}

/// What to do, in the messenger that the address belongs to.
fn steps(group: &Group, invite: &Invite) -> [String; 3] {
    let enter = match invite.address.shape() {
        AddressShape::MaxJoin => "Войдите в MAX по своему номеру телефона.",
        AddressShape::VkJoin => "Войдите в VK Мессенджер по своему номеру телефона.",
        _ => "Войдите в «Сферум» по своему номеру телефона.",
    };
    let whom = match class_teacher_word(group.kind) {
        "классный руководитель" => "классного руководителя",
        "куратор" => "куратора",
        "воспитатель" => "воспитателя",
        _ => "руководителя",
    };
    [
        enter.to_owned(),
        "Наведите камеру телефона на код и откройте ссылку.".to_owned(),
        format!("Проверьте название и вступите. Не получилось: спросите {whom}."),
    ]
}

/// Nobody among students and parents has to register [R 1.8]; what stays for those who do not.
fn voluntary_words(kind: OrganizationKind, role: Role) -> Option<&'static str> {
    match (role, kind) {
        (Role::Teacher | Role::Employee, _) => None,
        (Role::Student, _) => {
            Some("Регистрация добровольная. Без неё остаются электронный дневник и объявления на занятиях.")
        }
        (Role::Parent, OrganizationKind::Kindergarten) => {
            Some("Регистрация добровольная. Без неё остаются родительские собрания и объявления в группе.")
        }
        (Role::Parent, _) => {
            Some("Регистрация добровольная. Без неё остаются электронный дневник и родительские собрания.")
        }
    }
}

/// Whether somebody may still be waiting for a card: not in, and neither declined nor left.
fn is_waiting(participation: &Participation) -> bool {
    !is_inside(participation.state)
        && !matches!(
            participation.state,
            ParticipationState::DoesNotParticipate | ParticipationState::Departed
        )
}

/// The members of a role who are not in, by name; for parents the children without an adult in whose adults did
/// not decline.
fn people_outside(register: &Register, group: GroupId, role: Role, today: Date) -> Vec<PersonId> {
    let of_role = if role == Role::Parent { Role::Student } else { role };
    let is_here = |person: PersonId| register.person(person).is_some_and(|person| !person.is_absent(today));
    let mut people: Vec<PersonId> = register
        .memberships_of_group(group)
        .filter(|membership| membership.role == of_role && register.is_current(membership, today))
        .filter(|membership| match role {
            Role::Parent => needs_an_adult(register, membership.person, today),
            _ => is_waiting(&membership.participation),
        })
        .map(|membership| membership.person)
        .filter(|person| is_here(*person))
        .collect();
    people.sort_by_cached_key(|person| register.person(*person).map(|person| person.name.sort_key()));
    people.dedup();
    people
}

/// Whether no adult of the child is in and somebody may still come; a child whose adults are unknown counts.
fn needs_an_adult(register: &Register, child: PersonId, today: Date) -> bool {
    let mut adults = register.current_guardians(child, today).peekable();
    if adults.peek().is_none() {
        return true;
    }
    let mut somebody_waits = false;
    for guardianship in adults {
        if is_inside(guardianship.participation.state) {
            return false;
        }
        somebody_waits |= is_waiting(&guardianship.participation);
    }
    somebody_waits
}

fn recipient(register: &Register, person: PersonId, role: Role) -> Option<String> {
    let name = register.person(person)?.name.short();
    Some(if role == Role::Parent {
        format!("Кому: взрослым, ребёнок {name}")
    } else {
        format!("Кому: {name}")
    })
}
