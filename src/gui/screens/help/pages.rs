//! The pages of the help, read once from assets/help.

use std::sync::LazyLock;

use super::parse::{Block, parse_blocks};

/// One page.
pub struct Page {
    /// The name that links use, which is the name of its file.
    pub name: &'static str,
    pub title: &'static str,
    pub blocks: Vec<Block>,
}

macro_rules! sources {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../assets/help/", $name, ".md")))),*]
    };
}

/// The pages in the order of the list.
const SOURCES: &[(&str, &str)] = sources![
    "first-steps",
    "duties",
    "law",
    "tasks",
    "structure",
    "year",
    "class-teachers",
    "chats",
    "people",
    "rosters",
    "links",
    "reconcile",
    "requests",
    "reports",
    "journal",
    "password",
    "erasure",
    "reminders",
    "keys",
    "commands",
    "file-does-not-open",
    "contacts",
];

/// Every page, in the order of the list.
pub static PAGES: LazyLock<Vec<Page>> =
    LazyLock::new(|| SOURCES.iter().map(|(name, source)| parse_page(name, source)).collect());

fn parse_page(name: &'static str, source: &'static str) -> Page {
    let (first, rest) = source.split_once('\n').unwrap_or((source, ""));
    Page { name, title: first.trim_start_matches('#').trim(), blocks: parse_blocks(rest) }
}

/// A place in the help: a page, and the block it begins at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub page: usize,
    /// 0 is the top of the page.
    pub block: usize,
}

/// The place of `page`, `page#anchor` or, on the page `here`, `#anchor`.
pub fn find(target: &str, here: usize) -> Option<Place> {
    let (name, anchor) = target.split_once('#').map_or((target, None), |(name, rest)| (name, Some(rest)));
    let page = if name.is_empty() { here } else { PAGES.iter().position(|known| known.name == name)? };
    let Some(anchor) = anchor else { return Some(Place { page, block: 0 }) };
    let has_it = |block: &Block| matches!(block, Block::Heading { anchor: Some(own), .. } if own == anchor);
    let block = PAGES.get(page)?.blocks.iter().position(has_it)?;
    Some(Place { page, block })
}

/// The page as plain text.
pub fn page_text(page: &Page) -> String {
    let mut text = format!("{}\r\n", page.title);
    for block in &page.blocks {
        match block {
            Block::Picture { .. } => {}
            Block::Heading { text: words, .. } => text.push_str(&format!("\r\n{words}\r\n")),
            Block::Paragraph(_) | Block::Item { .. } => {
                text.push_str(&block.words());
                text.push_str("\r\n");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::parse::Part;
    use super::super::pictures;
    use super::*;

    fn parts(block: &Block) -> &[Part] {
        match block {
            Block::Paragraph(parts) | Block::Item { parts, .. } => parts,
            Block::Heading { .. } | Block::Picture { .. } => &[],
        }
    }

    #[test]
    fn every_page_has_a_title_and_text() {
        let mut titles = HashSet::new();
        for page in PAGES.iter() {
            assert!(!page.title.is_empty() && page.blocks.len() >= 3, "{}", page.name);
            assert!(titles.insert(page.title), "two pages are called {}", page.title);
        }
    }

    #[test]
    fn every_link_leads_to_a_page_and_a_section_that_exist() {
        for (here, page) in PAGES.iter().enumerate() {
            for part in page.blocks.iter().flat_map(parts) {
                if let Part::Link { target, .. } = part {
                    assert!(find(target, here).is_some(), "{} leads to {target}", page.name);
                }
            }
        }
    }

    #[test]
    fn anchors_are_unique_on_their_page() {
        for page in PAGES.iter() {
            let mut anchors = HashSet::new();
            for block in &page.blocks {
                if let Block::Heading { anchor: Some(anchor), .. } = block {
                    assert!(anchors.insert(anchor), "{}#{anchor}", page.name);
                }
            }
        }
    }

    #[test]
    fn every_picture_named_exists_and_every_picture_is_named() {
        let mut named = HashSet::new();
        for block in PAGES.iter().flat_map(|page| &page.blocks) {
            if let Block::Picture { name, seen } = block {
                assert!(pictures::has(name), "{name}");
                assert!(!seen.is_empty(), "{name} needs words for those who do not see it");
                named.insert(name.as_str());
            }
        }
        for name in pictures::names() {
            assert!(named.contains(name), "{name} is embedded for nothing");
        }
    }

    #[test]
    fn the_words_are_those_of_the_program() {
        let forbidden =
            ["хеш", "цепочк", "ревизи", "осиротевш", "payload", "структурный компонент", "!", "...", " - "];
        for page in PAGES.iter() {
            for block in &page.blocks {
                let words = block.words();
                for word in forbidden {
                    assert!(!words.to_lowercase().contains(word), "{}: «{word}» in «{words}»", page.name);
                }
                assert!(!words.contains('"'), "{}: quotation marks in «{words}»", page.name);
            }
        }
    }

    #[test]
    fn the_contested_date_is_the_right_one() {
        let law = PAGES.iter().find(|page| page.name == "law").expect("the page of acts");
        let text = page_text(law);
        assert!(text.contains("12.07.2025 № 1880-р"), "the order on MAX is of 2025");
        assert!(!text.contains("12.07.2024 № 1880-р"));
    }

    #[test]
    fn targets_are_found() {
        let at = |target: &str, here| find(target, here).map(|place| (place.page, place.block > 0));
        let links = PAGES.iter().position(|page| page.name == "links").expect("the page of links");
        assert_eq!(at("links", 0), Some((links, false)));
        assert_eq!(at("links#cleanup", 0), Some((links, true)));
        assert_eq!(at("#cleanup", links), Some((links, true)));
        assert_eq!(at("links#no-such-section", 0), None);
        assert_eq!(at("no-such-page", 0), None);
    }
}
