//! `links`, `link add`, `link revoke` (duties 2.3-4 and 2.3-9). Addresses are masked unless asked for.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Value, json};

use super::failure::{DONE, FLAGGED, Failure, Outcome};
use super::given::Given;
use super::opening::{group, open, snapshot};
use super::output::{TextTable, one_line, print, print_json, print_line, say};
use crate::names::{AddressProblem, InviteAddress};
use crate::register::{
    Chat, ChatId, ChatKind, Entity, Group, HandOver, HandOverWay, Invite, InviteId, InviteState, Operation,
    Platform, Target, decide,
};
use crate::regulation::{chat_kind_words, explain, flags_of_invite, target_title};
use crate::session::{EXPORT_ADDRESSES, Executed, InviteRow, Session, SessionError, Snapshot};
use crate::wording::{counted, date_short, role_plural};

/// `links FILE [--flagged] [--json] [--show-addresses]`: exit code 10 where `--flagged` finds something.
pub(super) fn links(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let (only_flagged, with_addresses) = (given.has("flagged"), given.has("show-addresses"));
    if with_addresses && !session.read_only() {
        // Who took keys out of the file must be found in it (faults row 27).
        session.record_event(EXPORT_ADDRESSES, &json!({ "paper": "list" }))?;
    }
    let snapshot = snapshot(&session);
    let rows: Vec<&InviteRow> =
        snapshot.invites.rows().filter(|row| !only_flagged || !row.flags.is_empty()).collect();
    let code = if only_flagged && !rows.is_empty() { FLAGGED } else { DONE };
    if given.has("json") {
        let rows: Vec<Value> = rows.iter().map(|row| link_json(&snapshot, row, with_addresses)).collect();
        print_json(&Value::Array(rows))?;
        return Ok(code);
    }
    if only_flagged {
        let lines: String = rows.iter().map(|row| flagged_lines(&snapshot, row, with_addresses)).collect();
        print(&lines)?;
        print_line(&match rows.len() {
            0 => "Ссылок, которые пора проверить, нет.".to_owned(),
            count => format!("Пора проверить: {}", counted(count as u64, "ссылка", "ссылки", "ссылок")),
        })?;
        return Ok(code);
    }
    let mut table =
        TextTable::new(&["№", "Куда", "Роль", "Ссылка", "Состояние", "Передана", "Пора проверить"], &[0]);
    for row in &rows {
        let rules: Vec<&str> = row.flags.iter().map(|flag| flag.rule.words()).collect();
        table.row([
            row.id.to_string(),
            row.target_title.clone(),
            role_plural(row.role).to_owned(),
            address(&snapshot, row, with_addresses),
            state_words(row.state).to_owned(),
            row.handed_over_on.map_or_else(String::new, date_short),
            rules.join(", "),
        ]);
    }
    print(&table.render())?;
    print_line(&format!("Всего: {}", counted(rows.len() as u64, "ссылка", "ссылки", "ссылок")))?;
    Ok(code)
}

/// A link with the reason of each of its flags.
pub(super) fn flagged_lines(snapshot: &Snapshot, row: &InviteRow, with_address: bool) -> String {
    let mut text = format!(
        "№ {}  {}, {}, {}, {}\n",
        row.id,
        one_line(&row.target_title),
        role_plural(row.role),
        address(snapshot, row, with_address),
        state_words(row.state)
    );
    let Some(invite) = snapshot.register.invite(row.id) else { return text };
    for flag in &row.flags {
        let advice = if flag.is_recommendation { ", рекомендация" } else { "" };
        let reason = one_line(&explain(flag, &snapshot.register, invite, snapshot.today));
        // Some reasons begin with the name of their rule.
        let rule = if reason.starts_with(flag.rule.words()) { "" } else { flag.rule.words() };
        let colon = if rule.is_empty() { "" } else { ": " };
        let _ = writeln!(
            text,
            "     {rule}{colon}{reason} ({}{advice}, решить до {})",
            flag.duty().clause(),
            date_short(flag.act_by)
        );
    }
    text
}

