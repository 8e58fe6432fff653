//! Text → tokens with their brackets paired, and comments.
//!
//! In: text. Out: [`Tokens`], whatever the text. What the grammar leaves open (is this `/` a division?) is decided by
//! the tokens before it, as TypeScript's own scanner lets its parser do. Must not know: what a statement is.

mod brackets;
mod jsx;
mod state;
mod token;

use super::grammar::{Piece, Reader, Rule};
use crate::parse::guard::MAX_WORDS;
use crate::source::Span;
use crate::syntax::Comment;
use brackets::Brackets;
use jsx::Elements;
use state::{Bracket, State};

pub(super) use token::{Kind, Token};

/// Longest regular expression, in bytes.
const MAX_REGEX: usize = 64 << 10;

/// All tokens of a text; the last is its end.
#[derive(Debug)]
pub(super) struct Tokens {
    /// In order.
    pub(super) all: Vec<Token>,
    /// In order.
    pub(super) comments: Vec<Comment>,
    /// Whether there are more tokens than are read.
    pub(super) is_cut: bool,
    /// Where a comment begins that does not end.
    pub(super) open_comment: Option<usize>,
}

/// Cuts a text into tokens.
pub(super) fn lex(text: &str) -> Tokens {
    let mut lexer = Lexer {
        text,
        reader: Reader::new(text),
        at: 0,
        state: State::START,
        newline: true,
        is_line_blank: true,
        brackets: Brackets::default(),
        elements: Elements::default(),
        no_regex_before: 0,
        out: Tokens {
            all: Vec::with_capacity(text.len() / 6),
            comments: Vec::new(),
            is_cut: false,
            open_comment: None,
        },
    };
    lexer.begin();
    loop {
        while lexer.at < text.len() && !lexer.out.is_cut {
            lexer.step();
        }
        if !lexer.is_in_element() || lexer.out.is_cut {
            break;
        }
        lexer.leave_element();
    }
    lexer.end()
}

/// Where the tokens have come to.
struct Lexer<'t> {
    text: &'t str,
    reader: Reader<'t>,
    at: usize,
    state: State,
    /// Whether a line ended since the last token.
    newline: bool,
    /// Whether nothing but white space precedes on this line.
    is_line_blank: bool,
    brackets: Brackets,
    elements: Elements<'t>,
    /// A `/` before this offset begins no regular expression: one on the same line did not end.
    no_regex_before: usize,
    out: Tokens,
}

