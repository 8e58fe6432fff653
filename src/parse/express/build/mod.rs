//! Tokens → tree.
//!
//! In: tokens with their brackets paired. Out: [`Module`], whatever the tokens. A function that reads something stands
//! at its first token and leaves behind its last; where it fails, it has noted why, and whoever reads a list
//! (statements, arguments, properties …) goes on behind the item. Pairs of brackets are known beforehand, so an arrow
//! function or a pattern is told by what follows its parenthesis, nothing is read twice, and no fault leaves the
//! brackets it is in. Must not know: what a name means.

mod binary;
mod chain;
mod class;
mod expression;
mod function;
mod list;
mod literal;
mod module;
mod object;
mod pattern;
mod primary;
mod statement;
mod types;

use super::lex::{Kind, Token, Tokens};
use crate::parse::guard::MAX_ERRORS;
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::express::{Module, Name};

/// Deepest nesting that is read, in statements, brackets and operands within each other: each takes several frames of
/// the stack.
const MAX_NESTING: u32 = 128;

/// Highest tree that is built; trees are walked and dropped recursively. A chain of calls is as high as it is long.
const MAX_HEIGHT: u32 = 400;

/// What is expected where an operand is.
const EXPRESSION: &str = "an expression";

/// Why something could not be read has been noted.
#[derive(Debug)]
struct Failed;

/// What was read, if it could be.
type Read<T> = Result<T, Failed>;

/// Builds the tree of a file.
pub(super) fn build(text: &str, tokens: Tokens) -> Module {
    let mut builder = Builder {
        text,
        tokens: tokens.all,
        at: 0,
        end: 0,
        nesting: 0,
        highest: 0,
        context: Context::default(),
        errors: Vec::new(),
    };
    let last = builder.tokens.len() - 1;
    let body = builder.statements(last);
    if tokens.is_cut {
        let start = builder.tokens[last].start as usize;
        let message = "the file has more words than are read".to_owned();
        builder.errors.push(SyntaxError { span: Span::new(start, text.len()), message, help: None });
    }
    if let Some(start) = tokens.open_comment {
        let span = Span::new(start, start + "/*".len());
        let message = "the comment is not closed".to_owned();
        builder.errors.push(SyntaxError { span, message, help: None });
    }
    builder.errors.sort_by_key(|error| error.span);
    Module { body, comments: tokens.comments, errors: builder.errors }
}

/// What the surroundings forbid or change.
#[allow(clippy::struct_excessive_bools, reason = "each is a surrounding of its own")]
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    /// `in` ends the expression: `for (a in b)`.
    no_in: bool,
    /// Between `?` and `:`, where `(a) : b` is more likely no function with a type.
    consequent: bool,
    /// `yield` is an operator.
    generator: bool,
    /// Behind `@`, where `[` begins the key of a member.
    decorator: bool,
}

/// Where the tree has come to.
#[derive(Debug)]
struct Builder<'t> {
    text: &'t str,
    /// The last is the end of the text.
    tokens: Vec<Token>,
    /// Index of the next.
    at: usize,
    /// The byte behind the last that was taken.
    end: u32,
    /// How deep one is.
    nesting: u32,
    /// How deep the tree goes that was built last, counted from the top.
    highest: u32,
    context: Context,
    errors: Vec<SyntaxError>,
}

impl<'t> Builder<'t> {
    fn token(&self) -> Token {
        self.tokens[self.at]
    }

    /// The token at an index; the end if there is none.
    fn token_at(&self, at: usize) -> Token {
        self.tokens[at.min(self.tokens.len() - 1)]
    }

    fn kind(&self) -> Kind {
        self.token().kind
    }

