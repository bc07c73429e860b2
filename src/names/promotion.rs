//! What a group is called a year later (domain §5, the school year). School classes count up, a college name keeps
//! its admission year or counts its course up, a kindergarten name follows the age or stays. What a name cannot tell
//! is asked: a doubtful name never is renamed by itself.

use super::capitalized;
use super::folding::clean;
use super::group_label::next_class;

/// After this class the basic school ends: its pupils leave or go on (clause on movement, duty 2.3-8).
const END_OF_BASIC_SCHOOL: u8 = 9;

/// The last class of a school by day; evening schools have a twelfth.
const USUAL_LAST_CLASS: u8 = 11;

/// Courses after which college groups finish: 2 years 10 months and 3 years 10 months are both common.
const FIRST_COURSE_TO_FINISH: i16 = 3;
const USUAL_LAST_COURSE: i16 = 4;

/// An admission year farther back than this is no admission year of a group that still studies.
const LONGEST_STUDY: i16 = 6;

/// Words of age in the names of kindergarten groups, each with the word of a year later; `None`: off to school.
const AGES: [(&str, Option<&str>); 5] = [
    ("ясельная", Some("младшая")),
    ("младшая", Some("средняя")),
    ("средняя", Some("старшая")),
    ("старшая", Some("подготовительная")),
    ("подготовительная", None),
];

/// Whose habit of naming a group follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromotionWay {
    /// Classes of a school: the number counts up.
    School,
    /// Study groups of a college: admission year or course.
    College,
    /// Groups of a kindergarten: age or a name of their own.
    Kindergarten,
    /// Clubs and everything that only goes on.
    GoesOn,
}

/// What the names of one organization are judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromotionRules {
    pub way: PromotionWay,
    /// The year that ends, by the calendar year it began in: 2026 for 2026/2027.
    pub year: i16,
    /// The highest number among the classes of the organization: 12 only in an evening school.
    pub highest_class: u8,
}

/// What becomes of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NextName {
    /// Another name: «5А» → «6А».
    Renamed(String),
    /// The same name: «ИС-21-1», «Солнышко».
    Same,
    /// The group finishes.
    Graduates,
    /// The name does not tell.
    Unknown,
}

/// The proposal for one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Promotion {
    pub proposal: NextName,
    /// The other likely answer, where there is one.
    pub alternative: Option<NextName>,
    /// Whether the proposal needs no answer of the user.
    pub is_certain: bool,
}

impl Promotion {
    fn certain(proposal: NextName) -> Promotion {
        Promotion { proposal, alternative: None, is_certain: true }
    }

    fn doubtful(proposal: NextName, alternative: Option<NextName>) -> Promotion {
        Promotion { proposal, alternative, is_certain: false }
    }

    /// The name for next year that the proposal or its alternative gives: «10А» for «9А». The old label for a name
    /// that stays.
    pub fn next_label(&self, label: &str) -> Option<String> {
        let of = |name: &NextName| match name {
            NextName::Renamed(next) => Some(next.clone()),
            NextName::Same => Some(label.to_owned()),
            NextName::Graduates | NextName::Unknown => None,
        };
        of(&self.proposal).or_else(|| self.alternative.as_ref().and_then(of))
    }

    /// Whether finishing is one of the answers.
    pub fn may_graduate(&self) -> bool {
        self.proposal == NextName::Graduates || self.alternative == Some(NextName::Graduates)
    }
}

/// What a group is called a year later.
pub fn promote(label: &str, rules: &PromotionRules) -> Promotion {
    match rules.way {
        PromotionWay::School => promote_class(label, rules),
        PromotionWay::College => promote_college_group(&clean(label), rules.year),
        PromotionWay::Kindergarten => promote_kindergarten_group(&clean(label)),
        PromotionWay::GoesOn => Promotion::certain(NextName::Same),
    }
}

