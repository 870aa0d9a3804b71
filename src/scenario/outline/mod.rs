//! The outline of a script: its brackets and what stands between commas.
//!
//! RON stops at its first error. So a script is first cut along its brackets
//! into pieces that are read one by one, and a slip in one inject does not
//! hide the next. This knows texts, comments and brackets, nothing else, uses
//! no recursion, and looks at every byte a fixed number of times.

mod slips;

use super::at::Span;
use crate::limits::NESTING_MAX;
use slips::{is_crooked, stray, swallowed};

/// One `name: value` of a group, or `"key": value` of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) key: Span,
    /// Nothing, where there is no colon.
    pub(super) value: Option<Span>,
    /// A comma is missing before it.
    pub(super) comma_missing: bool,
}

/// What is wrong with the brackets of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A text is never closed.
    OpenText(Span),
    /// A text that runs into the next one: closed too late, by the quotation mark that opens another.
    RunsOn(Span),
    /// A quotation mark closes a text that was never opened.
    NotOpened(Span),
    /// What other languages use for a comment.
    OtherComment(Span),
    /// Quotation marks of a word processor.
    CurlyQuote(Span),
    /// A comment is never closed.
    OpenComment(Span),
    /// A bracket is never closed.
    OpenBracket(Span),
    /// A bracket closes one that it was not meant for, by where it stands.
    Crooked { open: Span, close: Span },
    /// A bracket closes nothing, or the wrong one.
    Mismatch { close: Span, open: Option<Span> },
    /// Brackets within brackets within brackets.
    TooDeep(Span),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Space,
    Open,
    Close,
    Comma,
    Colon,
    Other,
    OpenText,
    OpenComment,
}

/// Whether all brackets, texts and comments are closed.
pub(super) fn flaw(text: &str) -> Option<Flaw> {
    let mut open: Vec<usize> = Vec::new();
    // Where the slip may really be: what is noticed is often noticed pages later.
    let (mut swallower, mut crooked) = (None, None);
    let mut at = 0;
    while at < text.len() {
        let (token, end) = token(text, at);
        let span = Span { start: at, end };
        if token == Token::Other
            && let Some(flaw) = stray(text, span)
        {
            return Some(flaw);
        }
        match token {
            Token::OpenText => return Some(Flaw::OpenText(first(swallower.unwrap_or(at)))),
            Token::OpenComment => return Some(Flaw::OpenComment(Span { start: at, end: at + 2 })),
            Token::Open if open.len() >= NESTING_MAX => return Some(Flaw::TooDeep(span)),
            Token::Open => open.push(at),
            Token::Close => match open.pop() {
                Some(begun) if closes(text.as_bytes()[begun], text.as_bytes()[at]) => {
                    if crooked.is_none() && is_crooked(text, begun, at) {
                        crooked = Some((begun, at));
                    }
                }
                begun => {
                    let found = Flaw::Mismatch { close: span, open: begun.map(first) };
                    return Some(meant(swallower, crooked, found));
                }
            },
            Token::Other if swallower.is_none() && swallowed(&text[at..end]) => swallower = Some(at),
            Token::Space | Token::Comma | Token::Colon | Token::Other => {}
        }
        at = end;
    }
    open.pop().map(|start| meant(swallower, crooked, Flaw::OpenBracket(first(start))))
}

/// The byte at `start`.
const fn first(start: usize) -> Span {
    Span { start, end: start + 1 }
}

/// The flaw that explains what was found.
fn meant(swallower: Option<usize>, crooked: Option<(usize, usize)>, found: Flaw) -> Flaw {
    match (swallower, crooked) {
        (Some(start), _) => Flaw::OpenText(first(start)),
        (None, Some((open, close))) => Flaw::Crooked { open: first(open), close: first(close) },
        (None, None) => found,
    }
}

