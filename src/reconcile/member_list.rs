//! A member list as copied from a page or a messenger: names on lines, with everything that stands around them.

use super::member_line::{MemberLine, Standing};
use super::noise::{Noise, is_title, noise_of};
use crate::names::{Phone, Role, clean, parse_phone};

/// A pasted list, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberList {
    pub lines: Vec<MemberLine>,
    pub ignored: Vec<IgnoredLine>,
}

/// Why a line of the text is no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IgnoredReason {
    /// «Был(а) недавно».
    Presence,
    /// «27 участников».
    Count,
    /// «Добавить участников».
    Interface,
    /// Letters of the round picture beside a name.
    Avatar,
    /// The chat's own title.
    Title,
    /// A role, a standing or a phone that was taken to the name beside it.
    Attached,
}

/// A line of the text that is no member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredLine {
    /// Number of the line in the pasted text, from 1.
    pub number: u32,
    /// Cleaned.
    pub text: String,
    pub reason: IgnoredReason,
}

/// Reads a pasted list. Empty lines are nothing; every other line is a member or ignored with a reason.
pub fn read_member_list(text: &str) -> MemberList {
    let mut reader = Reader::default();
    for (place, raw) in text.lines().enumerate() {
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        reader.line(number, raw);
    }
    reader.list
}

#[derive(Default)]
struct Reader {
    list: MemberList,
    /// Whether the line before was a name, or what belongs to it.
    after_name: bool,
}

impl Reader {
    fn line(&mut self, number: u32, raw: &str) {
        let segments: Vec<String> =
            raw.split(['\t', '·', '•', '|']).map(|segment| clean(&without_marks(segment))).collect();
        let mut segments = segments.iter().filter(|segment| !segment.is_empty()).map(String::as_str);
        let Some(first) = segments.next() else {
            if !clean(raw).is_empty() {
                self.ignore(number, &clean(raw), IgnoredReason::Interface);
            }
            return;
        };
        let first = without_numbering(first);
        if first.is_empty() {
            // «3.» alone, or with the name in the next cell.
            match segments.next() {
                Some(second) => self.text(number, second),
                None => self.ignore(number, &clean(raw), IgnoredReason::Count),
            }
        } else if first.chars().all(|letter| letter.is_ascii_digit()) && first.len() <= 4 {
            match segments.next() {
                Some(second) => self.text(number, second),
                None => self.ignore(number, first, IgnoredReason::Count),
            }
        } else {
            self.text(number, first);
        }
        for segment in segments {
            self.beside(segment);
        }
    }

    fn text(&mut self, number: u32, text: &str) {
        if let Ok(phone) = parse_phone(text) {
            return self.phone(number, text, phone);
        }
        if let Some(noise) = noise_of(text) {
            return self.noise(number, text, noise);
        }
        if is_avatar(text) {
            self.after_name = false;
            return self.ignore(number, text, IgnoredReason::Avatar);
        }
        if !text.contains(char::is_alphabetic) {
            return self.ignore(number, text, IgnoredReason::Interface);
        }
        let (name, tail) = split_tail(text);
        if self.list.lines.is_empty() && is_title(name) {
            return self.ignore(number, text, IgnoredReason::Title);
        }
        let (name, phone) = split_phone(name);
        let mut member = MemberLine::read(number, &name);
        member.phone = phone;
        self.list.lines.push(member);
        for segment in tail {
            self.beside(segment);
        }
        self.after_name = true;
    }

    /// What stands on the line of a name after it.
    fn beside(&mut self, text: &str) {
        let Some(member) = self.list.lines.last_mut() else { return };
        if let Ok(phone) = parse_phone(text) {
            member.phone.get_or_insert(phone);
            return;
        }
        match noise_of(text) {
            Some(Noise::Role(role)) => member.role = Some(role),
            Some(Noise::Standing(standing)) => member.standing = Some(standing),
            _ => {}
        }
    }

    fn phone(&mut self, number: u32, text: &str, phone: Phone) {
        match self.list.lines.last_mut() {
            Some(member) if self.after_name && member.phone.is_none() => {
                member.phone = Some(phone);
                self.ignore(number, text, IgnoredReason::Attached);
            }
            _ => {
                let mut member = MemberLine::read(number, text);
                member.name.clear();
                member.phone = Some(phone);
                self.list.lines.push(member);
                self.after_name = false;
            }
        }
    }

