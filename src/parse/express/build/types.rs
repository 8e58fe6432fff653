//! Where types of TypeScript end. They are read ahead and thrown away, so that what looks like one can be asked for.

use super::super::lex::Kind;
use super::{Builder, Read};

/// Deepest nesting of types outside brackets; pairs of brackets are passed over.
const MAX_TYPES: usize = 32;

/// Words before a type that are part of it.
const PREFIXES: [&str; 5] = ["keyof", "unique", "readonly", "infer", "asserts"];

impl Builder<'_> {
    /// Passes over `: type`, if it is there.
    pub(super) fn annotation(&mut self) -> Read<()> {
        if self.take_mark(":") { self.pass_type() } else { Ok(()) }
    }

    /// Passes over a type.
    pub(super) fn pass_type(&mut self) -> Read<()> {
        match self.type_end(self.at, 0) {
            Some(end) => {
                self.advance_to(end);
                Ok(())
            }
            None => self.fail("a type"),
        }
    }

    /// Passes over `<T extends U = V>`, if it is there.
    pub(super) fn pass_type_parameters(&mut self) -> Read<()> {
        if !self.is_mark("<") {
            return Ok(());
        }
        match self.type_parameters_end(self.at, 0) {
            Some(end) => {
                self.advance_to(end);
                Ok(())
            }
            None => self.fail("type parameters"),
        }
    }

    /// The index behind `<T>` where it stands behind a value and what follows makes it the arguments of a type rather
    /// than two comparisons (TypeScript's `canFollowTypeArgumentsInExpression`).
    pub(super) fn type_arguments_of_call(&self, at: usize) -> Option<usize> {
        let end = self.type_arguments_end(at, 0)?;
        let token = self.token_at(end);
        let follows = match token.kind {
            Kind::TemplateWhole | Kind::TemplateHead | Kind::End => true,
            Kind::Mark => !matches!(self.spelling_at(end), "<" | ">" | "+" | "-" | "!" | "~" | "[" | "{" | "++" | "--"),
            _ => token.newline,
        };
        follows.then_some(end)
    }

    /// The index behind `<A, B>`.
    pub(super) fn type_arguments_end(&self, at: usize, depth: usize) -> Option<usize> {
        let mut at = at;
        loop {
            // `<` or `,`
            at = self.type_end(at + 1, depth + 1)?;
            if self.is_mark_at(at, ">") {
                return Some(at + 1);
            }
            if !self.is_mark_at(at, ",") {
                return None;
            }
        }
    }

    /// The index behind `<const T extends U = V,>`.
    pub(super) fn type_parameters_end(&self, at: usize, depth: usize) -> Option<usize> {
        let mut at = at;
        loop {
            at += 1;
            if self.is_mark_at(at, ">") {
                return Some(at + 1);
            }
            while matches!(self.spelling_at(at), "const" | "in" | "out") && self.token_at(at + 1).kind == Kind::Word {
                at += 1;
            }
            if self.token_at(at).kind != Kind::Word {
                return None;
            }
            at += 1;
            if self.is_word_at(at, "extends") {
                at = self.type_end(at + 1, depth + 1)?;
            }
            if self.is_mark_at(at, "=") {
                at = self.type_end(at + 1, depth + 1)?;
            }
            if !self.is_mark_at(at, ",") {
                return self.is_mark_at(at, ">").then_some(at + 1);
            }
        }
    }

    /// The index behind a type.
    pub(super) fn type_end(&self, at: usize, depth: usize) -> Option<usize> {
        if depth > MAX_TYPES {
            return None;
        }
        let mut at = self.union_end(at, depth)?;
        // A conditional type chains in its last part.
        while self.is_word_at(at, "extends") && !self.is_on_new_statement(at) {
            at = self.union_end(at + 1, depth)?;
            if !self.is_mark_at(at, "?") {
                return None;
            }
            at = self.type_end(at + 1, depth + 1)?;
            if !self.is_mark_at(at, ":") {
                return None;
            }
            at = self.union_end(at + 1, depth)?;
        }
        Some(at)
    }

    /// `extends` may begin a line, but not behind a complete statement; it is no statement itself.
    fn is_on_new_statement(&self, at: usize) -> bool {
        self.is_mark_at(at.saturating_sub(1), ";")
    }

    /// The index behind types joined by `|` or `&`, which may also stand before the first.
    fn union_end(&self, at: usize, depth: usize) -> Option<usize> {
        let is_join = |at| self.is_mark_at(at, "|") || self.is_mark_at(at, "&");
        let mut at = if is_join(at) { at + 1 } else { at };
        loop {
            at = self.part_end(at, depth)?;
            if !is_join(at) {
                return Some(at);
            }
            at += 1;
        }
    }

    /// The index behind one of them, with `[]` and `[key]` behind it.
    fn part_end(&self, at: usize, depth: usize) -> Option<usize> {
        let mut at = at;
        while PREFIXES.contains(&self.spelling_at(at)) && self.begins_type(at + 1) {
            at += 1;
        }
        if self.is_word_at(at, "abstract") && self.is_word_at(at + 1, "new") {
            at += 1;
        }
        if self.is_word_at(at, "new") {
            at += 1;
        }
        let mut end = self.single_end(at, depth)?;
        while self.is_mark_at(end, "[") && !self.is_on_new_line(end) {
            end = self.closed_end(end)?;
        }
        // `infer T extends U`, `x is T`
        if self.is_word_at(end, "is") && !self.is_on_new_line(end) {
            return self.type_end(end + 1, depth + 1);
        }
        if depth < MAX_TYPES && at > 0 && self.is_word_at(at - 1, "infer") && self.is_word_at(end, "extends") {
            return self.union_end(end + 1, depth + 1);
        }
        Some(end)
    }

    /// Whether a prefix at `at - 1` is one, rather than a type of that name.
    fn begins_type(&self, at: usize) -> bool {
        let token = self.token_at(at);
        match token.kind {
            Kind::Word => !token.newline && !matches!(self.spelling_at(at), "extends" | "is" | "as" | "in" | "of"),
            Kind::Mark => matches!(self.spelling_at(at), "(" | "{") || (self.is_mark_at(at, "[") && !token.newline),
            _ => false,
        }
    }

    fn single_end(&self, at: usize, depth: usize) -> Option<usize> {
        match self.token_at(at).kind {
            Kind::Word if self.is_word_at(at, "typeof") => self.single_end(at + 1, depth),
            Kind::Word => self.reference_end(at, depth),
            Kind::String | Kind::Number | Kind::TemplateWhole => Some(at + 1),
            Kind::TemplateHead => {
                let mut at = at;
                while matches!(self.token_at(at).kind, Kind::TemplateHead | Kind::TemplateMiddle) {
                    let partner = self.token_at(at).partner as usize;
                    at = if partner > at { partner } else { return None };
                }
                (self.token_at(at).kind == Kind::TemplateTail).then_some(at + 1)
            }
            Kind::Mark => match self.spelling_at(at) {
                "-" => (self.token_at(at + 1).kind == Kind::Number).then_some(at + 2),
                "{" | "[" => self.closed_end(at),
                "(" => self.function_end(at, depth),
                "<" => {
                    let at = self.type_parameters_end(at, depth + 1).filter(|_| depth < MAX_TYPES)?;
                    if self.is_mark_at(at, "(") { self.function_end(at, depth) } else { None }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The index behind `(a: A) => B`, or behind a type in parentheses.
    fn function_end(&self, at: usize, depth: usize) -> Option<usize> {
        let end = self.closed_end(at)?;
        let is_function = self.is_mark_at(end, "=>") && self.begins_parameter_types(at + 1);
        if is_function { self.type_end(end + 1, depth + 1) } else { Some(end) }
    }

    /// Whether parameters begin at an index rather than a type, behind which `=>` may belong to an arrow function
    /// (TypeScript's `isUnambiguouslyStartOfFunctionType`).
    fn begins_parameter_types(&self, at: usize) -> bool {
        if self.is_mark_at(at, ")") || self.is_mark_at(at, "...") {
            return true;
        }
        let behind = match self.token_at(at).kind {
            Kind::Word => at + 1,
            Kind::Mark if matches!(self.spelling_at(at), "{" | "[") => self.skip(at, self.tokens.len()),
            _ => return false,
        };
        self.token_at(behind).kind == Kind::Mark && matches!(self.spelling_at(behind), ":" | "," | "?" | "=" | ")")
    }

    /// The index behind the bracket that closes the one at an index.
    fn closed_end(&self, at: usize) -> Option<usize> {
        let token = self.token_at(at);
        token.closed.then_some(token.partner as usize + 1)
    }

    /// The index behind `a.b<C>`, `import('a').b`.
    fn reference_end(&self, at: usize, depth: usize) -> Option<usize> {
        let is_import = self.is_word_at(at, "import");
        let mut at = at + 1;
        if is_import {
            at = if self.is_mark_at(at, "(") { self.closed_end(at)? } else { return None };
        }
        while self.is_mark_at(at, ".") && matches!(self.token_at(at + 1).kind, Kind::Word | Kind::Private) {
            at += 2;
        }
        if self.is_mark_at(at, "<") && !self.is_on_new_line(at) {
            return self.type_arguments_end(at, depth);
        }
        Some(at)
    }
}
