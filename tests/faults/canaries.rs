//! Rows 24 and 28: thirty made-up names, phones, links, posts and notes in a file with a password. After every command
//! there is, the failing ones included, none of them stands anywhere but on stdout: not on stderr, not in the file's
//! bytes, not in its journal, side files or backups, not in temporary files, the user's configuration or file names.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

use encoding_rs::WINDOWS_1251;

use crate::bench::{FILE_NAME, Lock, PASSWORD, School, TODAY_OPTION, ended, is_hot, names_in, put};

/// Each is found by these letters wherever they stand.
const CANARIES: [&str; 30] = [
    "Канарейкина",
    "Щеглюченко",
    "Овсянкиди",
    "Трясогузова",
    "Зябликян",
    "Чечёткинс",
    "Свиристельер",
    "Коноплянко",
    "Юрковец",
    "Дубоносенко",
    "Мухоловкова",
    "Пеночкиани",
    "Гаичкосян",
    "Вьюрковатов",
    "9007654301",
    "9007654302",
    "9007654303",
    "9007654304",
    "KanarejkaTokenAlpha",
    "KanarejkaTokenBeta",
    "KanarejkaTokenGamma",
    "KanarejkaTokenDelta",
    "учитель-птицевод",
    "лаборант-орнитолог",
    "голубятник-вахтёр",
    "канареечное-обращение",
    "канареечный-ответ",
    "канареечная-причина",
    "канареечная-заметка",
    "Кенаровна",
];

const PUPILS: &str = "Фамилия;Имя;Отчество;Класс;Телефон;Мать;Телефон матери\r\n\
    Канарейкина;Юлия;Кенаровна;7Б;8 900 765-43-01;Щеглюченко Анна Львовна;8 900 765-43-02\r\n\
    Овсянкиди;Пётр;Ильич;7Б;89007654303;Трясогузова Ида Петровна;\r\n\
    Зябликян;Лев;Маркович;5А;;;\r\nЧечёткинс;Ада;Львовна;5А;;;\r\nСвиристельер;Ян;;5А;;;\r\n\
    Коноплянко;Рим;Олегович;5А;;;\r\n";
const STAFF: &str = "ФИО;Должность;Телефон\r\nЮрковец Олег Иванович;учитель-птицевод;89007654304\r\n\
    Дубоносенко Вера Ильинична;лаборант-орнитолог;\r\nМухоловкова Яна Юрьевна;голубятник-вахтёр;\r\n";
/// The third name has a cell too many, so the list is refused; the second roster is no roster.
const TORN: &str =
    "Фамилия;Имя;Класс\r\nПеночкиани;Ия;7Б\r\nГаичкосян;Том;7Б;лишнее;и ещё\r\nВьюрковатов;Яр;7Б\r\n";
const NO_ROSTER: &str = "Вьюрковатов Яр\r\nGaичкосян и Пеночкиани\r\n";
const MEMBERS: &str = "Канарейкина Юлия\nПеночкиани Ия\nОвсянкиди Пётр\n";