fn address(snapshot: &Snapshot, row: &InviteRow, shown: bool) -> String {
    match snapshot.register.invite(row.id) {
        Some(invite) if shown => invite.address.as_str().to_owned(),
        _ => row.tail.clone(),
    }
}

fn state_words(state: InviteState) -> &'static str {
    match state {
        InviteState::Reserve => "в запасе",
        InviteState::InForce => "действует",
        InviteState::Deferred => "отложена",
        InviteState::Revoked => "аннулирована",
    }
}

fn link_json(snapshot: &Snapshot, row: &InviteRow, with_address: bool) -> Value {
    let invite = snapshot.register.invite(row.id);
    let flags = row.flags.iter().map(|flag| {
        json!({
            "rule": flag.rule.code(),
            "duty": flag.duty().code(),
            "reason": invite.map(|invite| explain(flag, &snapshot.register, invite, snapshot.today)),
            "act_by": flag.act_by,
        })
    });
    let mut object = json!({
        "id": row.id,
        "target": row.target_title,
        "role": row.role.code(),
        "state": row.state,
        "issued_on": invite.and_then(|invite| invite.issued_on),
        "handed_over_on": row.handed_over_on,
        "flags": flags.collect::<Vec<_>>(),
    });
    if let (true, Some(invite)) = (with_address, invite) {
        object["address"] = json!(invite.address.as_str());
    }
    object
}

/// `link add FILE --group LABEL [--chat KIND] --role ROLE --url URL [--issued DATE] [--handed-over DATE]`.
pub(super) fn add(given: &Given) -> Outcome {
    let role = given.required_role()?;
    let address = parse_address(given.required("url")?)?;
    let chat_kind = match given.text("chat")? {
        None => None,
        Some("students") => Some(ChatKind::Students),
        Some("parents") => Some(ChatKind::Parents),
        Some("teachers") => Some(ChatKind::Teachers),
        Some(_) => return Err(Failure::usage("--chat: одно из students, parents, teachers.")),
    };
    let today = given.clock()?.today();
    let issued_on = given.date("issued", today)?;
    let handed_over = given.date("handed-over", today)?;
    let mut session = open(given)?;
    let group = group(given, session.register(), today)?;
    let invite = Invite {
        issued_on,
        handed_over: handed_over.map(|on| HandOver {
            on: Some(on),
            way: HandOverWay::ClassTeacher,
            ..HandOver::default()
        }),
        ..Invite::in_reserve(Target::Group(group.id), role, address, today)
    };
    let (target, new_chat) = match chat_kind {
        None => (invite.target, None),
        Some(kind) => match chat_of(&session, &group, kind)? {
            Some(chat) => (Target::Chat(chat), None),
            None => {
                let (chat, entry) = record_chat(&mut session, &group, kind, &invite)?;
                (Target::Chat(chat), entry)
            }
        },
    };
    let done = session.execute(&Operation::AddInvites(vec![Invite { target, ..invite }]))?;
    if let (Some(entry), Some(kind)) = (new_chat, chat_kind) {
        print_line(&format!(
            "{}: записан {}. Запись журнала № {entry}.",
            group.label,
            chat_kind_words(kind)
        ))?;
    }
    report(&session, &done, "записана")?;
    Ok(DONE)
}

fn parse_address(text: &str) -> Result<InviteAddress, Failure> {
    let (address, shape) = InviteAddress::parse(text).map_err(|problem| {
        let reason = match problem {
            AddressProblem::Empty => "он пустой",
            AddressProblem::NoScheme => "он не начинается с http:// или https://",
            AddressProblem::NoHost => "в нём нет имени сайта",
            AddressProblem::InnerWhitespace => "внутри него пробел: он разрезан, или это два адреса",
            AddressProblem::TooLong => "он слишком длинный",
        };
        Failure::failed(format!("Адрес ссылки не взят: {reason}. Ничего не изменено."))
    })?;
    if let Some(warning) = shape.warning() {
        say(warning);
    }
    Ok(address)
}