fn promote_class(label: &str, rules: &PromotionRules) -> Promotion {
    let Some(next) = next_class(label) else { return Promotion::doubtful(NextName::Unknown, None) };
    let renamed = NextName::Renamed(next.label);
    let last = rules.highest_class.max(USUAL_LAST_CLASS);
    if next.number >= last {
        return Promotion::certain(NextName::Graduates);
    }
    if next.may_be_a_college_name {
        return Promotion::doubtful(renamed, Some(NextName::Same));
    }
    match next.number {
        END_OF_BASIC_SCHOOL => Promotion::doubtful(NextName::Graduates, Some(renamed)),
        // Only in an evening school is the eleventh not the last.
        USUAL_LAST_CLASS => Promotion::doubtful(renamed, Some(NextName::Graduates)),
        _ => Promotion::certain(renamed),
    }
}

/// A run of figures in a name.
#[derive(Clone, Copy)]
struct Figures<'name> {
    start: usize,
    text: &'name str,
    value: i16,
}

fn figures_of(name: &str) -> Vec<Figures<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(begin) = name[from..].find(|letter: char| letter.is_ascii_digit()) {
        let start = from + begin;
        let length =
            name[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(name.len() - start);
        let text = &name[start..start + length];
        found.push(Figures { start, text, value: text.parse().unwrap_or(i16::MAX) });
        from = start + length;
    }
    found
}

fn promote_college_group(name: &str, year: i16) -> Promotion {
    let figures = figures_of(name);
    let admissions: Vec<i16> = figures.iter().filter_map(|found| admission_year(found, year)).collect();
    let course_at_front = figures.first().copied().filter(|found| {
        found.start == 0 && found.text.len() == 1 && (1..=USUAL_LAST_COURSE + 1).contains(&found.value)
    });
    match (&admissions[..], course_at_front) {
        // «2ИС-23»: the course stands before a year; believed only where both agree.
        ([admitted], Some(course)) => {
            let agrees = year - admitted + 1 == course.value;
            match after_course(name, course, course.value) {
                promotion if agrees => promotion,
                promotion => Promotion::doubtful(promotion.proposal, Some(NextName::Same)),
            }
        }
        // «ДО-21» in 2026: rather course 2, group 1 than the sixth year of study.
        ([admitted], None) if year - admitted >= USUAL_LAST_COURSE && figures.len() == 1 => {
            match figures.iter().find(|found| is_short_course_and_group(found)) {
                Some(found) => {
                    let promotion = after_course(name, *found, found.value / 10);
                    Promotion::doubtful(promotion.proposal, promotion.alternative.or(Some(NextName::Same)))
                }
                None => after_admission(year - admitted + 1),
            }
        }
        ([admitted], None) => after_admission(year - admitted + 1),
        ([], Some(course)) => Promotion {
            // «1-ИС»: perhaps the number of the group.
            is_certain: false,
            alternative: Some(NextName::Same),
            ..after_course(name, course, course.value)
        },
        ([], None) => match figures.iter().find(|found| is_course_and_group(found)) {
            Some(found) => after_course(name, *found, found.value / 100),
            None => match figures.iter().find(|found| is_short_course_and_group(found)) {
                // «П-11» may be course 1, group 1, or a number that never changes.
                Some(found) => {
                    let promotion = after_course(name, *found, found.value / 10);
                    Promotion::doubtful(promotion.proposal, promotion.alternative.or(Some(NextName::Same)))
                }
                None => Promotion::doubtful(NextName::Unknown, None),
            },
        },
        // «21-22-ИС»: two years, nobody knows which is which.
        _ => Promotion::doubtful(NextName::Same, None),
    }
}

/// The year of admission that figures may mean: «21», «2021».
fn admission_year(found: &Figures<'_>, year: i16) -> Option<i16> {
    let full = match found.text.len() {
        2 => 2000 + found.value,
        4 => found.value,
        _ => return None,
    };
    (year - LONGEST_STUDY..=year + 1).contains(&full).then_some(full)
}

/// «101», «304»: course and number of the group.
fn is_course_and_group(found: &Figures<'_>) -> bool {
    found.text.len() == 3 && (1..=USUAL_LAST_COURSE + 1).contains(&(found.value / 100))
}