impl Lexer<'_> {
    /// A byte order mark and a hashbang are no tokens.
    fn begin(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        if let Some(taken) = self.text[self.at..].starts_with("#!").then(|| self.reader.one(Rule::hashbang, self.at)) {
            self.at = taken.map_or(self.at, |taken| taken.end);
        }
    }

    fn end(mut self) -> Tokens {
        let end = self.out.all.len();
        self.brackets.close_all(end, &mut self.out.all);
        let at = if self.out.is_cut { self.at } else { self.text.len() };
        self.out.all.push(token(Kind::End, at, at, true));
        self.out
    }

    /// Reads a run of tokens and what stopped it.
    fn step(&mut self) {
        let start = self.at;
        let taken = self.reader.run(start);
        for piece in &taken.pieces {
            if self.piece(piece) {
                self.reader.used(self.at.saturating_sub(start));
                return;
            }
        }
        self.skip_gap(taken.end);
        if self.at < self.text.len() && !taken.is_cut {
            self.decide();
            self.reader.used(self.at.saturating_sub(start));
        }
    }

    fn skip_gap(&mut self, end: usize) {
        if self.text[self.at..end].contains(is_line_end) {
            self.newline = true;
            self.is_line_blank = true;
        }
        self.at = end;
    }

    /// Takes one token; true if what follows it is no ordinary token.
    fn piece(&mut self, piece: &Piece) -> bool {
        self.skip_gap(piece.start);
        let kind = match piece.rule {
            Rule::line_comment | Rule::block_comment | Rule::broken_comment => {
                self.comment(piece);
                return false;
            }
            Rule::word => Kind::Word,
            Rule::private => Kind::Private,
            Rule::number => Kind::Number,
            Rule::string => Kind::String,
            Rule::mark => Kind::Mark,
            _ => Kind::Broken,
        };
        match &self.text[piece.start..piece.end] {
            "(" | "[" | "{" => self.open(piece.end),
            ")" | "]" | "}" => return self.close(piece.end),
            _ => self.push(kind, piece.end),
        }
        self.out.is_cut
    }

    fn comment(&mut self, piece: &Piece) {
        let span = Span::new(piece.start, piece.end);
        if piece.rule == Rule::broken_comment {
            self.out.open_comment = Some(piece.start);
        }
        self.out.comments.push(Comment { span, own_line: self.is_line_blank });
        self.skip_gap(piece.end);
        self.is_line_blank = false;
    }

    /// A token from here to `end`.
    fn push(&mut self, kind: Kind, end: usize) {
        self.state = self.state.after(kind, &self.text[self.at..end], self.newline);
        self.put(kind, end);
    }

    /// The same, where the state is known; gives its index. Tokens in elements are not kept.
    fn put(&mut self, kind: Kind, end: usize) -> Option<usize> {
        let token = token(kind, self.at, end, self.newline);
        self.at = end;
        self.newline = false;
        self.is_line_blank = false;
        if self.is_in_element() {
            return None;
        }
        self.out.all.push(token);
        self.out.is_cut = self.out.all.len() >= MAX_WORDS;
        Some(self.out.all.len() - 1)
    }

    fn open(&mut self, end: usize) {
        let (bracket, state) = self.state.open(&self.text[self.at..end]);
        self.state = state;
        let index = self.put(Kind::Mark, end);
        self.brackets.open(bracket, index);
    }

    /// True if what follows is no ordinary token: the text of a template, or of an element.
    fn close(&mut self, end: usize) -> bool {
        let bracket = self.brackets.close(&self.text[self.at..end], self.out.all.len(), &mut self.out.all);
        match bracket {
            Some(Bracket::Hole) => self.template(Kind::TemplateMiddle, Kind::TemplateTail),
            Some(Bracket::Jsx { tag }) => {
                self.at = end;
                self.resume_element(tag);
            }
            closed => {
                self.state = closed.map_or(State::VALUE, State::close);
                let partner = self.brackets.partner();
                if let (Some(index), Some(partner)) = (self.put(Kind::Mark, end), partner) {
                    self.out.all[index].partner = index32(partner);
                }
                return self.out.is_cut;
            }
        }
        true
    }

    /// What the grammar leaves to the state.
    fn decide(&mut self) {
        match self.text.as_bytes()[self.at] {
            b'`' => self.template(Kind::TemplateHead, Kind::TemplateWhole),
            b'/' if self.state.wants_operand() && self.regex() => {}
            b'/' => self.operator(Rule::division),
            b'<' if self.state.wants_operand() && self.begin_element() => {}
            b'<' => self.operator(Rule::less),
            // The grammar takes anything else.
            _ => {
                let width = self.text[self.at..].chars().next().map_or(1, char::len_utf8);
                self.push(Kind::Broken, self.at + width);
            }
        }
    }

    fn operator(&mut self, rule: Rule) {
        let end = self.reader.one(rule, self.at).map_or(self.at + 1, |taken| taken.end);
        self.push(Kind::Mark, end);
    }

    /// A regular expression ends on its line; one that does not is none.
    fn regex(&mut self) -> bool {
        if self.at < self.no_regex_before {
            return false;
        }
        let mut window = 256;
        loop {
            let limit = self.reader.limit(self.at, window);
            let line = self.text[self.at..limit].find(is_line_end).map(|length| self.at + length);
            if let Some(taken) = self.reader.take(Rule::regex, self.at, line.unwrap_or(limit)) {
                // Its flags may go on behind the window.
                if line.is_some() || limit == self.text.len() || taken.end < limit {
                    self.push(Kind::Regex, taken.end);
                    return true;
                }
            } else if line.is_some() || limit == self.text.len() || window >= MAX_REGEX {
                self.no_regex_before = line.unwrap_or(limit);
                return false;
            }
            window *= 2;
        }
    }

    /// A piece of a template from its `` ` `` or `}` on: `open` if an expression follows, else `last`.
    fn template(&mut self, open: Kind, last: Kind) {
        let taken = self.reader.one(Rule::template, self.at + 1);
        let (kind, end) = match taken {
            Some(taken) => match taken.pieces.last().map(|piece| piece.rule) {
                Some(Rule::template_hole) => (open, taken.end),
                Some(Rule::template_end) => (last, taken.end),
                _ => (Kind::Broken, self.text.len()),
            },
            None => (Kind::Broken, self.text.len()),
        };
        let partner = if open == Kind::TemplateMiddle { self.brackets.partner() } else { None };
        self.state = self.state.after(kind, "", false);
        let index = self.put(kind, end);
        if let (Some(index), Some(partner)) = (index, partner) {
            self.out.all[index].partner = index32(partner);
        }
        if kind == open {
            self.brackets.open(Bracket::Hole, index);
        }
    }
}

fn token(kind: Kind, start: usize, end: usize, newline: bool) -> Token {
    Token { kind, newline, closed: false, start: index32(start), end: index32(end), partner: 0 }
}

/// Texts are far shorter than 4 GiB (`guard::MAX_BYTES`).
fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// What ends a line (ECMA-262 §12.3).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}
