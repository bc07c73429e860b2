//! «Что нажать в кабинете»: how each kind of step is done there, in words the school may change (duties 2.3-4, 2.3-6,
//! 2.3-8, 2.3-9). Cabinets change without notice, so our words name what to do, not the buttons of one day.

use crate::names::Role;
use crate::register::{CabinetTaskKind, Settings};
use crate::wording::role_name;

/// A kind of step that has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepKind {
    /// A link that strangers have.
    ExposedLink,
    Remove,
    RemoveForRole,
    InviteAgain,
    /// A request that is not decided yet.
    Request,
    AcceptRequest,
    DeclineRequest,
    Invite,
    AskTeacher,
    /// A link that it is time to revoke.
    StaleLink,
}

impl StepKind {
    /// Every kind, in the order of the click list.
    pub const ALL: [StepKind; 10] = [
        StepKind::ExposedLink,
        StepKind::Remove,
        StepKind::RemoveForRole,
        StepKind::InviteAgain,
        StepKind::Request,
        StepKind::AcceptRequest,
        StepKind::DeclineRequest,
        StepKind::Invite,
        StepKind::AskTeacher,
        StepKind::StaleLink,
    ];

    /// What may stand in a text in place of what a step is about.
    pub const PLACES: [&'static str; 4] = ["{кто}", "{где}", "{роль}", "{ссылка}"];

    /// The kind of an entered step; one written by hand says itself what to do.
    pub fn of_task(kind: CabinetTaskKind) -> Option<StepKind> {
        Some(match kind {
            CabinetTaskKind::Other => return None,
            CabinetTaskKind::Remove => StepKind::Remove,
            CabinetTaskKind::RemoveForRole => StepKind::RemoveForRole,
            CabinetTaskKind::InviteAgain => StepKind::InviteAgain,
            CabinetTaskKind::Invite => StepKind::Invite,
            CabinetTaskKind::AskTeacher => StepKind::AskTeacher,
            CabinetTaskKind::AcceptRequest => StepKind::AcceptRequest,
            CabinetTaskKind::DeclineRequest => StepKind::DeclineRequest,
        })
    }

    /// Stable code: the key in [`Settings::step_texts`].
    pub fn code(self) -> &'static str {
        match self {
            StepKind::ExposedLink => "exposed_link",
            StepKind::Remove => "remove",
            StepKind::RemoveForRole => "remove_for_role",
            StepKind::InviteAgain => "invite_again",
            StepKind::Request => "request",
            StepKind::AcceptRequest => "accept_request",
            StepKind::DeclineRequest => "decline_request",
            StepKind::Invite => "invite",
            StepKind::AskTeacher => "ask_teacher",
            StepKind::StaleLink => "stale_link",
        }
    }

    /// What the kind is called.
    pub fn words(self) -> &'static str {
        match self {
            StepKind::ExposedLink => "Ссылка у посторонних",
            StepKind::Remove => "Удалить участника",
            StepKind::RemoveForRole => "Удалить, чтобы сменить роль",
            StepKind::InviteAgain => "Пригласить в другой роли",
            StepKind::Request => "Рассмотреть заявку",
            StepKind::AcceptRequest => "Принять заявку",
            StepKind::DeclineRequest => "Отклонить заявку",
            StepKind::Invite => "Пригласить",
            StepKind::AskTeacher => "Уточнить у классного руководителя",
            StepKind::StaleLink => "Аннулировать ссылку",
        }
    }

    /// Our text.
    pub fn original(self) -> &'static str {
        match self {
            StepKind::ExposedLink => {
                "Откройте в кабинете ссылки-приглашения «{где}», найдите {ссылка} и аннулируйте её сразу. Потом \
                 посмотрите, не вступил ли кто-то чужой."
            }
            StepKind::Remove => "Откройте участников «{где}», найдите «{кто}» и удалите.",
            StepKind::RemoveForRole => {
                "Роль на месте не меняется. Откройте участников «{где}», найдите «{кто}» и удалите; следующий шаг: \
                 пригласить заново."
            }
            StepKind::InviteAgain => "Пригласите «{кто}» в «{где}» и выберите роль «{роль}».",
            StepKind::Request => {
                "Откройте заявки «{где}» и найдите «{кто}». Решение сначала запишите здесь, потом нажмите там."
            }
            StepKind::AcceptRequest => "Откройте заявки «{где}», найдите «{кто}» и примите.",
            StepKind::DeclineRequest => "Откройте заявки «{где}», найдите «{кто}» и отклоните.",
            StepKind::Invite => {
                "Передайте «{кто}» ссылку-приглашение в «{где}» или пригласите из кабинета. Участие добровольное."
            }
            StepKind::AskTeacher => "Спросите классного руководителя, кто это в «{где}»: «{кто}».",
            StepKind::StaleLink => {
                "Откройте в кабинете ссылки-приглашения «{где}», найдите {ссылка} и аннулируйте."
            }
        }
    }
}

/// What a step is about.
#[derive(Clone, Debug, Default)]
pub(super) struct StepFacts<'a> {
    pub who: &'a str,
    pub place: &'a str,
    pub role: Option<Role>,
    /// The last characters of the address, never the address.
    pub link: &'a str,
}

/// The text of a kind: the school's own, else ours.
pub fn step_template(settings: &Settings, kind: StepKind) -> &str {
    settings.step_texts.get(kind.code()).map_or(kind.original(), String::as_str)
}

/// What to press for a step. What a step does not know stands as «…».
pub(super) fn what_to_press(settings: &Settings, kind: StepKind, facts: &StepFacts<'_>) -> String {
    let value = |place: &str| match place {
        "{кто}" => Some(facts.who),
        "{где}" => Some(facts.place),
        "{роль}" => Some(facts.role.map_or("", role_name)),
        "{ссылка}" => Some(facts.link),
        _ => None,
    };
    let mut text = String::new();
    let mut rest = step_template(settings, kind);
    // In one go: a name may hold braces itself.
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let length = rest.find('}').map_or(rest.len(), |close| close + 1);
        match value(&rest[..length]) {
            Some("") => text.push('…'),
            Some(value) => text.push_str(value),
            None => text.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schools_own_text_stands_in_place_of_ours_and_every_place_is_filled() {
        let mut settings = Settings::default();
        let facts = StepFacts {
            who: "Белкин {где}", place: "7Б", role: Some(Role::Parent), link: "…k7Qx"
        };
        assert_eq!(
            what_to_press(&settings, StepKind::Remove, &facts),
            "Откройте участников «7Б», найдите «Белкин {где}» и удалите."
        );
        settings.step_texts.insert("remove".into(), "{где} → {кто} ({роль}, {ссылка}) {иное} {".into());
        assert_eq!(
            what_to_press(&settings, StepKind::Remove, &facts),
            "7Б → Белкин {где} (родитель, …k7Qx) {иное} {"
        );
        let unknown = StepFacts { place: "7Б", ..StepFacts::default() };
        assert_eq!(what_to_press(&settings, StepKind::Remove, &unknown), "7Б → … (…, …) {иное} {");
    }

    #[test]
    fn codes_are_apart_and_our_texts_hold_known_places_only() {
        let codes: std::collections::BTreeSet<&str> = StepKind::ALL.map(StepKind::code).into();
        assert_eq!(codes.len(), StepKind::ALL.len());
        for kind in StepKind::ALL {
            let mut text = kind.original().to_owned();
            for place in StepKind::PLACES {
                text = text.replace(place, "");
            }
            assert!(!text.contains('{'), "{kind:?}");
        }
    }
}