/// Commands in the order of a year; `@` is the school's file, `~` a file of the folder outside.
const COMMANDS: &[&[&str]] = &[
    &["new", "@", "--name", "Школа № 99", "--actor", "Канарейкина Юлия"],
    &["import", "@", "~pupils.csv", "--role", "student"],
    &["import", "@", "~staff.csv", "--role", "teacher"],
    &[
        "link",
        "add",
        "@",
        "--group",
        "7Б",
        "--role",
        "student",
        "--url",
        "https://max.ru/join/KanarejkaTokenAlpha",
        "--issued",
        "2026-08-25",
        "--handed-over",
        "2026-08-30",
    ],
    &[
        "link",
        "add",
        "@",
        "--group",
        "7Б",
        "--chat",
        "parents",
        "--role",
        "parent",
        "--url",
        "https://max.ru/join/KanarejkaTokenBeta",
    ],
    &["link", "add-list", "@", "~links.txt"],
    &["link", "hand-over", "@", "2", "--on", "2026-09-10", "--note", "канареечная-заметка"],
    &["link", "defer", "@", "2", "--until", "2026-11-01", "--why", "канареечная-причина"],
    &["link", "leaked", "@", "2", "--note", "канареечная-заметка"],
    &[
        "link",
        "revoke",
        "@",
        "1",
        "--on",
        "2026-10-12",
        "--successor",
        "https://max.ru/join/KanarejkaTokenDelta",
    ],
    &["link", "missing", "@"],
    &["links", "@", "--flagged"],
    &["links", "@", "--show-addresses"],
    &[
        "observe",
        "@",
        "--group",
        "7Б",
        "--role",
        "student",
        "--joined",
        "1",
        "--of",
        "2",
        "--on",
        "2026-10-11",
    ],
    &["appeal", "add", "@", "--text", "канареечное-обращение Канарейкина", "--person", "1"],
    &["appeal", "answer", "@", "1", "--answer", "канареечный-ответ"],
    &["appeals", "@"],
    &["request", "add", "@", "~members.txt", "--group", "7Б", "--role", "student"],
    &["requests", "@"],
    &["request", "decide", "@", "1", "--decline", "--why", "канареечная-причина"],
    &["reconcile", "@", "--group", "7Б", "--chat", "students", "~members.txt"],
    &[
        "reconcile",
        "@",
        "--group",
        "7Б",
        "--chat",
        "students",
        "~members.txt",
        "--apply-certain",
        "--invite-missing",
    ],
    &["summary", "@"],
    &["tasks", "@"],
    &["tasks", "@", "--failed", "1", "--why", "канареечная-причина"],
    &["people", "@", "--json"],
    &["people", "@", "--group", "7Б"],
    &["groups", "@"],
    &["imports", "@"],
    &["duties", "@"],
    &["journal", "@"],
    &["journal", "@", "2", "--json"],
    &["document", "@", "link-register", "--with-addresses", "--out", "~register.csv"],
    &["document", "@", "revocation-act", "--out", "~act.docx", "--commission", "Канарейкина Ю. К."],
    &["document", "@", "class-sheet", "--group", "7Б", "--out", "~class.docx"],
    &["document", "@", "leak-memo", "--link", "2", "--out", "~memo.docx"],
    &["undo", "@"],
    &["verify", "@"],
    // From here on everything fails.
    &["import", "@", "~torn.csv", "--role", "student"],
    &["import", "@", "~no-roster.csv"],
    &["import", "@", "~pupils.csv", "--role", "student", "--scope", "full", "--confirm-departures", "77"],
    &["import", "@", "~pupils.csv", "--map", "Канарейкина=surname"],
    &["import", "@", "~missing.csv"],
    &[
        "link",
        "add",
        "@",
        "--group",
        "7Б",
        "--role",
        "student",
        "--url",
        "https://max.ru/join/KanarejkaTokenGamma",
        "--issued",
        "канареечная-заметка",
    ],
    &["link", "add", "@", "--group", "7Б", "--role", "student", "--url", "KanarejkaTokenGamma без адреса"],
    &[
        "link",
        "add",
        "@",
        "--group",
        "5А",
        "--role",
        "student",
        "--url",
        "https://max.ru/join/KanarejkaTokenBeta",
    ],
    &["link", "leaked", "@", "https://max.ru/join/KanarejkaTokenGamma"],
    &["link", "revoke", "@", "Канарейкина", "--on", "2026-10-12"],
    &["link", "revoke", "@", "1", "--on", "вчерашняя Канарейкина"],
    &["link", "hand-over", "@", "2", "--to-person", "Щеглюченко"],
    &["observe", "@", "--group", "7Б", "--role", "Зябликян", "--joined", "1", "--on", "2026-10-11"],
    &["observe", "@", "--group", "7Б", "--role", "student", "--joined", "9007654301", "--on", "2026-10-11"],
    &["people", "@", "--role", "Канарейкина"],
    &["appeal", "add", "@", "--text", "канареечное-обращение", "--person", "Юрковец"],
    &["appeal", "add", "@", "--text", "", "--person", "1"],
    &["appeal", "answer", "@", "99", "--answer", "канареечный-ответ"],
    &["request", "decide", "@", "99", "--accept", "--why", "канареечная-причина"],
    &["reconcile", "@", "--group", "7Б", "--role", "Канарейкина", "~members.txt"],
    &["summary", "@", "--paste", "~members.txt"],
    &["document", "@", "class-sheet", "--group", "7Б", "--out", "~нет такой папки/Канарейкина.docx"],
    &["document", "@", "Канарейкина", "--out", "~x.csv"],
    &["undo", "@", "Канарейкина"],
    &["undo", "@", "999"],
    &["journal", "@", "999"],
    &["Канарейкина", "@"],
    &["people", "@", "--Канарейкина"],
    &["people", "@", "Канарейкина"],
    &["verify", "~Канарейкина.sferum"],
    &["verify", "~pupils.csv"],
    &["new", "@", "--name", "Канарейкина"],
];

