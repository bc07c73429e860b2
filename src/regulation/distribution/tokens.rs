//! One line of a distribution as words: what is an order, a day, a name.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::names::{clean, fold, parse_birth_date, parse_date};
use crate::register::OrderReference;

/// Words around a name that are no part of it.
const NOISE: [&str; 46] = [
    "класс",
    "класса",
    "классу",
    "классы",
    "классе",
    "кл",
    "классный",
    "классная",
    "классного",
    "классным",
    "классными",
    "классные",
    "классных",
    "руководитель",
    "руководителя",
    "руководителем",
    "руководители",
    "руководителей",
    "руководство",
    "рук",
    "куратор",
    "куратора",
    "куратором",
    "кураторы",
    "воспитатель",
    "воспитателя",
    "воспитателем",
    "воспитатели",
    "группа",
    "группы",
    "группе",
    "гр",
    "учитель",
    "учителя",
    "преподаватель",
    "преподавателя",
    "педагог",
    "назначить",
    "назначена",
    "назначен",
    "назначается",
    "фио",
    "распределение",
    "список",
    "учебный",
    "год",
];

const ORDER_WORDS: [&str; 6] = ["приказ", "приказа", "приказу", "приказом", "пр", "распоряжение"];
const FOR_A_TIME: [&str; 8] =
    ["временно", "временный", "временная", "врио", "и.о", "ио", "замещает", "замена"];
const PARTICLES: [&str; 4] = ["оглы", "кызы", "улы", "уулу"];

/// A word of a line.
pub(super) struct Token {
    pub text: String,
    /// Which piece between commas, brackets and cells it stands in.
    pub segment: usize,
    pub used: bool,
}

/// Splits cells into words. Commas, semicolons, brackets, colons and lone dashes part pieces; slashes and points stand
/// inside dates and numbers of orders.
pub(super) fn tokens_of(cells: &[String]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut segment = 0;
    for cell in cells {
        segment += 1;
        for word in clean(cell).split(' ') {
            let is_dash = word.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '/'));
            if is_dash || fold(word) == "и" {
                segment += 1;
                continue;
            }
            for piece in word.split_inclusive([',', ';', ':', '(', ')', '|']) {
                let text = piece
                    .trim_matches([',', ';', ':', '(', ')', '|', '«', '»', '"', '“', '”', '„', '\''])
                    .to_owned();
                let parts_after = piece.ends_with([',', ';', ':', '(', ')', '|']);
                if !text.is_empty() {
                    tokens.push(Token { text, segment, used: false });
                }
                if parts_after {
                    segment += 1;
                }
            }
        }
    }
    tokens
}

fn word_of(token: &Token) -> String {
    fold(token.text.trim_matches(['.', '№']))
}

/// A day that begins at a word: with the number of words it takes and whether its year is written.
fn day_at(tokens: &[Token], place: usize, today: Date) -> Option<(Date, usize, bool)> {
    if !tokens.get(place)?.text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    (1..=4).rev().find_map(|length| {
        let words = tokens.get(place..place + length)?;
        if words.iter().any(|token| token.used) {
            return None;
        }
        let text: Vec<&str> = words.iter().map(|token| token.text.as_str()).collect();
        let text = text.join(" ");
        let day = parse_date(text.trim_end_matches('.'), today).ok()?;
        // «12.10» is a day, too, yet of which year is not said.
        let has_year = parse_birth_date(text.trim_end_matches('.')).is_ok();
        Some((day, length, has_year))
    })
}

/// What a line says besides groups and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub order: OrderReference,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub temporary: bool,
}

impl Facts {
    /// Takes the facts out of the words: those that speak of them are used up.
    pub(super) fn take(tokens: &mut [Token], today: Date) -> Facts {
        let mut facts = Facts::default();
        let mut until_year_known = true;
        let mut place = 0;
        while place < tokens.len() {
            let word = word_of(&tokens[place]);
            let raw = fold(&tokens[place].text);
            if ORDER_WORDS.contains(&word.as_str()) || raw.starts_with('№') || word == "n" {
                place = facts.take_number(tokens, place, today);
                continue;
            }
            if let Some(rest) = raw.strip_prefix("пр.").filter(|rest| has_digit(rest)) {
                facts.order.number = rest.trim_start_matches('№').to_owned();
                tokens[place].used = true;
            } else if word == "от" {
                if let Some((day, length, _)) = day_at(tokens, place + 1, today) {
                    facts.order.date = Some(day);
                    use_up(tokens, place, length + 1);
                }
            } else if matches!(word.as_str(), "с" | "со" | "c") {
                if let Some((day, length, _)) = day_at(tokens, place + 1, today) {
                    facts.since = Some(day);
                    use_up(tokens, place, length + 1);
                }
            } else if matches!(word.as_str(), "по" | "до") {
                if let Some((day, length, has_year)) = day_at(tokens, place + 1, today) {
                    facts.until = Some(day);
                    until_year_known = has_year;
                    use_up(tokens, place, length + 1);
                }
            } else if FOR_A_TIME.contains(&word.as_str()) {
                facts.temporary = true;
                tokens[place].used = true;
            } else if is_about_another(tokens, place, &word) {
                facts.temporary |= word == "на";
                let segment = tokens[place].segment;
                let rest = tokens[place..].iter_mut().take_while(|token| token.segment == segment);
                rest.for_each(|token| token.used = true);
            }
            place += 1;
        }
        facts.temporary |= facts.until.is_some();
        if let Some(until) = facts.until.filter(|_| !until_year_known)
            && until < facts.since.unwrap_or(today)
        {
            // «по 30 декабря» said in October is the one to come.
            facts.until = until.checked_add(1.year()).ok();
        }
        facts
    }

