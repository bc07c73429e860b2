//! File names made from what people typed (faults row 22).

/// Longest name in bytes: 255 is the limit of most file systems, some room is kept for endings.
const LONGEST: usize = 200;

/// Names that Windows gives to devices, whatever ending follows.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// Makes a file name that every system takes and that leads nowhere else: no separators, control or
/// bidirectional characters, no reserved device names, no leading or trailing dots and spaces, at most
/// 200 bytes (the ending of up to 10 bytes is kept). Never empty.
///
/// ```
/// use sferum_console::files::safe_file_name;
/// assert_eq!(safe_file_name("Акт 5А/5Б.docx"), "Акт 5А_5Б.docx");
/// assert_eq!(safe_file_name("../../con"), "_.._con");
/// assert_eq!(safe_file_name("CON.txt"), "_CON.txt");
/// ```
pub fn safe_file_name(wanted: &str) -> String {
    let replaced: String = wanted.chars().filter(|letter| !is_invisible(*letter)).map(replacement).collect();
    let trimmed = replaced.trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    let mut name = shortened(trimmed);
    if is_reserved(&name) {
        name.insert(0, '_');
    }
    if name.is_empty() { "_".into() } else { name }
}

fn replacement(letter: char) -> char {
    match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        letter if letter.is_control() => '_',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    }
}

