//! What is told about a leaked link: to the parents and to the head. Ready to be copied, to be changed at will.

use jiff::civil::Date;

use super::super::words::{day_words, hand_over_words, place_line, reason_words};
use crate::names::Role;
use crate::register::{Invite, Register};
use crate::regulation::target_title;
use crate::wording::{date_long, role_name};

/// The text for those whose chat it is.
pub(super) fn for_the_chat(register: &Register, invite: &Invite) -> String {
    let (greeting, giver) = match invite.role {
        Role::Parent => ("Уважаемые родители.", "классный руководитель"),
        Role::Student => ("Уважаемые ученики и родители.", "классный руководитель"),
        Role::Teacher | Role::Employee => ("Уважаемые коллеги.", "администратор"),
    };
    let place = target_title(register, invite.target);
    format!(
        "{greeting} Ссылка для входа в «{place}» попала к посторонним, поэтому мы её заменили: прежняя больше не \
         действует. Кто уже вступил, тому делать ничего не нужно. Кто ещё хочет вступить, тому новую ссылку даст \
         {giver}. Пожалуйста, никому не пересылайте ссылки и не отвечайте незнакомым людям в чате."
    )
}

/// What was done by the day the memo is written.
pub(super) struct Done {
    pub reconciled_on: Option<Date>,
    pub parents_told: bool,
}

/// The memo to the head: what happened, what was done, what is still to be done. The address is not in it.
pub(super) fn memo(register: &Register, invite: &Invite, done: &Done, today: Date) -> String {
    let organization = register.organization();
    let mut text = String::new();
    text.push_str(&format!("Руководителю: {}", organization.name));
    if !organization.head.is_empty() {
        text.push_str(&format!(", {}", organization.head));
    }
    text.push_str("\n\nСлужебная записка\n\n");
    let known_on = invite.exposure.as_ref().map_or(today, |exposure| exposure.on);
    let what = invite.exposure.as_ref().map_or("", |exposure| exposure.note.as_str());
    text.push_str(&format!(
        "{} стало известно, что ссылка-приглашение {} (роль «{}») попала к посторонним",
        date_long(known_on),
        invite.address.tail(),
        role_name(invite.role),
    ));
    text.push_str(&if what.is_empty() { ".".to_owned() } else { format!(": {what}.") });
    text.push_str(&format!("\nЧто она открывала: {}.", place_line(register, invite, today)));
    text.push_str(&format!("\nКому была передана: {}.", hand_over_words(invite, register, today)));
    text.push_str("\n\nСделано:");
    for line in done_lines(invite, done, today) {
        text.push_str(&format!("\n— {line};"));
    }
    if text.ends_with(';') {
        text.pop();
    }
    text.push('.');
    let administrator = &organization.administrator.name;
    text.push_str(&format!("\n\n{}\nАдминистратор Сферума", date_long(today)));
    if !administrator.is_empty() {
        text.push_str(&format!(": {administrator}"));
    }
    text
}

fn done_lines(invite: &Invite, done: &Done, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    match &invite.revocation {
        Some(revocation) => {
            let mut line = format!("ссылка аннулирована {}", day_words(revocation.on, today));
            if !revocation.reason.is_empty() {
                line.push_str(&format!(" ({})", reason_words(&revocation.reason)));
            }
            if invite.replaced_by.is_some() {
                line.push_str(", вместо неё выпущена новая");
            }
            lines.push(line);
        }
        None => lines.push("ссылка ещё не аннулирована".to_owned()),
    }
    lines.push(match done.reconciled_on {
        Some(on) => format!("состав участников сверен со списком {}", day_words(on, today)),
        None => "состав участников ещё не сверен".to_owned(),
    });
    lines.push(
        if done.parents_told {
            "участники предупреждены"
        } else {
            "участники ещё не предупреждены"
        }
        .to_owned(),
    );
    lines
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::InviteAddress;
    use crate::register::{Exposure, Target};

    #[test]
    fn the_memo_says_what_was_done_and_never_the_address() {
        let token = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-abCk7Qx";
        let (address, _) =
            InviteAddress::parse(&format!("https://max.ru/join/{token}")).expect("a whole address");
        let today = date(2026, 10, 12);
        let invite = Invite {
            exposure: Some(Exposure { on: today, note: "переслали в чат двора".into() }),
            ..Invite::in_reserve(Target::Organization, Role::Parent, address, today)
        };
        let done = Done { reconciled_on: None, parents_told: true };
        let text = memo(&Register::default(), &invite, &done, today);
        assert!(text.contains("…k7Qx") && !text.contains(token), "{text}");
        assert!(text.contains("переслали в чат двора."), "{text}");
        assert!(text.contains("— ссылка ещё не аннулирована;\n— состав участников ещё не сверен;"), "{text}");
        assert!(text.contains("— участники предупреждены."), "{text}");
    }
}
