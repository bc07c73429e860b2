//! The command line: which commands there are, what each takes, and what was given.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Arg;

use super::cabinet_commands::CABINET_COMMANDS;
use super::erasure_commands::ERASURE_COMMANDS;
use super::failure::{Failure, Outcome};
use super::given::Given;
use super::movement_commands::MOVEMENT_COMMANDS;
use super::people_commands::PEOPLE_COMMANDS;
use super::teacher_commands::TEACHER_COMMANDS;
use super::{
    backups, document, files, groups, import, imports, journal, links, observe, password, people, year,
};

/// A command: its words, its line of the help and what it takes.
pub(super) struct Command {
    /// «link add».
    pub(super) words: &'static str,
    /// What follows the program's name in the help.
    pub(super) usage: &'static str,
    pub(super) about: &'static str,
    /// Options besides those of every command.
    pub(super) options: &'static [&'static str],
    /// How many words besides its own: at least, at most.
    pub(super) places: (usize, usize),
    pub(super) run: Run,
}

/// How a command is run.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// The window; the sample school in it.
    Window {
        demo: bool,
    },
    Headless(fn(&Given) -> Outcome),
}

/// Options that take a value.
const VALUED: &[&str] = &[
    "today",
    "actor",
    "year",
    "unit",
    "name",
    "kind",
    "role",
    "scope",
    "group",
    "chat",
    "url",
    "issued",
    "handed-over",
    "on",
    "successor",
    "joined",
    "of",
    "part",
    "sheet",
    "map",
    "encoding",
    "header-row",
    "confirm-departures",
    "order",
    "problems",
    "entry",
    "out",
    "code-out",
    "from",
    "to",
    "commission",
    "link",
    "way",
    "to-person",
    "note",
    "why",
    "person",
    "paste",
    "column",
    "done",
    "failed",
    "until",
    "text",
    "answer",
    "departed-before",
    "confirm",
    "act",
    "events",
    "export",
    "to-year",
    "set",
    "pupil",
    "class",
    "adult",
    "phone",
    "date",
    "post",
];
/// Options that may be given several times.
const REPEATABLE: [&str; 6] = ["part", "map", "done", "failed", "set", "pupil"];
/// Options that take none.
const FLAGS: &[&str] = &[
    "json",
    "password-stdin",
    "dry-run",
    "flagged",
    "show-addresses",
    "accept-renames",
    "join-families",
    "with-addresses",
    "per-person",
    "with-names",
    "apply-certain",
    "invite-missing",
    "accept",
    "decline",
    "ids-only",
    "deep",
    "cabinet",
    "whole",
    "allow-network",
    "accept-proposals",
    "namesake",
    "graduated",
    "open",
    "help",
    "version",
];
/// Options of every command.
const EVERYWHERE: [&str; 6] = ["today", "password-stdin", "actor", "year", "unit", "allow-network"];

/// Every command, in the order of the help; the window last.
pub(super) fn commands() -> impl DoubleEndedIterator<Item = &'static Command> {
    let (window, others) = COMMANDS.split_last().expect("the table is not empty");
    let own = others.iter().chain(&CABINET_COMMANDS).chain(&ERASURE_COMMANDS).chain(&MOVEMENT_COMMANDS);
    own.chain(&TEACHER_COMMANDS).chain(&PEOPLE_COMMANDS).chain(std::iter::once(window))
}

