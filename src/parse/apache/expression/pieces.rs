//! The inside of strings.

use pest::iterators::Pair;

use super::super::grammar::Rule;
use super::{Source, fault, known};
use crate::syntax::SyntaxError;
use crate::syntax::apache::{Piece, Text};

/// A text of these pieces.
pub(super) fn text<'i>(
    source: &Source<'_>,
    pairs: impl IntoIterator<Item = Pair<'i, Rule>>,
) -> Result<Text, SyntaxError> {
    let mut text = Text::default();
    for pair in pairs {
        let piece = piece(source, &pair)?;
        push(&mut text, piece);
    }
    Ok(text)
}

/// Adds a piece; adjacent literals become one.
pub(super) fn push(text: &mut Text, piece: Piece) {
    match (text.0.last_mut(), piece) {
        (_, Piece::Literal(added)) if added.is_empty() => {}
        (Some(Piece::Literal(before)), Piece::Literal(added)) => before.push_str(&added),
        (_, piece) => text.0.push(piece),
    }
}

/// One piece; the grammar bounds how deep variables nest, since their depth was checked before.
pub(super) fn piece(source: &Source<'_>, pair: &Pair<'_, Rule>) -> Result<Piece, SyntaxError> {
    let spelling = pair.as_str();
    Ok(match pair.as_rule() {
        Rule::backref => Piece::Capture(spelling[1..].parse().unwrap_or_default()),
        Rule::variable => return variable(source, pair),
        Rule::octal => Piece::Literal(octal(&spelling[1..])),
        Rule::escape => Piece::Literal(escape(&spelling[1..])),
        _ => Piece::Literal(spelling.to_owned()),
    })
}

fn variable(source: &Source<'_>, pair: &Pair<'_, Rule>) -> Result<Piece, SyntaxError> {
    let mut inner = pair.clone().into_inner();
    let name = inner.next().map(|name| name.as_str().to_owned()).unwrap_or_default();
    let span = || source.span(pair.as_span().start(), pair.as_span().end());
    let Some(argument) = inner.next() else {
        return if known::is_variable(&name) { Ok(Piece::Variable(name)) } else { Err(fault::variable(&name, span())) };
    };
    if !known::is_function(&name) {
        return Err(fault::function(&name, span()));
    }
    Ok(Piece::Function { name, argument: text(source, argument.into_inner())? })
}

/// A byte; those that are no character of ASCII do not come up in what headers are made of.
fn octal(digits: &str) -> String {
    u8::from_str_radix(digits, 8).map(|byte| char::from(byte).to_string()).unwrap_or_default()
}

fn escape(hidden: &str) -> String {
    match hidden {
        "n" => "\n",
        "r" => "\r",
        "t" => "\t",
        "b" => "\u{8}",
        "f" => "\u{c}",
        other => other,
    }
    .to_owned()
}
