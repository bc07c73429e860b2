//! Latin spellings of Russian names: one skeleton for «Юлия», Iuliia, Yulia and Julia.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../assets/names/transliteration.txt");

/// How many skeletons one Latin word may have: two letters of two sounds each.
const MOST_SKELETONS: usize = 4;

/// A group of Latin letters and the sounds it may stand for.
struct Group {
    letters: &'static str,
    sounds: Vec<&'static str>,
}

struct Table {
    groups: Vec<Group>,
    foreign: Vec<(&'static str, Vec<&'static str>)>,
}

fn table() -> &'static Table {
    static TABLE_READ: OnceLock<Table> = OnceLock::new();
    TABLE_READ.get_or_init(|| {
        let mut table = Table { groups: Vec::new(), foreign: Vec::new() };
        let mut in_names = false;
        for line in TABLE.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line {
                "[letters]" => in_names = false,
                "[names]" => in_names = true,
                _ if in_names => {
                    if let Some((name, forms)) = line.split_once(':') {
                        table.foreign.push((name.trim(), forms.split(',').map(str::trim).collect()));
                    }
                }
                _ => {
                    let mut words = line.split_whitespace();
                    if let Some(letters) = words.next() {
                        table.groups.push(Group { letters, sounds: words.collect() });
                    }
                }
            }
        }
        // The longest group wins; the sort is stable, so the file's order decides among equals.
        table.groups.sort_by_key(|group| std::cmp::Reverse(group.letters.len()));
        table
    })
}

/// Given names with forms of their own in Latin letters: «Пётр» and Peter.
pub(super) fn foreign_names() -> &'static [(&'static str, Vec<&'static str>)] {
    &table().foreign
}

/// Whether a folded word is written in Latin letters only.
pub(super) fn is_latin(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_alphabetic())
        && !word.chars().any(|letter| matches!(letter, '\u{400}'..='\u{52F}'))
}

/// Skeletons of a folded word: one for a Russian word, one to four for a Latin one.
pub(super) fn skeletons(word: &str) -> Vec<String> {
    if is_latin(word) { latin_skeletons(word) } else { vec![skeleton(word)] }
}

/// The skeleton of a folded word in Russian letters.
pub(super) fn skeleton(word: &str) -> String {
    let mut sounds = String::with_capacity(word.len());
    for letter in word.chars() {
        let sound = match letter {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' | 'ё' | 'э' => "e",
            'ж' => "Z",
            'з' => "z",
            'и' | 'й' | 'ы' | 'і' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "h",
            'ц' => "c",
            'ч' => "C",
            'ш' | 'щ' => "S",
            'ъ' | 'ь' | '\'' | '’' => "",
            'ю' => "iu",
            'я' => "ia",
            other => {
                sounds.push(other);
                continue;
            }
        };
        sounds.push_str(sound);
    }
    settle(&sounds)
}

fn latin_skeletons(word: &str) -> Vec<String> {
    let plain: String = word.chars().map(without_accent).collect();
    let mut spelled = vec![String::new()];
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let group = table().groups.iter().find(|group| rest.starts_with(group.letters));
        match group {
            Some(group) => {
                let sounds = if spelled.len() * group.sounds.len() > MOST_SKELETONS {
                    &group.sounds[..1]
                } else {
                    &group.sounds[..]
                };
                let spell =
                    |before: &String, sound: &&str| format!("{before}{}", sound.trim_start_matches('-'));
                spelled = sounds
                    .iter()
                    .flat_map(|sound| spelled.iter().map(move |before| spell(before, sound)))
                    .collect();
                rest = &rest[group.letters.len()..];
            }
            None => {
                spelled.iter_mut().for_each(|before| before.push(first));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    let mut settled: Vec<String> = spelled.iter().map(|sounds| settle(sounds)).collect();
    settled.dedup();
    settled
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'ä' | 'à' => 'a',
        'é' | 'ë' | 'è' => 'e',
        'í' | 'ï' | 'ı' => 'i',
        'ó' | 'ö' => 'o',
        'ú' | 'ü' => 'u',
        'ž' => 'j',
        'ş' => 's',
        other => other,
    }
}

/// Takes away what systems of transliteration disagree on: the i before a vowel (ya, ia, iya, iia, ja), the
/// o of «ё» after it, and «тс» beside «ц».
fn settle(sounds: &str) -> String {
    let sounds = sounds.replace("ts", "c");
    let mut settled = String::with_capacity(sounds.len());
    let mut letters = sounds.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != 'i' {
            settled.push(letter);
            continue;
        }
        while letters.peek() == Some(&'i') {
            letters.next();
        }
        let opens = settled.is_empty() || settled.ends_with('-');
        match letters.peek() {
            Some('o') => {
                letters.next();
                settled.push('e');
            }
            Some('e') => {}
            Some('a' | 'u') if !opens => {}
            _ => settled.push('i'),
        }
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::fold;

    #[test]
    fn spellings_of_one_name_meet() {
        let cases: &[(&str, &[&str])] = &[
            ("Юлия", &["Iuliia", "Yulia", "Yuliya", "Julia", "Yuliia"]),
            ("Ковалёва", &["Kovaleva", "Kovalyova", "Kovaliova"]),
            ("Щукин", &["Shchukin", "Schukin", "Shhukin"]),
            ("Жданов", &["Zhdanov", "Jdanov"]),
            ("Хасанов", &["Khasanov", "Hasanov", "Xasanov"]),
            ("Цветкова", &["Tsvetkova", "Cvetkova", "Tcvetkova"]),
            ("Рыбина", &["Rybina", "Ribina"]),
            ("Наталья", &["Natalya", "Natalia", "Nataliia", "Natal'ya", "Nataliya"]),
            ("Дмитрий", &["Dmitry", "Dmitriy", "Dmitrii", "Dmitri", "Dmitrij"]),
            ("Сергей", &["Sergey", "Sergei", "Sergej"]),
            ("Александр", &["Aleksandr", "Alexandr"]),
            ("Елена", &["Elena", "Yelena"]),
            ("Семён", &["Semen", "Semyon", "Semion"]),
            ("Яна", &["Yana", "Iana", "Jana"]),
            ("Соловьёва", &["Soloveva", "Solovyova", "Solovyeva", "Solovieva"]),
            ("Чайкин", &["Chaykin", "Chaikin"]),
            ("Волжский", &["Volzhskiy", "Volzhsky", "Volzhskii"]),
            ("Виктор", &["Viktor", "Victor"]),
            ("Любовь", &["Lyubov", "Liubov", "Lubov"]),
        ];
        for (russian, spellings) in cases {
            for latin in *spellings {
                assert!(
                    skeletons(&fold(latin)).contains(&skeleton(&fold(russian))),
                    "{russian} {latin}: {:?} {}",
                    skeletons(&fold(latin)),
                    skeleton(&fold(russian))
                );
            }
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (first, second) in [("Анна", "Яна"), ("Аня", "Анна"), ("Шубин", "Зубин"), ("Иванов", "Иванова")]
        {
            assert_ne!(skeleton(&fold(first)), skeleton(&fold(second)));
        }
    }
}