#[test]
fn canaries() {
    let school = School::empty(Lock::Password);
    for (name, text) in [
        ("pupils.csv", PUPILS),
        ("staff.csv", STAFF),
        ("torn.csv", TORN),
        ("no-roster.csv", NO_ROSTER),
        ("members.txt", MEMBERS),
        ("links.txt", "5А ученики https://max.ru/join/KanarejkaTokenGamma\n"),
    ] {
        put(&outside(&school, name), text.as_bytes());
    }
    let (mut failed, mut search) = (0, Search::default());
    for arguments in COMMANDS.iter().map(|arguments| arguments.to_vec()).chain(unlisted(&school)) {
        let (code, errors) = run(&school, &arguments, PASSWORD);
        failed += usize::from(code != 0);
        search.look(&school, &arguments, &errors);
    }
    for password in ["", "Канарейкина", "9007654301"] {
        let (code, errors) = run(&school, &["people", "@"], password);
        assert_ne!(code, 0, "a wrong password opens");
        failed += 1;
        search.look(&school, &["people", "@"], &errors);
    }
    let shown = run_for_stdout(&school, &["people", "@", "--json"]);
    assert!(
        shown.contains("Канарейкина") && shown.contains("Юрковец"),
        "the canaries are not in the file: {shown}"
    );
    let hot = kill_an_import(&school, &mut search);
    let leaks = search.leaks;
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    println!(
        "canaries: {} of {} got out; {} commands, {failed} of them failed, and {hot} killed import with a hot journal",
        leaks.len(),
        CANARIES.len(),
        COMMANDS.len() + 3
    );
    assert!(failed > 25, "only {failed} commands failed: the bad input was taken");
}

/// What the user's own folders hold by intent: rosters and documents. Only its new names are looked at.
fn outside(school: &School, name: &str) -> std::path::PathBuf {
    let folder = school.temporary().with_file_name("списки");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder.join(name)
}

/// Commands that the table above does not name, by the program's own help: with the file, and with bad input.
fn unlisted(school: &School) -> Vec<Vec<&'static str>> {
    let help = run_for_stdout(school, &["--help"]);
    let usages = help.lines().filter_map(|line| line.strip_prefix("  sferum-console "));
    let is_word = |word: &&str| word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    let mut unlisted = Vec::new();
    for usage in usages {
        let words: Vec<&str> = usage.split(' ').take_while(is_word).collect();
        let is_listed = COMMANDS.iter().any(|arguments| arguments.starts_with(&words));
        if words.is_empty() || is_listed || matches!(words[0], "demo" | "sample") {
            continue;
        }
        // The table is of texts that live as long as the program.
        let words: Vec<&'static str> =
            words.into_iter().map(|word| &*Box::leak(word.to_owned().into_boxed_str())).collect();
        unlisted.push([&words[..], &["@"]].concat());
        unlisted.push([&words[..], &["@", "Канарейкина", "9007654301"]].concat());
    }
    unlisted
}

