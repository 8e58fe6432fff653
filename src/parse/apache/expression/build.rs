//! Tokens → tree.

use pest::iterators::Pair;

use super::super::grammar::Rule;
use super::pieces::{piece, push, text};
use super::{MAX_DEPTH, Source, fault, known};
use crate::syntax::SyntaxError;
use crate::syntax::apache::{Comparison, Order, Piece, Regex, Test, Text};

/// The whole of an expression, whose tokens end at `end`.
pub(super) fn test(source: &Source<'_>, tokens: &[Pair<'_, Rule>], end: usize) -> Result<Test, SyntaxError> {
    let mut builder = Builder { source, tokens, end, at: 0 };
    let test = builder.any(0)?;
    if builder.at < tokens.len() || end < source.text().len() {
        return Err(builder.unexpected("its end"));
    }
    Ok(test)
}

/// Where the tree has come to.
struct Builder<'s, 'i> {
    source: &'s Source<'s>,
    tokens: &'s [Pair<'i, Rule>],
    /// Offset behind the last token.
    end: usize,
    /// Index of the next token.
    at: usize,
}

impl<'i> Builder<'_, 'i> {
    fn peek(&self) -> Option<&Pair<'i, Rule>> {
        self.tokens.get(self.at)
    }

    fn spelling(&self) -> &'i str {
        self.peek().map_or("", Pair::as_str)
    }

    fn rule(&self) -> Option<Rule> {
        self.peek().map(Pair::as_rule)
    }

    /// Goes on if the next token is spelt like one of these; strings and patterns are none.
    fn take(&mut self, spellings: &[&str]) -> bool {
        let word = matches!(self.rule(), Some(Rule::operator | Rule::dashed | Rule::identifier | Rule::mark));
        let taken = word && spellings.contains(&self.spelling());
        self.at += usize::from(taken);
        taken
    }

    fn expect(&mut self, spelling: &str) -> Result<(), SyntaxError> {
        if self.take(&[spelling]) { Ok(()) } else { Err(self.unexpected(&format!("`{spelling}`"))) }
    }

    fn unexpected(&self, expected: &str) -> SyntaxError {
        let found = self.peek().map(|pair| (pair.as_span().start(), pair.as_span().end()));
        if found.is_none() && self.end < self.source.text().len() {
            return fault::unreadable(self.source, self.end);
        }
        fault::unexpected(self.source, found, expected)
    }

    /// `… || …`; `&&` binds closer.
    fn any(&mut self, depth: usize) -> Result<Test, SyntaxError> {
        let mut tests = vec![self.all(depth)?];
        while self.take(&["||", "or"]) {
            tests.push(self.all(depth)?);
        }
        Ok(one_or(tests, Test::Or))
    }

    fn all(&mut self, depth: usize) -> Result<Test, SyntaxError> {
        let mut tests = vec![self.negated(depth)?];
        while self.take(&["&&", "and"]) {
            tests.push(self.negated(depth)?);
        }
        Ok(one_or(tests, Test::And))
    }

    /// `!` binds closer than `&&`, but not than a comparison.
    fn negated(&mut self, depth: usize) -> Result<Test, SyntaxError> {
        let mut negations = 0;
        while self.take(&["!", "not"]) {
            negations += 1;
            if depth + negations > MAX_DEPTH {
                return Err(fault::too_deep(self.source));
            }
        }
        let mut test = self.single(depth + negations)?;
        for _ in 0..negations {
            test = Test::Not(Box::new(test));
        }
        Ok(test)
    }

    fn single(&mut self, depth: usize) -> Result<Test, SyntaxError> {
        if self.take(&["true"]) {
            return Ok(Test::Always(true));
        }
        if self.take(&["false"]) {
            return Ok(Test::Always(false));
        }
        if self.take(&["("]) {
            if depth >= MAX_DEPTH {
                return Err(fault::too_deep(self.source));
            }
            let test = self.any(depth + 1)?;
            self.expect(")")?;
            return Ok(test);
        }
        if self.rule() == Some(Rule::dashed) && self.spelling().len() == 2 {
            return self.letter(depth);
        }
        let left = self.word(depth)?;
        self.question(left, depth)
    }

    /// `-n word`
    fn letter(&mut self, depth: usize) -> Result<Test, SyntaxError> {
        let what = self.spelling()[1..].to_owned();
        if !known::is_letter(&what) {
            return Err(self.unknown_operator(&what));
        }
        self.at += 1;
        let of = vec![self.word(depth)?];
        Ok(Test::Ask { what, of })
    }

    fn unknown_operator(&self, name: &str) -> SyntaxError {
        let span = self
            .peek()
            .map_or(self.source.whole(), |pair| self.source.span(pair.as_span().start(), pair.as_span().end()));
        fault::operator(name, span)
    }

    /// What follows the text on the left.
    fn question(&mut self, left: Text, depth: usize) -> Result<Test, SyntaxError> {
        if self.take(&["=~"]) {
            return Ok(Test::Match { text: left, pattern: self.regex()? });
        }
        if self.take(&["!~"]) {
            return Ok(Test::Not(Box::new(Test::Match { text: left, pattern: self.regex()? })));
        }
        if self.take(&["in", "-in"]) {
            return self.list(left, depth);
        }
        let how = if self.take(&["==", "=", "-eq", "eq"]) {
            Comparison::Same
        } else if self.take(&["!=", "-ne", "ne"]) {
            Comparison::Different
        } else if let Some((_, order)) = ORDERED.iter().find(|(operators, _)| self.take(operators)) {
            Comparison::Ordered(*order)
        } else {
            return self.named_question(left, depth);
        };
        Ok(Test::Compare { left, how, right: self.word(depth)? })
    }

    /// `left -strmatch right`
    fn named_question(&mut self, left: Text, depth: usize) -> Result<Test, SyntaxError> {
        if self.rule() != Some(Rule::dashed) || self.spelling().len() == 2 {
            return Err(self.unexpected("a comparison"));
        }
        let what = self.spelling()[1..].to_ascii_lowercase();
        if !known::is_question(&what) {
            return Err(self.unknown_operator(&what));
        }
        self.at += 1;
        let of = vec![left, self.word(depth)?];
        Ok(Test::Ask { what, of })
    }

    fn regex(&mut self) -> Result<Regex, SyntaxError> {
        let Some(pair) = self.peek().filter(|pair| pair.as_rule() == Rule::regex).cloned() else {
            return Err(self.unexpected("a pattern such as `m#…#`"));
        };
        self.at += 1;
        let span = self.source.span(pair.as_span().start(), pair.as_span().end());
        let slashes = pair.as_str().starts_with('/');
        let mut inner = pair.into_inner();
        let pattern = inner.next().map(|pattern| pattern.as_str().to_owned()).unwrap_or_default();
        if let Some(why) = super::super::pattern::fault(&pattern) {
            return Err(fault::pattern(why, span, slashes));
        }
        Ok(Regex { pattern, ignore_case: inner.next().is_some(), span })
    }

    /// `{ 'a', 'b' }`, or a function that gives a list.
    fn list(&mut self, text: Text, depth: usize) -> Result<Test, SyntaxError> {
        if self.rule() == Some(Rule::identifier) {
            let name = self.spelling().to_owned();
            let span = self.peek().map(Pair::as_span).map(|span| self.source.span(span.start(), span.end()));
            self.at += 1;
            let argument = self.argument(depth)?;
            if !known::is_list_function(&name) {
                return Err(fault::function(&name, span.unwrap_or(self.source.whole())));
            }
            let list = Text(vec![Piece::Function { name, argument }]);
            return Ok(Test::Ask { what: "in".to_owned(), of: vec![text, list] });
        }
        self.expect("{")?;
        let mut list = vec![self.word(depth)?];
        while self.take(&[","]) {
            list.push(self.word(depth)?);
        }
        self.expect("}")?;
        Ok(Test::In { text, list })
    }

    /// Texts with `.` between them.
    fn word(&mut self, depth: usize) -> Result<Text, SyntaxError> {
        let mut word = self.part(depth)?;
        while self.take(&["."]) {
            for piece in self.part(depth)?.0 {
                push(&mut word, piece);
            }
        }
        Ok(word)
    }

    fn part(&mut self, depth: usize) -> Result<Text, SyntaxError> {
        let Some(pair) = self.peek().cloned() else { return Err(self.unexpected("a text")) };
        match pair.as_rule() {
            Rule::quoted => {
                self.at += 1;
                text(self.source, pair.into_inner())
            }
            Rule::variable | Rule::backref | Rule::number | Rule::hole => {
                self.at += 1;
                Ok(Text(vec![piece(self.source, &pair)?]))
            }
            Rule::identifier if !KEYWORDS.contains(&pair.as_str()) => self.call(&pair, depth),
            _ => Err(self.unexpected("a text")),
        }
    }

    fn call(&mut self, pair: &Pair<'i, Rule>, depth: usize) -> Result<Text, SyntaxError> {
        let next = self.tokens.get(self.at + 1);
        if next.is_none_or(|next| next.as_str() != "(") {
            let span = self.source.span(pair.as_span().start(), pair.as_span().end());
            return Err(fault::bare_word(pair.as_str(), span));
        }
        self.at += 1;
        let argument = self.argument(depth)?;
        let name = pair.as_str().to_owned();
        if !known::is_function(&name) {
            let span = self.source.span(pair.as_span().start(), pair.as_span().end());
            return Err(fault::function(&name, span));
        }
        Ok(Text(vec![Piece::Function { name, argument }]))
    }

    /// `(word)`
    fn argument(&mut self, depth: usize) -> Result<Text, SyntaxError> {
        if depth >= MAX_DEPTH {
            return Err(fault::too_deep(self.source));
        }
        self.expect("(")?;
        let argument = self.word(depth + 1)?;
        self.expect(")")?;
        Ok(argument)
    }
}

/// Operators by which httpd orders texts, or whole numbers.
const ORDERED: [(&[&str], Order); 4] = [
    (&["<", "-lt", "lt"], Order::Less),
    (&["<=", "-le", "le"], Order::AtMost),
    (&[">", "-gt", "gt"], Order::Greater),
    (&[">=", "-ge", "ge"], Order::AtLeast),
];

/// Names that no function can have.
const KEYWORDS: [&str; 12] = ["true", "false", "and", "or", "not", "in", "eq", "ne", "lt", "le", "gt", "ge"];

fn one_or(mut tests: Vec<Test>, many: impl Fn(Vec<Test>) -> Test) -> Test {
    match tests.pop() {
        Some(only) if tests.is_empty() => only,
        Some(last) => {
            tests.push(last);
            many(tests)
        }
        None => many(tests),
    }
}