/// «11», «32».
fn is_short_course_and_group(found: &Figures<'_>) -> bool {
    found.text.len() == 2 && (1..=USUAL_LAST_COURSE + 1).contains(&(found.value / 10)) && found.value % 10 > 0
}

/// A name that holds the admission year stays; whether the group finishes the name cannot tell from course 3 on.
fn after_admission(course: i16) -> Promotion {
    match course {
        ..FIRST_COURSE_TO_FINISH => Promotion::certain(NextName::Same),
        FIRST_COURSE_TO_FINISH => Promotion::doubtful(NextName::Same, Some(NextName::Graduates)),
        _ => Promotion::doubtful(NextName::Graduates, Some(NextName::Same)),
    }
}

fn after_course(name: &str, figures: Figures<'_>, course: i16) -> Promotion {
    let rest = &figures.text[1..];
    let (before, after) = (&name[..figures.start], &name[figures.start + figures.text.len()..]);
    let renamed = NextName::Renamed(format!("{before}{}{rest}{after}", course + 1));
    match course {
        ..FIRST_COURSE_TO_FINISH => Promotion::certain(renamed),
        FIRST_COURSE_TO_FINISH => Promotion::doubtful(renamed, Some(NextName::Graduates)),
        USUAL_LAST_COURSE => Promotion::doubtful(NextName::Graduates, Some(renamed)),
        _ => Promotion::certain(NextName::Graduates),
    }
}

