//! The pages of the help, read once from assets/help: headings, paragraphs, lists, **strong** words.

use std::sync::LazyLock;

/// One page.
pub struct Page {
    pub title: &'static str,
    pub blocks: Vec<Block>,
}

/// A piece of a page. Parts are texts, `true` for strong ones.
#[derive(Debug, PartialEq)]
pub enum Block {
    Heading(String),
    Paragraph(Vec<(bool, String)>),
    Item { mark: String, parts: Vec<(bool, String)> },
}

const SOURCES: [&str; 9] = [
    include_str!("../../../../assets/help/1-first-steps.md"),
    include_str!("../../../../assets/help/2-duties.md"),
    include_str!("../../../../assets/help/3-links.md"),
    include_str!("../../../../assets/help/4-rosters.md"),
    include_str!("../../../../assets/help/5-journal.md"),
    include_str!("../../../../assets/help/6-keys.md"),
    include_str!("../../../../assets/help/7-file-does-not-open.md"),
    include_str!("../../../../assets/help/8-password.md"),
    include_str!("../../../../assets/help/9-contacts.md"),
];

/// Every page, in the order of the list.
pub static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| SOURCES.into_iter().map(parse_page).collect());

fn parse_page(source: &'static str) -> Page {
    let (first, rest) = source.split_once('\n').unwrap_or((source, ""));
    Page { title: first.trim_start_matches('#').trim(), blocks: parse_blocks(rest) }
}

/// Lines that follow each other are one paragraph; a blank line ends it.
fn parse_blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Option<String>, String)> = None;
    for line in text.lines().chain([""]) {
        let line = line.trim();
        let starts_item = item_mark(line);
        if line.is_empty() || line.starts_with("## ") || starts_item.is_some() {
            blocks.extend(open.take().map(close_block));
        }
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if let Some((mark, rest)) = starts_item {
            open = Some((Some(mark), rest.to_owned()));
        } else if !line.is_empty() {
            let (_, text) = open.get_or_insert_with(|| (None, String::new()));
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
    blocks
}

/// The mark of a list item as it is shown, and the rest of its line.
fn item_mark(line: &str) -> Option<(String, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some(("—".to_owned(), rest));
    }
    let (number, rest) = line.split_once(". ")?;
    let is_number =
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (format!("{number}."), rest))
}

fn close_block((mark, text): (Option<String>, String)) -> Block {
    let parts = text
        .split("**")
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(place, part)| (place % 2 == 1, part.to_owned()))
        .collect();
    match mark {
        Some(mark) => Block::Item { mark, parts },
        None => Block::Paragraph(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_apart() {
        let plain = |text: &str| vec![(false, text.to_owned())];
        let text =
            "Первая\nстрока.\n\n## Раздел\n- пункт\n  дальше\n- **Esc** выйти\n2. второй\n\nКонец. Точка.";
        let expected = [
            Block::Paragraph(plain("Первая строка.")),
            Block::Heading("Раздел".into()),
            Block::Item { mark: "—".into(), parts: plain("пункт дальше") },
            Block::Item {
                mark: "—".into(), parts: vec![(true, "Esc".into()), (false, " выйти".into())]
            },
            Block::Item { mark: "2.".into(), parts: plain("второй") },
            Block::Paragraph(plain("Конец. Точка.")),
        ];
        assert_eq!(parse_blocks(text), expected);
    }

    #[test]
    fn every_page_has_a_title_and_text() {
        for page in PAGES.iter() {
            assert!(!page.title.is_empty() && page.blocks.len() >= 3, "{}", page.title);
        }
    }
}