const COMMANDS: &[Command] = &[
    Command {
        words: "demo",
        usage: "demo",
        about: "учебная школа в окне; без экрана её день текстом",
        options: &[],
        places: (0, 0),
        run: Run::Window { demo: true },
    },
    Command {
        words: "sample",
        usage: "sample ПАПКА",
        about: "учебные файлы школы и колледжа, списки к ним",
        options: &[],
        places: (1, 1),
        run: Run::Headless(files::sample),
    },
    Command {
        words: "new",
        usage: "new ФАЙЛ --name НАЗВАНИЕ [--kind school|college|kindergarten] [--code-out ПУТЬ.docx]",
        about: "новый файл организации; с --password-stdin закрыт паролем, код восстановления в выводе",
        options: &["name", "kind", "code-out"],
        places: (1, 1),
        run: Run::Headless(files::new),
    },
    Command {
        words: "import",
        usage: "import ФАЙЛ СПИСОК [--role student|parent|teacher|employee] [--scope additions|groups|full] \
                [--group КЛАСС] [--dry-run] [--json] [другие ключи: import --help]",
        about: "загрузить список; --dry-run только показывает, что изменится",
        options: &[
            "role",
            "scope",
            "sheet",
            "group",
            "map",
            "encoding",
            "header-row",
            "confirm-departures",
            "accept-renames",
            "join-families",
            "on",
            "order",
            "problems",
            "dry-run",
            "json",
        ],
        places: (2, 2),
        run: Run::Headless(import::import),
    },
    Command {
        words: "imports",
        usage: "imports ФАЙЛ [--entry ЗАПИСЬ] [--json]",
        about: "загруженные списки; --entry: что изменила эта загрузка, по частям",
        options: &["entry", "json"],
        places: (1, 1),
        run: Run::Headless(imports::imports),
    },
    Command {
        words: "groups add-line",
        usage: "groups add-line ФАЙЛ СТРОКА|- [--dry-run] [--json]",
        about: "завести классы и группы строкой «1–9 АБВГ, 10–11 АБ»; --year и --unit: в каком году и корпусе",
        options: &["dry-run", "json"],
        places: (2, 2),
        run: Run::Headless(year::add_line),
    },
    Command {
        words: "year",
        usage: "year ФАЙЛ plan|apply|undo [--to-year ГОД] [--from СПИСОК] [--set \"9А=10А\"] [--pupil \"НОМЕР=5А\"] \
                [--accept-proposals] [--group КЛАСС] [--json] [другие ключи: year --help]",
        about: "переход на новый учебный год: план, выполнение, отмена всего или одного класса; --set: название, keep, \
                graduate, dissolve, leave-out; --from: список нового года с ключами команды import",
        options: &[
            "to-year",
            "from",
            "set",
            "pupil",
            "accept-proposals",
            "role",
            "scope",
            "sheet",
            "group",
            "map",
            "encoding",
            "header-row",
            "confirm-departures",
            "accept-renames",
            "join-families",
            "on",
            "order",
            "json",
        ],
        places: (2, 2),
        run: Run::Headless(year::year),
    },
    Command {
        words: "groups",
        usage: "groups ФАЙЛ [--json]",
        about: "классы и группы",
        options: &["json"],
        places: (1, 1),
        run: Run::Headless(groups::groups),
    },
    Command {
        words: "people",
        usage: "people ФАЙЛ [--group КЛАСС] [--role РОЛЬ] [--json]",
        about: "люди",
        options: &["group", "role", "json"],
        places: (1, 1),
        run: Run::Headless(people::people),
    },
    Command {
        words: "links",
        usage: "links ФАЙЛ [--flagged] [--json] [--show-addresses]",
        about: "ссылки; --flagged: только те, что пора проверить (код 10, если такие есть)",
        options: &["flagged", "json", "show-addresses"],
        places: (1, 1),
        run: Run::Headless(links::links),
    },
    Command {
        words: "link add",
        usage: "link add ФАЙЛ --group КЛАСС [--chat students|parents|teachers] --role РОЛЬ --url АДРЕС \
                [--issued ДАТА] [--handed-over ДАТА]",
        about: "записать ссылку",
        options: &["group", "chat", "role", "url", "issued", "handed-over"],
        places: (1, 1),
        run: Run::Headless(links::add),
    },
    Command {
        words: "link revoke",
        usage: "link revoke ФАЙЛ НОМЕР --on ДАТА [--successor АДРЕС]",
        about: "отметить ссылку аннулированной в кабинете",
        options: &["on", "successor"],
        places: (2, 2),
        run: Run::Headless(links::revoke),
    },
    Command {
        words: "observe",
        usage: "observe ФАЙЛ --group КЛАСС --role РОЛЬ --joined ЧИСЛО [--of ЧИСЛО] --on ДАТА",
        about: "записать, сколько человек внутри",
        options: &["group", "role", "joined", "of", "on"],
        places: (1, 1),
        run: Run::Headless(observe::observe),
    },
    Command {
        words: "document",
        usage: "document ФАЙЛ ВИД --out ПУТЬ [виды и их ключи: document --help]",
        about: "акт, реестр ссылок, карточки, лист и паспорт класса, отчёт, папка проверки, передача дел, проекты приказов",
        options: &[
            "out",
            "from",
            "to",
            "commission",
            "group",
            "role",
            "with-addresses",
            "per-person",
            "with-names",
            "link",
            "on",
            "name",
        ],
        places: (2, 2),
        run: Run::Headless(document::document),
    },
    Command {
        words: "duties",
        usage: "duties ФАЙЛ [--json]",
        about: "обязанности: как стоят, что осталось, чем подтверждаются, когда вернуться",
        options: &["json"],
        places: (1, 1),
        run: Run::Headless(super::duties::duties),
    },
    Command {
        words: "journal",
        usage: "journal ФАЙЛ [ЗАПИСЬ] [--json] | journal ФАЙЛ --export ПУТЬ [--from ДАТА] [--to ДАТА] [--ids-only]",
        about: "журнал; с номером: что изменила запись, по частям; --export: за период в .xlsx или .csv",
        options: &["json", "export", "from", "to", "ids-only"],
        places: (1, 2),
        run: Run::Headless(journal::journal),
    },
    Command {
        words: "undo",
        usage: "undo ФАЙЛ [ЗАПИСЬ] [--part ЧАСТЬ]",
        about: "отменить последнюю или названную запись, всю или часть",
        options: &["part"],
        places: (1, 2),
        run: Run::Headless(journal::undo),
    },
    Command {
        words: "password",
        usage: "password set|change|recover ФАЙЛ [--code-out ПУТЬ.docx] [--json]",
        about: "задать пароль, сменить его или войти по коду восстановления; новый код в выводе",
        options: &["code-out", "json"],
        places: (2, 2),
        run: Run::Headless(password::password),
    },
    Command {
        words: "verify",
        usage: "verify ФАЙЛ [--deep]",
        about: "проверить файл и записи журнала; --deep: и резервные копии",
        options: &["deep"],
        places: (1, 1),
        run: Run::Headless(files::verify),
    },
    Command {
        words: "backup",
        usage: "backup ФАЙЛ [--to ПАПКА] [--json]",
        about: "резервная копия: проверяется повторным открытием, зашифрована как сам файл",
        options: &["to", "json"],
        places: (1, 1),
        run: Run::Headless(backups::backup),
    },
    Command {
        words: "backups",
        usage: "backups ФАЙЛ [--to ПАПКА] [--json]",
        about: "резервные копии файла, новые сверху",
        options: &["to", "json"],
        places: (1, 1),
        run: Run::Headless(backups::backups),
    },
    Command {
        words: "restore",
        usage: "restore ФАЙЛ КОПИЯ [--dry-run] [--json]",
        about: "восстановить файл из копии; прежний остаётся рядом; --dry-run только показывает, что изменится",
        options: &["dry-run", "json"],
        places: (2, 2),
        run: Run::Headless(backups::restore),
    },
    Command {
        words: "",
        usage: "[ФАЙЛ]",
        about: "окно",
        options: &[],
        places: (0, 1),
        run: Run::Window { demo: false },
    },
];