    fn noise(&mut self, number: u32, text: &str, noise: Noise) {
        match noise {
            Noise::Count => {
                self.drop_title(number);
                self.ignore(number, text, IgnoredReason::Count);
            }
            Noise::Presence => self.ignore(number, text, IgnoredReason::Presence),
            Noise::Interface => self.ignore(number, text, IgnoredReason::Interface),
            Noise::Role(role) => self.attach(number, text, Some(role), None),
            Noise::Standing(standing) => self.attach(number, text, None, Some(standing)),
        }
        if !matches!(noise, Noise::Role(_) | Noise::Standing(_)) {
            self.after_name = false;
        }
    }

    fn attach(&mut self, number: u32, text: &str, role: Option<Role>, standing: Option<Standing>) {
        if let Some(member) = self.list.lines.last_mut() {
            member.role = member.role.or(role);
            member.standing = member.standing.or(standing);
        }
        self.ignore(number, text, IgnoredReason::Attached);
    }

    /// The only line before «27 участников» is the chat's title.
    fn drop_title(&mut self, number: u32) {
        if let [only] = self.list.lines.as_slice()
            && self.after_name
            && only.number + 2 >= number
        {
            let title =
                IgnoredLine { number: only.number, text: only.written.clone(), reason: IgnoredReason::Title };
            self.list.lines.clear();
            self.list.ignored.push(title);
        }
    }

    fn ignore(&mut self, number: u32, text: &str, reason: IgnoredReason) {
        self.list.ignored.push(IgnoredLine { number, text: text.to_owned(), reason });
    }
}

/// Pictures, hearts and bullets go; letters, digits and the marks that names and statuses use stay.
fn without_marks(text: &str) -> String {
    let keep = |letter: char| {
        letter.is_alphanumeric()
            || letter.is_whitespace()
            || matches!(letter, '\u{300}'..='\u{36f}')
            || " .,;:()[]-–—'’`\"«»/+&_…@".contains(letter)
    };
    text.chars().map(|letter| if keep(letter) { letter } else { ' ' }).collect()
}

/// «1. », «12) », «- », «— ».
fn without_numbering(text: &str) -> &str {
    let text = text.trim_start_matches(['-', '–', '—', '.', ',', '_', ' ', '«', '"', '…']);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if (1..=4).contains(&digits) {
        let rest = &text[digits..];
        if let Some(rest) = rest.strip_prefix(['.', ')']) {
            // «7.2» and «03.09.2026» are no numbering.
            if !rest.starts_with(|letter: char| letter.is_ascii_digit()) {
                return rest.trim_start();
            }
        } else if let Some(rest) = rest.strip_prefix(' ')
            && noise_of(text).is_none()
            && rest.starts_with(char::is_uppercase)
            && parse_phone(text).is_err()
        {
            return rest.trim_start();
        }
    }
    text.trim_end_matches([',', ';', ' ', '"', '»'])
}

/// One or two capitals alone, perhaps with a digit or a bracket: the letters of the round picture.
fn is_avatar(text: &str) -> bool {
    let marks: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    (1..=2).contains(&marks.len())
        && marks.iter().any(|letter| letter.is_uppercase())
        && !marks.iter().any(|letter| letter.is_lowercase())
}

/// «Иванов Иван, был(а) недавно», «Иванов Иван — ученик», «Рощина Ксения (вы)».
fn split_tail(text: &str) -> (&str, Vec<&str>) {
    let mut name = text;
    let mut tail = Vec::new();
    loop {
        let cut = [", ", " - ", " – ", " — ", " ("]
            .iter()
            .filter_map(|mark| name.rfind(mark).map(|place| (place, mark.len())))
            .max();
        let Some((place, length)) = cut else { break };
        let said = name[place + length..].trim_matches([')', '(', ' ']);
        let is_beside = matches!(said.to_lowercase().as_str(), "вы" | "это вы" | "you")
            || noise_of(said).is_some()
            || parse_phone(said).is_ok();
        if place == 0 || !is_beside {
            break;
        }
        tail.push(said);
        name = &name[..place];
    }
    // Copied without a line break: «Анна Петрова был(а) недавно».
    let lower = name.to_lowercase();
    if lower.len() == name.len() {
        for status in [" был(а) ", " в сети", " была в сети", " был в сети", " была недавно", " был недавно"]
        {
            if let Some(place) = lower.find(status).filter(|place| *place > 0) {
                name = &name[..place];
                break;
            }
        }
    }
    (name.trim_end_matches([',', ' ']), tail)
}

