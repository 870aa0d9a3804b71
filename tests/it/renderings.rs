//! A script in another language is the same script: only what people read differs.
//!
//! `NAME-de.ron` is a rendering of `NAME.ron`. Both are read as the words of the
//! notation, without comments; where they differ, both must have a text, and it must
//! stand in a field that people read, or be the value of a slot.

use breachdrill::scenario::{library, load};

/// Fields whose texts are read by people and by nothing else.
const READ: &[&str] = &[
    "title",
    "summary",
    "says",
    "label",
    "role",
    "trust",
    "about",
    "body",
    "why",
    "unit",
    "subject",
    "content_note",
    "name",
    "sector",
    "size",
    "operates_in",
    "expects",
    "result",
    "room",
    "account",
    "network",
    "tags",
    "good",
    "level",
    "system",
    "to",
    "number",
    "key_points",
    "questions",
];

/// A word of the notation.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Text(String),
    Word(String),
    Mark(char),
}

fn tokens(script: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r#\"") {
            let end = rest.find("\"#").unwrap();
            tokens.push(Token::Text(rest[3..end].to_owned()));
            end + 2
        } else if first == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let end = end.unwrap() + 2;
            tokens.push(Token::Text(rest[1..end - 1].to_owned()));
            end
        } else if first.is_alphanumeric() || "_-".contains(first) {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            end
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

/// The field in which the text at `row` stands, and whether it is the value of a name there.
fn field(tokens: &[Token], row: usize) -> Option<(&Token, bool)> {
    let value_of_a_name = matches!(&tokens[..row], [.., Token::Text(_), Token::Mark(':')]);
    if let ([.., field @ Token::Word(_), Token::Mark(':')], false) = (&tokens[..row], value_of_a_name) {
        return Some((field, false));
    }
    let mut depth = 0;
    for (at, token) in tokens[..row].iter().enumerate().rev() {
        match token {
            Token::Mark('}' | ']' | ')') => depth += 1,
            Token::Mark('{' | '[' | '(') if depth == 0 => {
                let before = tokens[..at].iter().rposition(|t| *t == Token::Mark(':'))?;
                // A word may stand between: `Triage(why: {`.
                let near = (before + 2..=before + 3).contains(&(at + 1)) || before + 1 == at;
                return near.then(|| (&tokens[before - 1], value_of_a_name));
            }
            Token::Mark('{' | '[' | '(') => depth -= 1,
            Token::Mark(_) | Token::Text(_) | Token::Word(_) => {}
        }
    }
    None
}

/// Where the slots are.
fn slots(tokens: &[Token]) -> std::ops::Range<usize> {
    let Some(start) = tokens.iter().position(|t| *t == Token::Word("slots".into())) else { return 0..0 };
    let mut depth = 0;
    for (row, token) in tokens.iter().enumerate().skip(start + 2) {
        match token {
            Token::Mark('{' | '[' | '(') => depth += 1,
            Token::Mark('}' | ']' | ')') => depth -= 1,
            Token::Mark(_) | Token::Text(_) | Token::Word(_) => {}
        }
        if depth == 0 {
            return start..row;
        }
    }
    0..0
}

/// Without the line that says which language it is.
fn unnamed(mut tokens: Vec<Token>) -> Vec<Token> {
    if let Some(at) = tokens.iter().position(|token| *token == Token::Word("language".into())) {
        tokens.drain(at..at + 4);
    }
    tokens
}

/// Where two scripts differ in more than what people read.
fn differences(original: &str, rendering: &str) -> Vec<String> {
    let (one, other) = (unnamed(tokens(original)), unnamed(tokens(rendering)));
    let slots = slots(&one);
    let mut wrong = Vec::new();
    for (row, (a, b)) in one.iter().zip(&other).enumerate().filter(|(_, (a, b))| a != b) {
        let of = field(&one, row);
        let read = slots.contains(&row)
            || match &of {
                // A verdict, a choice or the like, and why.
                Some((Token::Word(field), true)) => field == "why",
                Some((Token::Word(field), false)) => READ.contains(&field.as_str()),
                Some(_) | None => false,
            };
        let texts = matches!((a, b), (Token::Text(_), Token::Text(_)));
        // A key of a map is a name, whatever comes before it; a span of time is one in any language.
        let key = one.get(row + 1) == Some(&Token::Mark(':'));
        let time = matches!(a, Token::Text(text) if text.starts_with(|c: char| c.is_ascii_digit()))
            && of == Some((&Token::Word("good".into()), false));
        if !(read && texts) || key || time {
            wrong.push(format!("{a:?} became {b:?}, in {of:?}"));
        }
    }
    if one.len() != other.len() {
        wrong.push(format!("{} words became {}", one.len(), other.len()));
    }
    wrong.truncate(8);
    wrong
}

#[test]
fn a_rendering_shares_the_logic_of_its_original() {
    let script = |name: &str| library().iter().find(|(other, _)| *other == name).map(|(_, text)| *text);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, text) in library() {
        let Some((stem, language)) = name.rsplit_once('-').filter(|(_, end)| end.len() == 2) else {
            continue;
        };
        let Some(original) = script(stem) else { continue };
        seen += 1;
        let said = load(text).scenario.unwrap().head.language;
        if said != language {
            wrong.push(format!("{name}: its language is {said}"));
        }
        wrong.extend(differences(original, text).into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 0, "there are renderings");
}

#[test]
fn a_change_of_logic_is_seen() {
    let (_, text) = library().iter().find(|(name, _)| *name == "first-light").unwrap();
    assert_eq!(differences(text, text), [""; 0]);
    assert_eq!(differences(text, &text.replace("First light", "Erstes Licht")), [""; 0]);
    for (from, to) in
        [("credit: 100", "credit: 90"), ("\"it-stranger\"", "\"stranger\""), ("pass: 75", "pass: 70")]
    {
        assert!(text.contains(from), "{from}");
        assert_ne!(differences(text, &text.replacen(from, to, 1)), [""; 0], "{from}");
    }
}
