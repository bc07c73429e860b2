//! The text of a page: headings with anchors, paragraphs, lists, pictures, **strong** words, links.
//!
//! `## Heading {#anchor}`, `- item`, `1. item`, `![what is seen](picture)`, `[words](page#anchor)`.

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub enum Block {
    Heading { text: String, anchor: Option<String> },
    Paragraph(Vec<Part>),
    Item { mark: String, parts: Vec<Part> },
    Picture { name: String, seen: String },
}

/// A piece of a paragraph.
#[derive(Debug, PartialEq)]
pub enum Part {
    Plain(String),
    Strong(String),
    /// Leads to `page`, `page#anchor` or `#anchor` of the same page.
    Link {
        words: String,
        target: String,
    },
}

impl Part {
    /// The words as they are read.
    pub fn words(&self) -> &str {
        match self {
            Part::Plain(words) | Part::Strong(words) | Part::Link { words, .. } => words,
        }
    }
}

impl Block {
    /// The words as they are read, without marks.
    pub fn words(&self) -> String {
        match self {
            Block::Heading { text, .. } => text.clone(),
            Block::Paragraph(parts) => joined(parts),
            Block::Item { mark, parts } => format!("{mark} {}", joined(parts)),
            Block::Picture { seen, .. } => seen.clone(),
        }
    }
}

fn joined(parts: &[Part]) -> String {
    parts.iter().map(Part::words).collect()
}

/// Lines that follow each other are one paragraph; a blank line ends it.
pub fn parse_blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Option<String>, String)> = None;
    for line in text.lines().chain([""]) {
        let line = line.trim();
        let alone = heading(line).or_else(|| picture(line));
        let starts_item = item_mark(line);
        if line.is_empty() || alone.is_some() || starts_item.is_some() {
            blocks.extend(open.take().map(close_block));
        }
        if let Some(block) = alone {
            blocks.push(block);
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

fn heading(line: &str) -> Option<Block> {
    let rest = line.strip_prefix("## ")?;
    let (text, anchor) = match rest.strip_suffix('}').and_then(|rest| rest.rsplit_once(" {#")) {
        Some((text, anchor)) => (text, Some(anchor.to_owned())),
        None => (rest, None),
    };
    Some(Block::Heading { text: text.trim().to_owned(), anchor })
}

fn picture(line: &str) -> Option<Block> {
    let (seen, name) = line.strip_prefix("![")?.strip_suffix(')')?.split_once("](")?;
    Some(Block::Picture { name: name.to_owned(), seen: seen.to_owned() })
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
    let parts = parse_parts(&text);
    match mark {
        Some(mark) => Block::Item { mark, parts },
        None => Block::Paragraph(parts),
    }
}

fn parse_parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (place, piece) in text.split("**").enumerate() {
        if place % 2 == 1 {
            parts.push(Part::Strong(piece.to_owned()));
        } else {
            parse_links(piece, &mut parts);
        }
    }
    parts.retain(|part| !part.words().is_empty());
    parts
}

fn parse_links(text: &str, parts: &mut Vec<Part>) {
    let mut rest = text;
    while let Some((before, words, target, after)) = next_link(rest) {
        parts.push(Part::Plain(before.to_owned()));
        parts.push(Part::Link { words: words.to_owned(), target: target.to_owned() });
        rest = after;
    }
    parts.push(Part::Plain(rest.to_owned()));
}

/// What stands before the first link, its words, its target, what stands after it.
fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (head, tail) = text.split_once("](")?;
    let (before, words) = head.rsplit_once('[')?;
    let (target, after) = tail.split_once(')')?;
    Some((before, words, target, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Part {
        Part::Plain(text.to_owned())
    }

    #[test]
    fn blocks_are_told_apart() {
        let text = "Первая\nстрока.\n\n## Раздел {#part}\n- пункт\n  дальше\n- **Esc** выйти\n2. второй\n\
                    ![Что видно](today)\n\n## Без якоря\nКонец. Точка.";
        let strong = Part::Strong("Esc".into());
        let expected = [
            Block::Paragraph(vec![plain("Первая строка.")]),
            Block::Heading { text: "Раздел".into(), anchor: Some("part".into()) },
            Block::Item { mark: "—".into(), parts: vec![plain("пункт дальше")] },
            Block::Item { mark: "—".into(), parts: vec![strong, plain(" выйти")] },
            Block::Item { mark: "2.".into(), parts: vec![plain("второй")] },
            Block::Picture { name: "today".into(), seen: "Что видно".into() },
            Block::Heading { text: "Без якоря".into(), anchor: None },
            Block::Paragraph(vec![plain("Конец. Точка.")]),
        ];
        assert_eq!(parse_blocks(text), expected);
    }

    #[test]
    fn links_are_found_and_the_rest_stays() {
        let link = |words: &str, target: &str| Part::Link { words: words.into(), target: target.into() };
        let cases = [
            ("без ссылок", vec![plain("без ссылок")]),
            (
                "см. [Ссылки](links#cleanup), там",
                vec![plain("см. "), link("Ссылки", "links#cleanup"), plain(", там")],
            ),
            ("[А](a)[Б](#b)", vec![link("А", "a"), link("Б", "#b")]),
            ("скобка [не ссылка] и (тоже)", vec![plain("скобка [не ссылка] и (тоже)")]),
            ("**жирно** и [В](c)", vec![Part::Strong("жирно".into()), plain(" и "), link("В", "c")]),
            ("оборвано [Г](d", vec![plain("оборвано [Г](d")]),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_parts(text), expected, "{text}");
        }
    }
}