    /// «приказ № 45 от 01.09.2026», «приказ от 1 сентября 2026 г. № 45-к». Answers where to read on.
    fn take_number(&mut self, tokens: &mut [Token], place: usize, today: Date) -> usize {
        let mut at = place;
        while let Some(token) = tokens.get(at) {
            let word = word_of(token);
            if let Some((day, length, true)) = day_at(tokens, at, today) {
                self.order.date = Some(day);
                use_up(tokens, at, length);
                at += length;
                continue;
            }
            let is_number =
                has_digit(&word) && self.order.number.is_empty() && !token.used && !is_phone(&word);
            let is_connecting =
                word.is_empty() || word == "от" || word == "n" || ORDER_WORDS.contains(&word.as_str());
            if is_number {
                self.order.number = token.text.trim_start_matches(['№', 'N']).trim_matches('.').to_owned();
            } else if !is_connecting {
                break;
            }
            tokens[at].used = true;
            at += 1;
        }
        at.max(place + 1)
    }

    /// A day that stands alone, after everything else is read: of the order where its number is known, else the first.
    pub(super) fn take_lone_days(&mut self, tokens: &mut [Token], today: Date) {
        for place in 0..tokens.len() {
            if tokens[place].used {
                continue;
            }
            if let Some((day, length, true)) = day_at(tokens, place, today) {
                let is_of_order = !self.order.number.is_empty() && self.order.date.is_none();
                let wanted = if is_of_order { &mut self.order.date } else { &mut self.since };
                wanted.get_or_insert(day);
                use_up(tokens, place, length);
            }
        }
    }
}

/// «на время отпуска …», «вместо …», «взамен …»: a name that follows is of somebody else.
fn is_about_another(tokens: &[Token], place: usize, word: &str) -> bool {
    match word {
        "вместо" | "взамен" => true,
        "на" => {
            tokens.get(place + 1).is_some_and(|next| matches!(word_of(next).as_str(), "время" | "период"))
        }
        _ => false,
    }
}

fn use_up(tokens: &mut [Token], place: usize, count: usize) {
    tokens.iter_mut().skip(place).take(count).for_each(|token| token.used = true);
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}

fn is_phone(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 10
}

/// The names in what is left of the words, one a piece; a name whose parts stand in cells of their own is one.
pub(super) fn names_of(tokens: &[Token]) -> Vec<String> {
    let could_be = |token: &&Token| {
        let word = word_of(token);
        !token.used
            && !word.is_empty()
            && !has_digit(&token.text)
            && !token.text.contains('@')
            && token.text.chars().any(char::is_alphabetic)
            && !NOISE.contains(&word.as_str())
    };
    let left: Vec<&Token> = tokens.iter().filter(could_be).collect();
    let is_capital = |token: &&&Token| token.text.starts_with(char::is_uppercase);
    let some_capital = left.iter().any(|token| is_capital(&token));
    let is_particle = |token: &Token| PARTICLES.contains(&word_of(token).as_str());
    let kept = left.into_iter().filter(|token| !some_capital || is_capital(&token) || is_particle(token));
    let mut pieces: Vec<(usize, Vec<&str>)> = Vec::new();
    for token in kept {
        match pieces.last_mut() {
            Some((segment, words)) if *segment == token.segment => words.push(&token.text),
            _ => pieces.push((token.segment, vec![&token.text])),
        }
    }
    let is_split = pieces.len() > 1 && pieces.len() <= 3 && pieces.iter().all(|(_, words)| words.len() == 1);
    if is_split {
        let words: Vec<&str> = pieces.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        return vec![words.join(" ")];
    }
    let mut names: Vec<String> = Vec::new();
    for (_, words) in pieces {
        let only_initials =
            words.iter().all(|word| word.trim_matches('.').chars().count() <= 3 && word.contains('.'));
        match names.last_mut() {
            Some(name) if only_initials => *name = format!("{name} {}", words.join(" ")),
            _ => names.push(words.join(" ")),
        }
    }
    names
}

/// A cell of a date column: written as a date, or the day number of a spreadsheet.
pub(super) fn day_of_cell(text: &str, today: Date) -> Option<Date> {
    parse_date(text, today).or_else(|_| parse_birth_date(text)).ok()
}
