//! Searching the help: the sections in which every word occurs.

use super::pages::{PAGES, Place};
use super::parse::Block;
use crate::names::fold;

/// A section that was found.
#[derive(Debug)]
pub struct Found {
    pub place: Place,
    /// The heading of the section, or the title of the page for what stands before the first.
    pub heading: String,
    /// The title of the page.
    pub page: &'static str,
}

/// The sections of the whole help, ones with the words in their heading first.
pub fn search(query: &str) -> Vec<Found> {
    let stems: Vec<String> = fold(query).split_whitespace().map(stem).collect();
    if stems.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, Found)> = Vec::new();
    for (number, page) in PAGES.iter().enumerate() {
        let mut start = 0;
        while start < page.blocks.len() || start == 0 {
            let is_heading = |block: &Block| matches!(block, Block::Heading { .. });
            let rest = page.blocks.get(start + 1..).unwrap_or_default();
            let end = rest.iter().position(is_heading).map_or(page.blocks.len(), |at| start + 1 + at);
            let heading = match page.blocks.get(start) {
                Some(Block::Heading { text, .. }) => text.clone(),
                _ => page.title.to_owned(),
            };
            let mut text = fold(&format!("{} {heading}", page.title));
            let head_length = text.len();
            for block in page.blocks.get(start..end).unwrap_or_default() {
                text.push(' ');
                text.push_str(&fold(&block.words()));
            }
            if stems.iter().all(|stem| text.contains(stem.as_str())) {
                let in_heading = stems.iter().all(|stem| text[..head_length].contains(stem.as_str()));
                let place = Place { page: number, block: start };
                found.push((in_heading, Found { place, heading, page: page.title }));
            }
            start = end.max(start + 1);
        }
    }
    found.sort_by_key(|(in_heading, _)| !in_heading);
    found.into_iter().map(|(_, found)| found).collect()
}

/// The beginning of a word, so that «ссылки» finds «ссылку»: short words whole, else without the ending.
fn stem(word: &str) -> String {
    let length = word.chars().count();
    let kept = match length {
        0..=4 => length,
        5 => 4,
        // Seven letters are enough to tell words apart: «аннулировать» also finds «аннулируйте».
        _ => (length - 2).min(7),
    };
    word.chars().take(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_page(query: &str) -> Option<&'static str> {
        search(query).first().map(|found| PAGES[found.place.page].name)
    }

    #[test]
    fn what_people_type_is_found() {
        let cases = [
            ("пароль забыт", "password"),
            ("1880", "law"),
            ("добровольность", "first-steps"),
            ("аннулировать ссылку", "links"),
            ("аннулировать", "links"),
            ("классный руководитель", "class-teachers"),
            ("1 сентября", "year"),
            ("ТЕЛЕГРАМ", "law"),
            ("флешка", "password"),
            ("горячие клавиши", "keys"),
            ("выбывших удалить", "erasure"),
            ("тезки", "rosters"),
        ];
        for (query, expected) in cases {
            let pages: Vec<&str> = search(query).iter().map(|found| PAGES[found.place.page].name).collect();
            assert!(pages.contains(&expected), "{query}: {pages:?}");
        }
    }

    #[test]
    fn nothing_is_found_for_nothing_and_for_nonsense() {
        for query in ["", "   ", "щщщщ", "пароль щщщщ"] {
            assert_eq!(first_page(query), None, "{query}");
        }
    }
}