/// What the command line asks for.
pub(super) enum Asked {
    Help(Option<&'static Command>),
    Version,
    Run(&'static Command, Given),
}

/// Reads the command line.
///
/// # Errors
/// A usage failure that shows the nearest line of the help.
pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, Failure> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut values, mut flags, mut words) = (BTreeMap::<_, Vec<_>>::new(), BTreeSet::new(), Vec::new());
    loop {
        match parser.next() {
            Ok(None) => break,
            Ok(Some(Arg::Value(word))) => words.push(word),
            Ok(Some(Arg::Short('h'))) => {
                flags.insert("help");
            }
            Ok(Some(Arg::Short('V'))) => {
                flags.insert("version");
            }
            Ok(Some(Arg::Short(letter))) => return Err(unknown_option(&letter.to_string(), &words)),
            Ok(Some(Arg::Long(name))) => {
                if let Some(name) = FLAGS.iter().copied().find(|known| *known == name) {
                    flags.insert(name);
                } else if let Some(name) = VALUED.iter().copied().find(|known| *known == name) {
                    let value = parser
                        .value()
                        .map_err(|_| Failure::usage(format!("После --{name} нужно значение.")))?;
                    values.entry(name).or_default().push(value);
                } else {
                    let name = name.to_owned();
                    return Err(unknown_option(&name, &words));
                }
            }
            Err(_) => return Err(Failure::usage("У этого ключа не бывает значения через «=».")),
        }
    }
    let (command, taken) = find_command(&words, flags.contains("help"))?;
    if flags.contains("version") {
        return Ok(Asked::Version);
    }
    if flags.contains("help") {
        return Ok(Asked::Help((!command.words.is_empty()).then_some(command)));
    }
    let given = Given { values, flags, places: words.split_off(taken) };
    check(command, &given)?;
    Ok(Asked::Run(command, given))
}