    fn spelling(&self) -> &'t str {
        self.spelling_at(self.at)
    }

    fn spelling_at(&self, at: usize) -> &'t str {
        let token = self.token_at(at);
        &self.text[token.start as usize..token.end as usize]
    }

    /// Whether the token at an index is this operator or bracket.
    fn is_mark_at(&self, at: usize, spelling: &str) -> bool {
        self.token_at(at).kind == Kind::Mark && self.spelling_at(at) == spelling
    }

    fn is_mark(&self, spelling: &str) -> bool {
        self.is_mark_at(self.at, spelling)
    }

    /// Whether the token at an index is this word.
    fn is_word_at(&self, at: usize, spelling: &str) -> bool {
        self.token_at(at).kind == Kind::Word && self.spelling_at(at) == spelling
    }

    fn is_word(&self, spelling: &str) -> bool {
        self.is_word_at(self.at, spelling)
    }

    /// Whether a line ends before the token at an index.
    fn is_on_new_line(&self, at: usize) -> bool {
        self.token_at(at).newline
    }

    /// Goes on by one token.
    fn advance(&mut self) {
        self.end = self.token().end;
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    /// Goes on to the token at an index, which lies ahead.
    fn advance_to(&mut self, at: usize) {
        if at > self.at {
            self.at = at.min(self.tokens.len() - 1);
            self.end = self.tokens[self.at - 1].end;
        }
    }

    fn take_mark(&mut self, spelling: &str) -> bool {
        let found = self.is_mark(spelling);
        if found {
            self.advance();
        }
        found
    }

    fn take_word(&mut self, spelling: &str) -> bool {
        let found = self.is_word(spelling);
        if found {
            self.advance();
        }
        found
    }

    fn expect_mark(&mut self, spelling: &str) -> Read<()> {
        if self.take_mark(spelling) { Ok(()) } else { self.fail(&format!("`{spelling}`")) }
    }

    fn expect_word(&mut self, spelling: &str) -> Read<()> {
        if self.take_word(spelling) { Ok(()) } else { self.fail(&format!("`{spelling}`")) }
    }

    /// The first byte of the next token.
    fn start(&self) -> u32 {
        self.token().start
    }

    /// From a byte to the end of the last token that was taken.
    fn span_from(&self, start: u32) -> Span {
        Span { start, end: self.end.max(start) }
    }

    fn token_span(&self) -> Span {
        let token = self.token();
        Span { start: token.start, end: token.end }
    }

    /// A name of any kind, keywords included.
    fn any_name(&mut self) -> Read<Name> {
        if self.kind() != Kind::Word {
            return self.fail("a name");
        }
        let name = Name { text: literal::name(self.spelling()), span: self.token_span() };
        self.advance();
        Ok(name)
    }

    /// A name that can be declared.
    fn name(&mut self) -> Read<Name> {
        if is_reserved(self.spelling()) { self.fail("a name") } else { self.any_name() }
    }

    /// Goes one level down; fails where that is too deep.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.nesting >= MAX_NESTING {
            return self.fail_with("nested too deeply to be read".to_owned());
        }
        self.nesting += 1;
        self.highest = self.highest.max(self.nesting);
        let read = read(self);
        self.nesting -= 1;
        read
    }

    /// Reads in other surroundings.
    fn within<T>(&mut self, context: Context, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.context, context);
        let read = read(self);
        self.context = outer;
        read
    }

    /// The surroundings in brackets: what a list or a `for` forbids is allowed again.
    fn bracketed(&self) -> Context {
        Context { generator: self.context.generator, ..Context::default() }
    }

    /// Notes that something else was expected.
    fn fail<T>(&mut self, expected: &str) -> Read<T> {
        if let Some(open) = self.open_at(expected) {
            return self.fail_with(format!("the {open} is not closed"));
        }
        let found = match self.kind() {
            Kind::End => "the end of the file".to_owned(),
            _ => format!("`{}`", self.spelling().chars().take(20).collect::<String>().escape_debug()),
        };
        self.fail_with(format!("unexpected {found} instead of {expected}"))
    }

    /// What the next token is the beginning of, where its end is missing. A `/` that begins a regular expression without
    /// end was taken for a division.
    fn open_at(&self, expected: &str) -> Option<&'static str> {
        match (self.kind(), self.spelling().as_bytes().first()?) {
            (Kind::Broken, b'\'' | b'"') => Some("string"),
            (Kind::Broken, b'`') => Some("template"),
            (Kind::Mark, b'/') if expected == EXPRESSION => Some("regular expression"),
            _ => None,
        }
    }

    /// Notes that a bracket is not closed; what could not be read because of that is no fault of its own.
    fn fail_open<T>(&mut self, open: usize) -> Read<T> {
        let Token { start, end, .. } = self.token_at(open);
        self.errors.retain(|error| error.span.end <= start);
        let message = format!("`{}` is not closed", self.spelling_at(open));
        self.errors.push(SyntaxError { span: Span { start, end }, message, help: None });
        Err(Failed)
    }

    fn fail_with<T>(&mut self, message: String) -> Read<T> {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(SyntaxError { span: self.token_span(), message, help: None });
        }
        Err(Failed)
    }
}

/// Words that name nothing (ECMA-262 §12.7.2), but for those that do in sloppy scripts.
fn is_reserved(word: &str) -> bool {
    const WORDS: [&str; 36] = [
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "import",
        "in",
        "instanceof",
        "new",
        "null",
        "return",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "var",
        "void",
        "while",
        "with",
    ];
    WORDS.binary_search(&word).is_ok()
}
