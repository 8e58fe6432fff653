//! Where a rule leads.

use super::rule::{Kept, Rule};
use super::{Context, Whose};
use crate::lower::apache::Lowering;
use crate::lower::apache::expression::concatenated;
use crate::parse::apache;
use crate::policy::Expression;
use crate::source::Location;
use crate::syntax::apache::{Piece, Text};

/// Where a rule leads.
pub(super) enum Goal {
    /// To another server, or to this one by its full name.
    Elsewhere(Expression),
    /// To a path of this server.
    Path(Expression),
}

impl Lowering {
    pub(super) fn goal(&mut self, rule: &Rule<'_>, context: &Context<'_>, kept: Kept) -> Goal {
        let text = apache::rewrite_text(&rule.target.value);
        let at = rule.target_location();
        if is_absolute(&text) {
            return Goal::Elsewhere(self.rewrite_text(&text, context, kept, at));
        }
        let path = self.path_of_file(&text, context, kept, at);
        let begins_with_slash = match &path {
            Expression::Literal(text) => text.starts_with('/') || text.starts_with('?'),
            Expression::Concatenation(parts) => match parts.first() {
                Some(Expression::Literal(text)) => text.starts_with('/'),
                Some(Expression::Path | Expression::PathFrom(0)) => true,
                _ => false,
            },
            Expression::Path => true,
            _ => false,
        };
        match &context.whose {
            Whose::Folder { base } if !begins_with_slash => {
                Goal::Path(concatenated(vec![Expression::literal(base.as_str()), path]))
            }
            _ => Goal::Path(path),
        }
    }

    /// A path on disk as the path of this server that it has: without the document root before it.
    pub(super) fn path_of_file(&mut self, text: &Text, context: &Context<'_>, kept: Kept, at: Location) -> Expression {
        let mut pieces = text.0.as_slice();
        if let [Piece::Variable(name), rest @ ..] = pieces
            && name.eq_ignore_ascii_case("DOCUMENT_ROOT")
        {
            pieces = rest;
        }
        let mut parts: Vec<Expression> =
            pieces.iter().map(|piece| self.rewrite_piece(piece, context, kept, at)).collect();
        if let Some(Expression::Literal(first)) = parts.first_mut()
            && let Some(rest) = first.strip_prefix(context.document_root).filter(|rest| rest.starts_with('/'))
        {
            *first = rest.to_owned();
        }
        concatenated(parts)
    }
}

/// Whether a target begins with a scheme.
fn is_absolute(text: &Text) -> bool {
    match text.0.as_slice() {
        [Piece::Literal(first), ..] if first.contains("://") => true,
        // `%{REQUEST_SCHEME}://…`
        [_, Piece::Literal(second), ..] => second.starts_with("://"),
        _ => false,
    }
}