fn find_command(words: &[OsString], is_help: bool) -> Result<(&'static Command, usize), Failure> {
    let text = |place: usize| words.get(place).and_then(|word| word.to_str()).unwrap_or("");
    let two = format!("{} {}", text(0), text(1));
    // Two words before one: «groups add-line» is not «groups».
    for (wanted, taken) in [(two.as_str(), 2), (text(0), 1)] {
        let named = |command: &&Command| !command.words.is_empty() && command.words == wanted;
        if let Some(command) = commands().find(named) {
            return Ok((command, taken));
        }
    }
    let window = &COMMANDS[COMMANDS.len() - 1];
    let Some(first) = words.first() else { return Ok((window, 0)) };
    // The first word of commands that have two.
    if let prefix @ ("link" | "request" | "appeal") = text(0) {
        let lines = usage_lines(|command| {
            command.words.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(' '))
        });
        return Err(Failure::usage(format!("После «{prefix}» нужно ещё одно слово:\n{lines}")));
    }
    // A word is a file when it looks like one; a mistyped command must not open an empty window.
    let looks_like_a_file =
        text(0).is_empty() || text(0).contains(['.', '/', '\\']) || PathBuf::from(first).exists();
    if looks_like_a_file || is_help {
        return Ok((window, 0));
    }
    let nearest = commands()
        .filter(|command| !command.words.is_empty())
        .min_by_key(|command| distance(command.words, text(0)));
    let line = nearest.map_or(String::new(), usage_line);
    Err(Failure::usage(format!("Такой команды нет. Может быть:\n{line}")))
}

fn check(command: &'static Command, given: &Given) -> Result<(), Failure> {
    let is_known = |name: &&str| command.options.contains(name) || EVERYWHERE.contains(name);
    let names = given.values.keys().chain(&given.flags);
    if let Some(foreign) = names.copied().find(|name| !is_known(name)) {
        return Err(Failure::usage(format!(
            "У этой команды нет ключа --{foreign}.\n{}",
            usage_line(command)
        )));
    }
    let (least, most) = command.places;
    if given.places.len() < least {
        return Err(Failure::usage(format!("Указано не всё.\n{}", usage_line(command))));
    }
    if given.places.len() > most {
        return Err(Failure::usage(format!("Указано лишнее.\n{}", usage_line(command))));
    }
    if let Some((name, _)) =
        given.values.iter().find(|(name, values)| values.len() > 1 && !REPEATABLE.contains(name))
    {
        return Err(Failure::usage(format!("Ключ --{name} указан дважды.\n{}", usage_line(command))));
    }
    Ok(())
}

fn unknown_option(name: &str, words: &[OsString]) -> Failure {
    let nearest = VALUED.iter().chain(FLAGS).copied().min_by_key(|known| distance(known, name));
    let hint = nearest
        .filter(|known| distance(known, name) <= 3)
        .map_or(String::new(), |known| format!(" Может быть, --{known}?"));
    let line = find_command(words, true).map_or(String::new(), |(command, _)| usage_line(command));
    Failure::usage(format!("Такого ключа нет.{hint}\n{line}"))
}

/// The line of the help for a command.
pub(super) fn usage_line(command: &Command) -> String {
    format!("  sferum-console {}", command.usage)
}

fn usage_lines(wanted: impl Fn(&Command) -> bool) -> String {
    let lines = commands().filter(|command| wanted(command)).map(usage_line);
    lines.collect::<Vec<_>>().join("\n")
}

/// How many letters have to change to get from one word to the other.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (place, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Result<Asked, Failure> {
        read(words.iter().map(OsString::from))
    }

    #[test]
    fn mistyped_words_get_the_nearest_line_of_the_help() {
        for (words, expected) in [
            (&["grups", "a.sferum"][..], "groups ФАЙЛ"),
            (&["link", "a.sferum"], "link add"),
            (&["links", "a.sferum", "--flaged"], "--flagged"),
            (&["groups"], "groups ФАЙЛ"),
            (&["verify", "a", "b"], "verify ФАЙЛ"),
            (&["verify", "a", "--json"], "verify ФАЙЛ"),
            (&["people", "a", "--group"], "--group"),
            (&["people", "a", "--role", "x", "--role", "y"], "people ФАЙЛ"),
        ] {
            match asked(words) {
                Err(failure) => {
                    assert_eq!(failure.code, 2, "{words:?}");
                    assert!(failure.text.contains(expected), "{words:?}: {}", failure.text);
                }
                Ok(_) => panic!("{words:?} was taken"),
            }
        }
    }

    #[test]
    fn a_file_or_nothing_asks_for_the_window() {
        for words in [&[][..], &["школа.sferum"], &["./школа"]] {
            assert!(
                matches!(asked(words), Ok(Asked::Run(command, _)) if command.words.is_empty()),
                "{words:?}"
            );
        }
    }

    #[test]
    fn options_may_stand_anywhere() {
        let Ok(Asked::Run(command, given)) =
            asked(&["--today=2026-10-12", "link", "revoke", "a.sferum", "7", "--on", "12.10.2026"])
        else {
            panic!("not understood");
        };
        assert_eq!(command.words, "link revoke");
        assert_eq!(given.place(1), Some("7"));
        assert_eq!(given.clock().map(|clock| clock.today().to_string()).ok().as_deref(), Some("2026-10-12"));
    }

    #[test]
    fn the_distance_between_words() {
        assert_eq!(distance("groups", "grups"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("links", "links"), 0);
    }
}