fn start(school: &School, arguments: &[&str], password: &str) -> Child {
    let mut command = school.console(&[]);
    for argument in arguments {
        match argument.strip_prefix('~') {
            Some(name) => command.arg(outside(school, name)),
            None if *argument == "@" => command.arg(FILE_NAME),
            None => command.arg(argument),
        };
    }
    command.args([TODAY_OPTION, "--password-stdin"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Several lines, for commands that ask for a new password or a code as well.
    let line = format!("{password}\n").repeat(4);
    let _ = child.stdin.take().expect("piped").write_all(line.as_bytes());
    child
}

fn run(school: &School, arguments: &[&str], password: &str) -> (i32, String) {
    ended(&start(school, arguments, password).wait_with_output().expect("ends"))
}

fn run_for_stdout(school: &School, arguments: &[&str]) -> String {
    let output = start(school, arguments, PASSWORD).wait_with_output().expect("ends");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What was found, and which files have been looked at as they are.
#[derive(Default)]
struct Search {
    leaks: Vec<String>,
    seen: HashMap<PathBuf, (u64, SystemTime)>,
}

impl Search {
    fn look_at(&mut self, place: &str, arguments: &[&str], bytes: &[u8]) {
        let readings = readings(bytes);
        for canary in CANARIES.iter().chain([&PASSWORD]) {
            // In lower case too, as keys for searching keep it.
            let forms = [(*canary).to_owned(), canary.to_lowercase()];
            if readings.iter().any(|text| forms.iter().any(|form| text.contains(form))) {
                self.leaks.push(format!("«{canary}» in {place} after {arguments:?}"));
            }
        }
    }

    /// Looks at everything that a command may have left.
    fn look(&mut self, school: &School, arguments: &[&str], errors: &str) {
        self.look_at("stderr", arguments, errors.as_bytes());
        for folder in [school.folder().to_owned(), school.temporary(), school.outside("")] {
            walk(&folder, &mut |path| {
                let state = std::fs::metadata(path).and_then(|state| Ok((state.len(), state.modified()?)));
                let state = state.expect("a file that was just listed");
                if self.seen.insert(path.to_owned(), state) == Some(state) {
                    return;
                }
                let name = path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().into_owned();
                self.look_at("a file name", arguments, name.as_bytes());
                self.look_at(&name, arguments, &std::fs::read(path).unwrap_or_default());
            });
        }
        for name in names_in(&outside(school, "")) {
            self.look_at("a file name", arguments, name.as_bytes());
        }
    }
}

fn walk(folder: &Path, seen: &mut dyn FnMut(&Path)) {
    for name in names_in(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            walk(&path, seen);
        } else {
            seen(&path);
        }
    }
}

/// Bytes as text, in every form that text is kept in: UTF-8, UTF-16 from either byte on, Windows-1251.
fn readings(bytes: &[u8]) -> [String; 4] {
    let utf16 = |bytes: &[u8]| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    let utf8 = String::from_utf8_lossy(bytes).into_owned();
    [utf8, utf16(bytes), utf16(bytes.get(1..).unwrap_or_default()), WINDOWS_1251.decode(bytes).0.into_owned()]
}

/// An import killed in its commit: the journal that it leaves is as closed as the file.
fn kill_an_import(school: &School, search: &mut Search) -> usize {
    let mut list = String::from("Фамилия;Имя;Отчество;Класс\r\n");
    for number in 0..3000 {
        let letters: String =
            format!("{number:04}").bytes().map(|digit| (digit + b'a' - b'0') as char).collect();
        list += &format!("{}{letters};Юлия;Кенаровна;7Б\r\n", CANARIES[number % 14]);
    }
    put(&outside(school, "long.csv"), list.as_bytes());
    let journal = school.journal();
    let mut child = start(school, &["import", "@", "~long.csv", "--role", "student"], PASSWORD);
    let begun = Instant::now();
    while !is_hot(&journal)
        && begun.elapsed() < Duration::from_secs(60)
        && child.try_wait().is_ok_and(|end| end.is_none())
    {
        std::thread::sleep(Duration::from_micros(200));
    }
    child.kill().expect("it was alive");
    let output = child.wait_with_output().expect("gone");
    let hot = usize::from(is_hot(&journal));
    search.look(school, &["a killed import"], &String::from_utf8_lossy(&output.stderr));
    assert!(hot == 1, "the killed import left no hot journal");
    hot
}