fn promote_kindergarten_group(name: &str) -> Promotion {
    let lower = name.to_lowercase();
    if lower.contains("разновозраст") {
        return Promotion::certain(NextName::Same);
    }
    // Lower case keeps the length of Russian letters in bytes, so places of one are places of the other.
    let found = (lower.len() == name.len())
        .then(|| AGES.iter().find_map(|(age, next)| Some((lower.find(age)?, *age, *next))))
        .flatten();
    let Some((place, age, next)) = found else {
        // «Солнышко»: rooms and children keep their name in one kindergarten and not in another.
        return Promotion::doubtful(NextName::Same, Some(NextName::Graduates));
    };
    let Some(next) = next else { return Promotion::certain(NextName::Graduates) };
    let (before, written, after) =
        (&name[..place], &name[place..place + age.len()], &name[place + age.len()..]);
    // «1 младшая» → «2 младшая» → «средняя».
    match before.trim_end().strip_suffix('1') {
        Some(first) if age == "младшая" => {
            return Promotion::certain(NextName::Renamed(format!("{first}2 {written}{after}")));
        }
        _ => {}
    }
    let before = match before.trim_end().strip_suffix('2') {
        Some(first) if age == "младшая" => first,
        _ => before,
    };
    let is_capital = written.chars().next().is_some_and(char::is_uppercase);
    let next = if is_capital { capitalized(next) } else { next.to_owned() };
    Promotion::certain(NextName::Renamed(format!("{before}{next}{after}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// «=»: stays; «!»: finishes; «?»: nobody knows; else the new name. After «|» the other answer; a trailing «~»
    /// marks what is asked.
    fn shown(promotion: &Promotion) -> String {
        let words = |name: &NextName| match name {
            NextName::Renamed(next) => next.clone(),
            NextName::Same => "=".into(),
            NextName::Graduates => "!".into(),
            NextName::Unknown => "?".into(),
        };
        let other =
            promotion.alternative.as_ref().map(|name| format!("|{}", words(name))).unwrap_or_default();
        let asked = if promotion.is_certain { "" } else { "~" };
        format!("{}{other}{asked}", words(&promotion.proposal))
    }

    fn check(way: PromotionWay, year: i16, highest_class: u8, cases: &[(&str, &str)]) {
        for (label, expected) in cases {
            let rules = PromotionRules { way, year, highest_class };
            assert_eq!(shown(&promote(label, &rules)), *expected, "{label} in {year}");
        }
    }

    #[test]
    fn classes_count_up_and_the_last_leave() {
        let cases = [
            ("1А", "2А"),
            ("4Б", "5Б"),
            ("5А", "6А"),
            ("5 «а»", "6А"),
            ("5A", "6А"),
            ("8В", "9В"),
            ("9А", "!|10А~"),
            ("10А", "11А"),
            ("11Б", "!"),
            ("10 инж", "11 инж"),
            ("9 соц-эк", "!|10 соц-эк~"),
            ("7.2", "8.2"),
            ("7-2", "8-2"),
            ("5", "6"),
            ("10А1", "11А1"),
            ("10-ИНЖ", "11-ИНЖ|=~"),
            ("Подготовительная", "?~"),
            ("5А и 5Б", "?~"),
            ("Надомное обучение", "?~"),
        ];
        check(PromotionWay::School, 2026, 11, &cases);
        let evening = [("11А", "12А|!~"), ("12А", "!"), ("10А", "11А")];
        check(PromotionWay::School, 2026, 12, &evening);
        check(PromotionWay::School, 2026, 9, &[("11А", "!"), ("8А", "9А")]);
    }

    #[test]
    fn an_admission_year_stays_and_a_course_counts_up() {
        let cases = [
            ("ИС-26-1", "="),
            ("ИС-25-1", "="),
            ("ИС-24-1", "=|!~"),
            ("ИС-23-1", "!|=~"),
            ("ПКС-25", "="),
            ("ПКС-2025", "="),
            ("25-ИС", "="),
            ("П-101СД", "П-201СД"),
            ("П-201СД", "П-301СД"),
            ("П-301СД", "П-401СД|!~"),
            ("П-401СД", "!|П-501СД~"),
            ("101", "201"),
            ("2ИС-25", "3ИС-25"),
            ("1 ИС-26", "2 ИС-26"),
            ("1ИС-25", "2ИС-25|=~"),
            ("1-ИС", "2-ИС|=~"),
            ("П-11", "П-21|=~"),
            ("ДО-21", "ДО-31|=~"),
            ("ИС-21-1", "!|=~"),
            ("ИС-21-22", "=~"),
            ("Повара", "?~"),
            ("ИС-99-1", "?~"),
        ];
        check(PromotionWay::College, 2026, 0, &cases);
        check(PromotionWay::College, 2022, 0, &[("ИС-21-1", "="), ("ПКС-23", "=")]);
        check(PromotionWay::College, 2023, 0, &[("ПКС-23", "="), ("ИС-21-1", "=|!~")]);
    }

    #[test]
    fn kindergarten_groups_grow_or_are_asked_about() {
        let cases = [
            ("Солнышко", "=|!~"),
            ("Ясельная", "Младшая"),
            ("1 младшая", "2 младшая"),
            ("2 младшая", "средняя"),
            ("Младшая «Ромашка»", "Средняя «Ромашка»"),
            ("Средняя группа", "Старшая группа"),
            ("старшая", "подготовительная"),
            ("Подготовительная «Б»", "!"),
            ("Разновозрастная", "="),
        ];
        check(PromotionWay::Kindergarten, 2026, 0, &cases);
        check(PromotionWay::GoesOn, 2026, 0, &[("Шахматы", "="), ("5А", "=")]);
    }

    #[test]
    fn the_label_of_next_year_is_known_also_where_it_is_asked() {
        let rules = PromotionRules { way: PromotionWay::School, year: 2026, highest_class: 11 };
        assert_eq!(promote("9А", &rules).next_label("9А").as_deref(), Some("10А"));
        assert!(promote("9А", &rules).may_graduate() && !promote("8А", &rules).may_graduate());
        assert_eq!(promote("11А", &rules).next_label("11А"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_read_without_panic(name in "\\PC{0,40}", year in 1990_i16..2100) {
            for way in [PromotionWay::School, PromotionWay::College, PromotionWay::Kindergarten] {
                let _ = promote(&name, &PromotionRules { way, year, highest_class: 11 });
            }
        }
    }
}
