//! Deterministic damage to seeds: what a fuzzer without a compiler of its own can do.

use super::school_names::Chance;

/// Tokens that mean something to the readers.
const TOKENS: [&str; 52] = [
    ";",
    ",",
    "\t",
    "\r\n",
    "\r",
    "\n",
    "\"",
    "\"\"",
    "sep=;\n",
    "ФИО",
    "Фамилия",
    "Имя",
    "Класс",
    "Параллель",
    "Литера",
    "СНИЛС",
    "Родитель 2",
    "Дата рождения",
    "Телефон",
    "Итого",
    "5А",
    "10 инж",
    "7,9E+10",
    "31.12.2015",
    "45000",
    "+79120000001",
    "оглы",
    "\u{A0}",
    "\u{FEFF}",
    "\u{301}",
    "\u{202E}",
    "\0",
    "\u{1A}",
    "\u{85}",
    "<c r=\"A1\" t=\"s\">",
    "<v>0</v>",
    "</c>",
    "<row r=\"1048576\">",
    "</row>",
    "<si><t>",
    "</t></si>",
    "r=\"XFD1048576\"",
    "r=\"ZZZZZZZZZ1\"",
    "count=\"4294967295\"",
    "uniqueCount=\"999999999\"",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "t=\"inlineStr\"",
    "&lt;",
    "&#0;",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "<![CDATA[",
    "hidden=\"1\"",
];

/// One to eight changes of a seed; sometimes it is crossed with another.
pub fn mutated(seed: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(8) {
        mutate(&mut bytes, other, chance);
    }
    bytes.truncate(64 * 1024);
    bytes
}

fn mutate(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let place = chance.below(bytes.len() + 1);
    let end = (place + 1 + chance.below(24)).min(bytes.len()).max(place);
    match chance.below(9) {
        0 if place < bytes.len() => bytes[place] ^= 1 << chance.below(8),
        1 if place < bytes.len() => bytes[place] = chance.below(256) as u8,
        2 => drop(bytes.drain(place..end)),
        3 => {
            let again = bytes[place..end].to_vec();
            bytes.splice(place..place, again);
        }
        4 | 5 => drop(bytes.splice(place..place, chance.pick(&TOKENS).bytes())),
        6 => drop(bytes.splice(place..end, chance.pick(&TOKENS).bytes())),
        7 => bytes.truncate(place),
        _ => {
            let from = chance.below(other.len() + 1);
            bytes.truncate(place);
            bytes.extend_from_slice(&other[from..]);
        }
    }
}