/// «Анна Петрова +7 912 345-67-45».
fn split_phone(text: &str) -> (String, Option<Phone>) {
    let starts = text.char_indices().filter(|(place, letter)| {
        (letter.is_ascii_digit() || *letter == '+' || *letter == '(')
            && *place > 0
            && text[..*place].ends_with([' ', ',', '(', ':'])
    });
    for (place, _) in starts {
        if let Ok(phone) = parse_phone(text[place..].trim_end_matches([')', ',', '.', ' '])) {
            let name = text[..place].trim_end_matches([' ', ',', '(', ':', '.', '-', '–', '—']);
            let name = name.strip_suffix("тел").unwrap_or(name).trim_end_matches([' ', ',']);
            return (name.to_owned(), Some(phone));
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(u32, String)> {
        read_member_list(text).lines.into_iter().map(|line| (line.number, line.written)).collect()
    }

    #[test]
    fn a_messenger_list_is_read_with_its_line_numbers() {
        let text = "Родители 7Б\n24 участника\nДобавить участников\n\nНК\nНаталья Ковалёва\nвладелец\n\
                    Мама Саши Волкова\nбыл(а) недавно\n🌸 Юлия 🌸\nв сети\n+7 900 345-67-45\nбыл 3 сен\n\
                    Иван Петров\n+7 900 345-67-46\nпечатает…";
        let list = read_member_list(text);
        let names: Vec<(u32, &str)> =
            list.lines.iter().map(|line| (line.number, line.written.as_str())).collect();
        assert_eq!(
            names,
            [
                (6, "Наталья Ковалёва"),
                (8, "Мама Саши Волкова"),
                (10, "Юлия"),
                (12, "+7 900 345-67-45"),
                (14, "Иван Петров"),
            ]
        );
        assert_eq!(list.lines[0].standing, Some(Standing::Owner));
        assert!(list.lines[3].name.is_empty() && list.lines[3].phone.is_some());
        assert!(list.lines[4].phone.is_some());
        let ignored: Vec<(u32, IgnoredReason)> =
            list.ignored.iter().map(|line| (line.number, line.reason)).collect();
        use IgnoredReason::*;
        assert_eq!(
            ignored,
            [
                (1, Title),
                (2, Count),
                (3, Interface),
                (5, Avatar),
                (7, Attached),
                (9, Presence),
                (11, Presence),
                (13, Presence),
                (15, Attached),
                (16, Presence),
            ]
        );
    }

    #[test]
    fn one_line_forms() {
        let cases = [
            ("1. Иванов Иван", "Иванов Иван"),
            ("12) Иванов Иван", "Иванов Иван"),
            ("• Иванов Иван", "Иванов Иван"),
            ("— Иванов Иван", "Иванов Иван"),
            ("3\tИванов Иван\tУченик", "Иванов Иван"),
            ("Иванов Иван, был(а) недавно", "Иванов Иван"),
            ("Иванов Иван — ученик", "Иванов Иван"),
            ("Рощина Ксения (вы)", "Рощина Ксения"),
            ("Иванов Иван был(а) недавно", "Иванов Иван"),
            ("Иванов Иван, +7 900 345-67-45", "Иванов Иван"),
            ("Наталья (мама Пети И.)", "Наталья (мама Пети И.)"),
            ("Иванова-Петрова Маша", "Иванова-Петрова Маша"),
            ("5 Иванов Иван", "Иванов Иван"),
        ];
        for (text, name) in cases {
            assert_eq!(names(text), [(1, name.to_owned())], "{text}");
        }
        assert_eq!(read_member_list("3\tИванов Иван\tУченик").lines[0].role, Some(Role::Student));
    }

    #[test]
    fn an_unknown_title_before_the_count_is_no_member() {
        assert_eq!(names("7Б лучшие\n25 участников\nИванов Иван"), [(3, "Иванов Иван".to_owned())]);
        assert_eq!(names("Иванов Иван\nПетров Пётр\n2 участника").len(), 2);
    }

    #[test]
    fn nothing_makes_it_panic() {
        for text in ["", "\n\n", "(", "—", "ё", "…", "1.", "\u{202e}", ", ", " (вы)", "+", "İ был(а) в сети"]
        {
            let _ = read_member_list(text);
        }
    }
}
