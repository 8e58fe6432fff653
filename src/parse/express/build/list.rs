//! What stands between brackets and commas, and how reading goes on behind a fault.

use super::super::lex::Kind;
use super::{Builder, Read};
use crate::source::Span;

impl Builder<'_> {
    /// The index behind the token at an index, or behind the bracket that closes it, but never behind `limit`.
    pub(super) fn skip(&self, at: usize, limit: usize) -> usize {
        let token = self.token_at(at);
        let partner = token.partner as usize;
        let next = match token.kind {
            // What closes it may open again.
            Kind::TemplateHead | Kind::TemplateMiddle if partner > at => partner,
            Kind::Mark if partner > at => partner + usize::from(token.closed),
            _ => at + 1,
        };
        next.min(limit)
    }

    /// The index of the bracket that closes the next token, which is one that opens.
    pub(super) fn partner(&self) -> usize {
        self.token().partner as usize
    }

    /// Takes the bracket that closes `open`; what stands before it could not be read.
    pub(super) fn close(&mut self, open: usize) -> Read<()> {
        let token = self.token_at(open);
        let partner = token.partner as usize;
        if self.at < partner {
            return self.fail(match self.spelling_at(open) {
                "(" => "`)`",
                "[" => "`]`",
                _ => "`}`",
            });
        }
        if !token.closed {
            return self.fail_open(open);
        }
        self.advance_to(partner + 1);
        Ok(())
    }

    /// What stands between a bracket, which comes next, and the one that closes it, cut at commas. An item that cannot be
    /// read is made by `unreadable` of where it stands; the list is there in any case.
    pub(super) fn items<T>(&mut self, read: impl Fn(&mut Self) -> Read<T>, unreadable: impl Fn(Span) -> T) -> Vec<T> {
        let open = self.at;
        let limit = self.partner();
        let context = self.bracketed();
        self.advance();
        let items = self.within(context, |builder| {
            let mut items = Vec::new();
            while builder.at < limit {
                let first = builder.at;
                let item = read(builder);
                let is_read = item.is_ok();
                items.extend(item);
                if !is_read || !builder.ends_item(limit) {
                    items.push(unreadable(builder.skip_item(first, limit)));
                }
                builder.at = builder.at.min(limit);
                if builder.at < limit {
                    builder.advance();
                }
            }
            items
        });
        if self.close(open).is_err() {
            self.advance_to(limit);
        }
        items
    }

    /// Whether nothing follows an item but a comma.
    fn ends_item(&mut self, limit: usize) -> bool {
        self.at >= limit || self.is_mark(",") || self.fail::<()>("`,`").is_ok()
    }

    /// Goes on to the comma behind an item that began at `first`, and says what was not read.
    fn skip_item(&mut self, first: usize, limit: usize) -> Span {
        let failed = self.at;
        let mut at = first;
        while at < limit && (at < failed || !self.is_mark_at(at, ",")) {
            at = self.skip(at, limit);
        }
        let start = self.token_at(first).start;
        self.at = first;
        self.advance_to(at);
        self.span_from(start)
    }
}