/// Marks that turn the writing direction or show nothing: a name must read as what it is.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    RESERVED.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= 10 => &name[dot..],
        _ => "",
    };
    let room = LONGEST - ending.len();
    let mut cut = room.min(name.len() - ending.len());
    while !name.is_char_boundary(cut) {
        cut -= 1;
    }
    let stem = name[..cut].trim_end_matches(|letter: char| letter == '.' || letter.is_whitespace());
    format!("{stem}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_safe() {
        let cases = [
            ("Школа № 14.sferum", "Школа № 14.sferum"),
            ("", "_"),
            ("...", "_"),
            (" . ", "_"),
            ("..", "_"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\Windows\\a", "C__Windows_a"),
            ("name. ", "name"),
            ("nul", "_nul"),
            ("Nul .csv", "_Nul .csv"),
            ("COM1", "_COM1"),
            ("com¹.txt", "_com¹.txt"),
            ("LPT9.docx", "_LPT9.docx"),
            ("COM10", "COM10"),
            ("console", "console"),
            ("a\u{202E}cod.exe", "acod.exe"),
            ("a\0b\nc\td", "a_b_c_d"),
            ("a\u{00A0}b", "a b"),
            ("что? «да»|нет*", "что_ «да»_нет_"),
            ("-rf", "-rf"),
        ];
        for (wanted, expected) in cases {
            assert_eq!(safe_file_name(wanted), expected, "{wanted:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending_and_whole_letters() {
        let name = safe_file_name(&format!("{}.docx", "ж".repeat(400)));
        assert!(name.len() <= LONGEST && name.ends_with("ж.docx"), "{name}");
        let name = safe_file_name(&format!("{}. .{}", "a".repeat(199), "b".repeat(50)));
        assert!(name.len() <= LONGEST && !name.ends_with(['.', ' ']), "{name}");
    }

    /// Names that have led programs astray. Each becomes one component of a path, stays itself when made safe again,
    /// and a file under it is written and found in the very folder it was meant for.
    #[test]
    fn a_hundred_nasty_names_stay_in_their_folder() {
        let long = [
            "ж".repeat(128),
            "ж".repeat(500),
            "a".repeat(256),
            "😀".repeat(70),
            format!("{}.sferum", "щ".repeat(300)),
            format!("{}.{}", "a".repeat(100), "b".repeat(300)),
            format!("{}. . .", "я".repeat(120)),
            format!("{}/x", "../".repeat(100)),
            ".".repeat(300),
            " ".repeat(300),
            format!("e{}", "\u{0301}".repeat(400)),
        ];
        let fixed = [
            "",
            " ",
            ".",
            "..",
            "...",
            "....",
            "/",
            "\\",
            "//",
            "\\\\",
            "../",
            "..\\",
            "../..",
            "../../etc/passwd",
            "..\\..\\Windows\\System32\\drivers\\etc\\hosts",
            "/etc/passwd",
            "C:\\autoexec.bat",
            "C:",
            "c:name",
            "\\\\server\\share\\x",
            "\\\\?\\C:\\x",
            "\\\\.\\COM1",
            "file:///etc/passwd",
            "http://a/b",
            "~",
            "~root",
            "~/x",
            "$HOME",
            "%USERPROFILE%\\x",
            "CON",
            "con",
            "Con.txt",
            "PRN",
            "AUX",
            "aux.h",
            "NUL",
            "nul.tar.gz",
            "COM1",
            "COM9.docx",
            "LPT1",
            "lpt9.csv",
            "COM¹",
            "LPT³.x",
            "CONIN$",
            "CONOUT$",
            "CLOCK$",
            "con ",
            "con .txt",
            "nul. ",
            " nul",
            ".con",
            "name.",
            "name..",
            "name. .",
            "name ",
            " name",
            "name\t",
            ".hidden",
            "..hidden",
            "-rf",
            "--help",
            "-",
            "*",
            "?",
            "a*b?c",
            "a<b>c",
            "a|b",
            "a\"b",
            "a:b",
            "a:$DATA",
            "a::$DATA",
            "a;b",
            "a&b",
            "a`id`b",
            "$(id)",
            "a'b",
            "!x",
            "a\0b",
            "a\nb",
            "a\rb",
            "a\u{7f}b",
            "\u{1b}[31mx",
            "a\u{85}b",
            "\u{202e}fdp.exe",
            "a\u{200b}b",
            "\u{feff}x",
            "\u{2066}x\u{2069}",
            "a\u{2028}b",
            "a\u{a0}b",
            "\u{3000}",
            "a／b",
            "a․․b",
            "й",
            "и\u{0306}",
            "İ",
            "ß",
            "ﬁ",
            "Школа № 14",
            "«5А»",
            "Ёлка.",
            "desktop.ini",
            "Thumbs.db",
            "школа.sferum-journal",
            "школа.sferum.open",
            ".new-x.tmp",
        ];
        let names: Vec<&str> = fixed.into_iter().chain(long.iter().map(String::as_str)).collect();
        assert!(names.len() >= 100, "{}", names.len());
        let outer = tempfile::tempdir().expect("a temporary folder");
        let folder = outer.path().join("отчёты");
        std::fs::create_dir(&folder).expect("made");
        for wanted in names {
            let name = safe_file_name(wanted);
            assert!(name.len() <= 255 && !name.is_empty(), "{wanted:?}");
            assert!(!name.ends_with(['.', ' ']) && !name.starts_with(['.', ' ']), "{wanted:?} → {name:?}");
            assert!(
                !name.contains(['/', '\\', ':', '\0', '*', '?', '"', '<', '>', '|']),
                "{wanted:?} → {name:?}"
            );
            assert!(!name.chars().any(char::is_control) && !is_reserved(&name), "{wanted:?} → {name:?}");
            assert_eq!(safe_file_name(&name), name, "{wanted:?}");
            super::super::write_bytes_atomically(&folder.join(&name), b"x")
                .unwrap_or_else(|_| panic!("{wanted:?} → {name:?}"));
            let found =
                std::fs::read_dir(&folder).expect("listed").map(|entry| entry.expect("entry").file_name());
            assert_eq!(found.collect::<Vec<_>>(), [std::ffi::OsStr::new(&name)], "{wanted:?}");
            std::fs::remove_file(folder.join(&name)).expect("removed");
        }
        let outside: Vec<_> = std::fs::read_dir(outer.path()).expect("listed").collect();
        assert_eq!(outside.len(), 1, "nothing was written beside the folder");
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_one_safe_component_and_stays_so(text in "\\PC{0,300}|(\\.|/|\\\\|con|\u{202E}|\u{0000}){0,20}") {
            let name = safe_file_name(&text);
            let components: Vec<_> = std::path::Path::new(&name).components().collect();
            proptest::prop_assert!(matches!(components[..], [std::path::Component::Normal(_)]), "{:?}", name);
            proptest::prop_assert!(!name.ends_with(['.', ' ']) && name.len() <= LONGEST + 1);
            proptest::prop_assert_eq!(safe_file_name(&name), name);
        }
    }
}