/// The members of the bracket that opens at `open`, in a script without flaws,
/// and where it closes.
pub(super) fn members(text: &str, open: usize) -> (Vec<Member>, usize) {
    let mut members = Vec::new();
    let mut tokens: Vec<Span> = Vec::new();
    let mut colon: Option<usize> = None;
    let mut comma_missing = false;
    let mut at = open + 1;
    while at < text.len() {
        let (token, end) = token(text, at);
        match token {
            Token::Space => {}
            Token::Close | Token::Comma => {
                if token == Token::Comma && tokens.is_empty() {
                    // A comma after nothing: kept as a key without a value, to be reported.
                    tokens.push(Span { start: at, end });
                }
                members.extend(member(&tokens, colon, comma_missing));
                if token == Token::Close {
                    return (members, at);
                }
                tokens.clear();
                (colon, comma_missing) = (None, false);
            }
            Token::Colon if tokens.is_empty() => tokens.push(Span { start: at, end }),
            Token::Colon if colon.is_none() => colon = Some(tokens.len()),
            // Two colons in a row: the second is no value, and RON will say so.
            Token::Colon if colon == Some(tokens.len()) => tokens.push(Span { start: at, end }),
            Token::Colon => {
                // A second colon: what stands before it began a member of its own.
                let key = tokens.pop();
                members.extend(member(&tokens, colon, comma_missing));
                tokens.clear();
                tokens.extend(key);
                (colon, comma_missing) = (Some(tokens.len()), true);
            }
            Token::Open => {
                let end = closing(text, at);
                tokens.push(Span { start: at, end });
                at = end;
                continue;
            }
            Token::Other | Token::OpenText | Token::OpenComment => tokens.push(Span { start: at, end }),
        }
        at = end;
    }
    members.extend(member(&tokens, colon, comma_missing));
    (members, text.len())
}

/// The whole of the member whose key begins at `key`, with the comma that follows.
pub(super) fn whole(text: &str, key: usize) -> Span {
    let mut at = key;
    while at < text.len() {
        let (token, end) = token(text, at);
        match token {
            Token::Comma => return Span { start: key, end },
            Token::Close => return Span { start: key, end: at },
            Token::Open => at = closing(text, at),
            Token::Space | Token::Colon | Token::Other | Token::OpenText | Token::OpenComment => at = end,
        }
    }
    Span { start: key, end: text.len() }
}

/// Where the next thing begins that is neither space nor comment.
pub(super) fn skip_space(text: &str, from: usize) -> usize {
    let mut at = from;
    while at < text.len() {
        let (token, end) = token(text, at);
        if token != Token::Space {
            break;
        }
        at = end;
    }
    at
}

/// Where the token that begins at `at` ends.
pub(super) fn token_end(text: &str, at: usize) -> usize {
    if at < text.len() { token(text, at).1 } else { at }
}

fn member(tokens: &[Span], colon: Option<usize>, comma_missing: bool) -> Option<Member> {
    let run = |tokens: &[Span]| {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Span { start: first.start, end: last.end })
    };
    let (key, value) = tokens.split_at(colon.unwrap_or(tokens.len()));
    Some(Member { key: run(key)?, value: run(value), comma_missing })
}

/// Just after the bracket that closes the one at `open`.
pub(super) fn closing(text: &str, open: usize) -> usize {
    let mut depth = 0;
    let mut at = open;
    while at < text.len() {
        let (token, end) = token(text, at);
        match token {
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            Token::Space | Token::Comma | Token::Colon | Token::Other => {}
            Token::OpenText | Token::OpenComment => return text.len(),
        }
        at = end;
        if depth == 0 {
            break;
        }
    }
    at
}