/// The chat of a kind that is in use; of several the only one in MAX.
pub(super) fn chat_of(session: &Session, group: &Group, kind: ChatKind) -> Result<Option<ChatId>, Failure> {
    let chats = session.register().chats_of_group(group.id);
    let chats: Vec<&Arc<Chat>> =
        chats.filter(|chat| chat.kind == kind && chat.archived_on.is_none()).collect();
    let in_max: Vec<&Arc<Chat>> =
        chats.iter().copied().filter(|chat| chat.platform == Platform::Max).collect();
    match (&chats[..], &in_max[..]) {
        ([], _) => Ok(None),
        ([chat], _) | (_, [chat]) => Ok(Some(chat.id)),
        _ => {
            let lines = chats.iter().map(|chat| {
                format!("  № {}, {}", chat.id, target_title(session.register(), Target::Chat(chat.id)))
            });
            Err(Failure::usage(format!(
                "Подходит несколько чатов. Ничего не изменено. Запишите ссылку в окне:\n{}",
                lines.collect::<Vec<_>>().join("\n")
            )))
        }
    }
}

/// A link to a chat shows that there is one: it is recorded first, unless the link would be refused afterwards.
fn record_chat(
    session: &mut Session,
    group: &Group,
    kind: ChatKind,
    invite: &Invite,
) -> Result<(ChatId, Option<u64>), Failure> {
    let chat = Chat { group: Some(group.id), kind, platform: Platform::Max, ..Chat::default() };
    let operation = Operation::Add(vec![Entity::from(chat)]);
    let register = session.register();
    let context = session.clock().context("");
    let refused = |refusal| SessionError::refused(refusal, register);
    let changes = decide(register, &operation, &context).map_err(refused)?;
    let mut trial = (**register).clone();
    trial.apply(&changes);
    let id = changes.changes.first().map_or_else(ChatId::default, |change| ChatId(change.key().id));
    let wanted = Invite { target: Target::Chat(id), ..invite.clone() };
    decide(&trial, &Operation::AddInvites(vec![wanted]), &context).map_err(refused)?;
    let done = session.execute(&operation)?;
    Ok((id, done.entry))
}

/// `link revoke FILE ID --on DATE [--successor URL]`. The reason is what the link is flagged for that day.
pub(super) fn revoke(given: &Given) -> Outcome {
    let wrong = || Failure::usage("Номер ссылки пишется числом, как в команде links.");
    let number = given.place(1).and_then(|text| text.trim_start_matches('№').trim().parse().ok());
    let id = InviteId(number.ok_or_else(wrong)?);
    let on = given.required_date("on", given.clock()?.today())?;
    let successor = given.text("successor")?.map(parse_address).transpose()?;
    let mut session = open(given)?;
    let register = session.register();
    let missing = || Failure::failed(format!("Ссылки № {id} в файле нет. Ничего не изменено."));
    let invite = register.invite(id).ok_or_else(missing)?.clone();
    // The first flag is the one the link is shown with.
    let flags = flags_of_invite(register, &invite, session.clock().today());
    let reason = flags.first().map_or_else(String::new, |flag| flag.rule.code().to_owned());
    let operation = Operation::RevokeInvites { seen: vec![invite], on, reason, successor };
    let done = session.execute(&operation)?;
    report(&session, &done, "аннулирована")?;
    Ok(DONE)
}

/// Says what became of the links that changed.
pub(super) fn report(session: &Session, done: &Executed, verb: &str) -> Result<(), Failure> {
    let entry = done.entry.map_or_else(String::new, |entry| format!(" Запись журнала № {entry}."));
    for change in &done.changes.changes {
        let Some(Entity::Invite(invite)) = &change.after else { continue };
        let is_successor = invite.revocation.is_none() && verb == "аннулирована";
        let verb = if is_successor { "замена, в запасе" } else { verb };
        print_line(&format!(
            "Ссылка № {}, {}, {}, {}: {verb}.{entry}",
            invite.id,
            one_line(&target_title(session.register(), invite.target)),
            role_plural(invite.role),
            invite.address.tail(),
        ))?;
    }
    Ok(())
}