const fn closes(open: u8, close: u8) -> bool {
    matches!((open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}

/// The token at `at`, and where it ends.
fn token(text: &str, at: usize) -> (Token, usize) {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'(' | b'[' | b'{' => (Token::Open, at + 1),
        b')' | b']' | b'}' => (Token::Close, at + 1),
        b',' => (Token::Comma, at + 1),
        b':' => (Token::Colon, at + 1),
        b'"' => quoted(bytes).map_or((Token::OpenText, text.len()), |n| (Token::Other, at + n)),
        b'\'' => (Token::Other, at + letter(rest)),
        b'/' if bytes.starts_with(b"//") => (Token::Space, at + rest.find('\n').unwrap_or(rest.len())),
        b'/' if bytes.starts_with(b"/*") => {
            block_comment(bytes).map_or((Token::OpenComment, text.len()), |n| (Token::Space, at + n))
        }
        b'r' | b'b' if raw(bytes).is_some() => match raw(bytes).flatten() {
            Some(n) => (Token::Other, at + n),
            None => (Token::OpenText, text.len()),
        },
        _ => {
            let first = rest.chars().next().expect("checked: not at the end");
            if first.is_whitespace() {
                let n = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                return (Token::Space, at + n);
            }
            let plain = |c: char| !c.is_whitespace() && !"()[]{},:\"'/".contains(c);
            let n = rest.find(|c| !plain(c)).unwrap_or(rest.len());
            (Token::Other, at + n.max(first.len_utf8()))
        }
    }
}

/// Length of a text in double quotes, if it is closed.
fn quoted(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Length of a text in raw quotes, `r#"…"#`: none inside if it is not closed,
/// none at all if it is something else.
fn raw(bytes: &[u8]) -> Option<Option<usize>> {
    let mut at = usize::from(bytes[0] == b'b');
    if bytes.get(at) == Some(&b'r') {
        at += 1;
    } else if bytes.get(at) != Some(&b'"') {
        return None;
    } else {
        return Some(quoted(&bytes[at..]).map(|n| at + n));
    }
    let hashes = bytes[at..].iter().take_while(|b| **b == b'#').count();
    at += hashes;
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    at += 1;
    while at < bytes.len() {
        let run = |b: &[u8]| b.iter().take_while(|b| **b == b'#').count();
        if bytes[at] == b'"' && run(&bytes[at + 1..bytes.len().min(at + 1 + hashes)]) == hashes {
            return Some(Some(at + 1 + hashes));
        }
        at += 1;
    }
    Some(None)
}

/// Length of a letter in single quotes, or of the quote if it is none.
fn letter(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    let Some((_, first)) = letters.next() else { return 1 };
    if first == '\\' {
        return rest[2..].bytes().take(12).skip(1).position(|b| b == b'\'').map_or(1, |n| n + 4);
    }
    match letters.next() {
        Some((at, '\'')) => at + 1,
        _ => 1,
    }
}

/// Length of a block comment, which may hold others, if it is closed.
fn block_comment(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)?) {
            (b'/', b'*') => (depth, at) = (depth + 1, at + 2),
            (b'*', b'/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<&str> {
        members(text, 0).0.iter().map(|m| &text[m.key.start..m.key.end]).collect()
    }

    #[test]
    fn pieces_are_found_between_commas() {
        let text = r##"(a: "x, (", /* b: ( */ c: r#"")"#, d: [1, (2, 3)], // e: 5,
            f: 'x', g: '\'', h: "\\", i: Foo(x: 1))"##;
        assert_eq!(flaw(text), None);
        assert_eq!(keys(text), ["a", "c", "d", "f", "g", "h", "i"]);
        let (rows, end) = members(text, 0);
        assert_eq!(end, text.len() - 1);
        let value = rows[6].value.expect("it has one");
        assert_eq!(&text[value.start..value.end], "Foo(x: 1)");
    }

    #[test]
    fn a_missing_comma_does_not_swallow_what_follows() {
        let text = r#"{ "a": (1) "b": (2), "c" }"#;
        assert_eq!(keys(text), ["\"a\"", "\"b\"", "\"c\""]);
        let rows = members(text, 0).0;
        assert_eq!(rows.iter().map(|m| m.comma_missing).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(rows[2].value, None);
    }

    #[test]
    fn stray_colons_and_commas_are_not_lost() {
        assert_eq!(keys("(a:: 1, : 2, , b: 3,)"), ["a", ": 2", ",", "b"]);
    }

    #[test]
    fn what_is_not_closed_is_named() {
        let at = |start, end| Span { start, end };
        assert_eq!(flaw("(a: \"x"), Some(Flaw::OpenText(at(4, 5))));
        assert_eq!(flaw("(a: r#\"x\""), Some(Flaw::OpenText(at(4, 5))));
        assert_eq!(flaw("(a: \"x,\n b: \"y\",\n c: \"z\")"), Some(Flaw::RunsOn(at(4, 5))));
        assert_eq!(
            flaw("{\n  a: (\n    b: (1,\n  ),\n}\n"),
            Some(Flaw::Crooked { open: at(16, 17), close: at(22, 23) }),
            "what is noticed at the end began within"
        );
        assert_eq!(flaw("(a: \"x\n y\", b: \"y)"), Some(Flaw::OpenText(at(15, 16))));
        assert_eq!(flaw("( /* /* */"), Some(Flaw::OpenComment(at(2, 4))));
        assert_eq!(flaw("([)"), Some(Flaw::Mismatch { close: at(2, 3), open: Some(at(1, 2)) }));
        assert_eq!(flaw("(["), Some(Flaw::OpenBracket(at(1, 2))));
        assert_eq!(flaw(")"), Some(Flaw::Mismatch { close: at(0, 1), open: None }));
        assert_eq!(flaw("(a: \"x, b: \"y\")"), Some(Flaw::RunsOn(at(4, 5))));
        assert_eq!(flaw(&"\"x\"y ".repeat(200_000)), None, "a long line is not counted again and again");
        assert!(matches!(flaw(&"[".repeat(1_000_000)), Some(Flaw::TooDeep(_))));
    }

    #[test]
    fn a_member_is_taken_whole() {
        let text = "(a: 1, b: (x, y), c: 2)";
        let span = whole(text, 7);
        assert_eq!(&text[span.start..span.end], "b: (x, y),");
        let span = whole(text, 18);
        assert_eq!(&text[span.start..span.end], "c: 2");
    }
}
