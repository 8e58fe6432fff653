//! Statements → blocks, with a stack of its own: no nesting makes anything recurse.

use super::fault::{self, Noun};
use super::grammar::{self, End, Statement};
use super::guard::{MAX_DEPTH, MAX_ERRORS, MAX_STATEMENT, MAX_WORDS};
use super::{masked, recover, vocabulary};
use crate::parse::masked::Masked;
use crate::source::Span;
use crate::syntax::directive::{Body, Directive, Quote, Tree, Word};
use crate::syntax::{Comment, SyntaxError};

/// Longest word and comment for which `ngx_conf_read_token` surely finds room in its buffer (`NGX_CONF_BUFFER`).
const LONGEST_WORD: usize = 4094;
const LONGEST_COMMENT: usize = 4095;

/// Reads a whole text.
pub(super) fn assemble(masked: &Masked<'_>) -> Tree {
    let text = masked.text.as_ref();
    let mut assembler = Assembler {
        masked,
        text,
        at: 0,
        window: 0,
        tree: Tree { conditionals: masked.conditionals(), readings: masked.readings(), ..Tree::default() },
        frames: Vec::new(),
        buried: 0,
        words: 0,
        suspect: None,
    };
    assembler.skip_byte_order_mark();
    while assembler.at < text.len() {
        if let Err(error) = assembler.step() {
            assembler.tree.errors.push(error);
            assembler.suspect = None;
            return assembler.into_tree();
        }
    }
    assembler.report_unclosed();
    assembler.into_tree()
}

/// What has been read so far.
struct Assembler<'t> {
    masked: &'t Masked<'t>,
    /// What the grammar reads: that of `masked`.
    text: &'t str,
    /// Offset of the next statement.
    at: usize,
    /// How far to look for its end.
    window: usize,
    tree: Tree,
    /// The blocks that are open, outermost first.
    frames: Vec<Frame>,
    /// How many blocks are open below the deepest frame; what they hold is dropped.
    buried: usize,
    /// How many words the tree holds.
    words: usize,
    /// A block inside which a `}` stands further left than its head.
    suspect: Option<SyntaxError>,
}

/// An open block.
struct Frame {
    /// Name and arguments; none if it has no usable head, and then what it holds is dropped.
    words: Vec<Word>,
    brace: Span,
    directives: Vec<Directive>,
}

impl Assembler<'_> {
    fn skip_byte_order_mark(&mut self) {
        const MARK: char = '\u{feff}';
        if self.text.starts_with(MARK) {
            self.at = MARK.len_utf8();
            self.tree.errors.push(fault::byte_order_mark(Span::new(0, self.at)));
        }
    }

    /// Takes in one statement; the error says why reading has to end here.
    fn step(&mut self) -> Result<(), SyntaxError> {
        let here = Span::new(self.at, self.at);
        if self.tree.errors.len() >= MAX_ERRORS {
            return Err(fault::given_up("there are too many errors", here));
        }
        let mut statement = self.read();
        self.words += statement.words.len();
        if self.words > MAX_WORDS {
            return Err(fault::given_up("there are too many words", here));
        }
        let comments = std::mem::take(&mut statement.comments);
        self.at = statement.end_span.end as usize;
        if statement.end == End::Text && self.window < self.text.len() {
            if let Some(first) = statement.words.first() {
                return Err(fault::given_up("a directive is longer than 1 MiB", first.span));
            }
            self.at = recover::end_of_comment(self.text, self.window, comments.last());
        }
        self.take(statement);
        self.keep(&comments);
        Ok(())
    }

    /// The next statement; the window moves on only when it does not end inside, so that it is not sought each time.
    fn read(&mut self) -> Statement {
        if self.at < self.window {
            let statement = grammar::statement(self.text, self.at..self.window);
            let cut = matches!(statement.end, End::Text | End::Unclosed) && self.window < self.text.len();
            if !cut {
                return statement;
            }
        }
        self.window = recover::window(self.text, self.at, MAX_STATEMENT);
        grammar::statement(self.text, self.at..self.window)
    }

    /// Keeps the comments of what will not be read again.
    fn keep(&mut self, comments: &[Span]) {
        for &span in comments.iter().take_while(|span| (span.start as usize) < self.at) {
            if span.len() > LONGEST_COMMENT {
                self.tree.errors.push(fault::too_long_comment(LONGEST_COMMENT, span));
            }
            let own_line = recover::begins_line(self.text, span.start as usize);
            self.tree.comments.push(Comment { span, own_line });
        }
    }

    fn take(&mut self, mut statement: Statement) {
        masked::fill(self.masked, &mut statement.words);
        self.take_holes(&mut statement);
        let forgotten = recover::forgotten_end(self.text, self.block(), &statement.words);
        let glued = statement.glued.filter(|&glued| forgotten.is_none_or(|next| glued <= next));
        // A template may put white space there.
        let glued = glued.filter(|&glued| !self.masked.is_filled(statement.words[glued - 1].span.end));
        if let Some(count) = glued {
            self.take_glued(count, statement);
        } else if let Some(next) = forgotten {
            self.at = statement.words[next].span.start as usize;
            statement.words.truncate(next);
            self.add_without_end(statement.words);
        } else {
            self.take_whole(statement);
        }
    }

    /// Takes what a template fills in where a directive may stand; it brings its own `;`.
    fn take_holes(&mut self, statement: &mut Statement) {
        let mut alone = false;
        while let Some(count) = masked::alone(self.masked, &statement.words, statement.end) {
            let rest = statement.words.split_off(count);
            let words = std::mem::replace(&mut statement.words, rest);
            statement.glued = statement.glued.and_then(|glued| glued.checked_sub(count)).filter(|glued| *glued > 0);
            let span = head(&words);
            let words = self.masked.include("include", &words).unwrap_or(words);
            self.add(words, None, span);
            alone = true;
        }
        if alone && statement.words.is_empty() && statement.end == End::Semicolon {
            statement.end = End::Text;
        }
    }

    fn take_whole(&mut self, statement: Statement) {
        let Statement { words, end, end_span, .. } = statement;
        match (end, words.first()) {
            (End::Semicolon, None) => self.tree.errors.push(fault::unexpected(';', end_span)),
            (End::Semicolon, Some(_)) => self.add_simple(words, end_span),
            (End::Open, None) => {
                self.tree.errors.push(fault::unexpected('{', end_span));
                self.open(Vec::new(), end_span);
            }
            (End::Open, Some(_)) => self.open_block(words, end_span),
            (End::Close, None) => self.close(end_span),
            (End::Close, Some(_)) => {
                self.add_without_end(words);
                if self.at == end_span.end as usize {
                    self.close(end_span);
                }
            }
            (End::Unclosed, _) => self.skip_unclosed_quote(end_span.start as usize),
            (End::Text, None) => {}
            (End::Text, Some(_)) => self.add_without_end(words),
        }
    }

    /// A closing quote with something right behind it; over several lines the quote before it is the one too few.
    fn take_glued(&mut self, count: usize, statement: Statement) {
        let quoted = statement.words[count - 1].span;
        if self.text[quoted.range()].contains('\n') {
            return self.skip_unclosed_quote(quoted.start as usize);
        }
        let after = &self.text[quoted.end as usize..];
        let length = after.chars().next().map_or(0, char::len_utf8);
        let span = Span::new(quoted.end as usize, quoted.end as usize + length);
        self.tree.errors.push(fault::glued(after, span));
        match statement.end {
            End::Open => self.open_block(statement.words, statement.end_span),
            End::Close => self.close(statement.end_span),
            End::Unclosed => self.at = recover::next_line(self.text, statement.end_span.start as usize),
            End::Semicolon | End::Text => {}
        }
    }

    /// Drops the statement and goes on with the next line, but keeps the brace at the end of this one.
    fn skip_unclosed_quote(&mut self, quote: usize) {
        let next = recover::next_line(self.text, quote);
        let line = self.text[quote..next].trim_end();
        let end = quote + line.len();
        self.tree.errors.push(fault::unclosed_quote(&line[..1], Span::new(quote, end)));
        self.at = next;
        if line.ends_with('{') {
            self.open(Vec::new(), Span::new(end - 1, end));
        } else if line.strip_suffix('}').is_some_and(|inside| inside.trim_end().ends_with(';')) {
            self.at = end - 1;
        }
    }

    fn add_simple(&mut self, words: Vec<Word>, end: Span) {
        if self.names_a_block(&words) {
            return self.tree.errors.push(fault::no_opening_brace(&words[0], head(&words)));
        }
        self.check_lengths(&words);
        let span = head(&words).to(end);
        self.add(words, None, span);
    }

    /// Adds a directive whose `;` was forgotten.
    fn add_without_end(&mut self, mut words: Vec<Word>) {
        if let Some(brace) = recover::cut_brace(self.text, &mut words) {
            self.at = brace;
        }
        if self.names_a_block(&words) {
            return self.tree.errors.push(fault::no_opening_brace(&words[0], head(&words)));
        }
        self.check_lengths(&words);
        let span = head(&words);
        if !words.last().is_some_and(Word::has_hole) {
            self.tree.errors.push(fault::not_ended(self.noun(), &words, span));
        }
        self.add(words, None, span);
    }

    fn open_block(&mut self, words: Vec<Word>, brace: Span) {
        self.check_lengths(&words);
        if words[0].quote == Quote::Bare && vocabulary::is_lua(&words[0].value) {
            return self.add_lua(words, brace);
        }
        if vocabulary::is_simple(&words[0].value) && self.noun() == Noun::Directive {
            self.tree.errors.push(fault::not_ended(Noun::Directive, &words, head(&words)));
            return self.open(Vec::new(), brace);
        }
        self.open(words, brace);
    }

    fn add_lua(&mut self, words: Vec<Word>, brace: Span) {
        let start = brace.end as usize;
        let end = recover::end_of_lua(self.text, start);
        if end == self.text.len() {
            self.tree.errors.push(fault::unclosed_block(&words[0], head(&words), true));
        }
        self.at = (end + 1).min(self.text.len());
        let span = Span::new(words[0].span.start as usize, self.at);
        self.add(words, Some(Body::Raw(Span::new(start, end))), span);
    }

    fn check_lengths(&mut self, words: &[Word]) {
        for word in words {
            let quotes = if word.quote == Quote::Bare { 0 } else { 2 };
            if word.span.len() > LONGEST_WORD + quotes && !word.has_hole() {
                let start = Span::new(word.span.start as usize, word.span.start as usize + 1);
                self.tree.errors.push(fault::too_long_word(LONGEST_WORD, start));
            }
        }
    }

    fn open(&mut self, words: Vec<Word>, brace: Span) {
        if self.buried > 0 {
            self.buried += 1;
        } else if self.frames.len() == MAX_DEPTH {
            self.buried = 1;
            self.tree.errors.push(fault::too_deep(MAX_DEPTH, brace));
        } else {
            self.frames.push(Frame { words, brace, directives: Vec::new() });
        }
    }

    fn close(&mut self, brace: Span) {
        if self.buried > 0 {
            self.buried -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return self.tree.errors.push(fault::unexpected('}', brace));
        };
        if self.suspect.is_none() && recover::stands_left_of(self.text, brace, frame.start()) {
            self.suspect = Some(frame.unclosed());
        }
        self.add_block(frame, brace.end as usize);
    }

    fn add_block(&mut self, frame: Frame, end: usize) {
        if !frame.words.is_empty() {
            let span = Span::new(frame.start(), end);
            self.add(frame.words, Some(Body::Directives(frame.directives)), span);
        }
    }

    fn add(&mut self, mut words: Vec<Word>, body: Option<Body>, span: Span) {
        if self.buried > 0 {
            return;
        }
        let arguments = words.split_off(1);
        let name = words.swap_remove(0);
        for reading in &mut self.tree.readings {
            if reading.reach.start <= span.start && span.start < reading.reach.end {
                reading.reach = reading.reach.to(span);
            }
        }
        let block = self.frames.last().map_or(0, |frame| frame.brace.end);
        let when = self.masked.standing(span.start, block);
        let siblings = self.frames.last_mut().map_or(&mut self.tree.directives, |frame| &mut frame.directives);
        siblings.push(Directive { name, arguments, body, span, when });
    }

    /// The name of the innermost open block; empty at the top level.
    fn block(&self) -> &str {
        self.frames.last().and_then(|frame| frame.words.first()).map_or("", |name| &name.value)
    }

    fn noun(&self) -> Noun {
        if vocabulary::is_table(self.block()) { Noun::Entry } else { Noun::Directive }
    }

    fn names_a_block(&self, words: &[Word]) -> bool {
        vocabulary::is_block(&words[0].value) && self.noun() == Noun::Directive
    }

    /// One missing `}` leaves all blocks around it open: the one to name is that whose lines betray it, else the
    /// innermost.
    fn report_unclosed(&mut self) {
        let Some(innermost) = self.frames.last().filter(|_| self.buried == 0) else { return };
        let error = self.suspect.take().unwrap_or_else(|| innermost.unclosed());
        self.tree.errors.push(error);
    }

    fn into_tree(mut self) -> Tree {
        self.buried = 0;
        while let Some(frame) = self.frames.pop() {
            self.add_block(frame, self.text.len());
        }
        self.tree.errors.sort_by_key(|error| error.span.start);
        self.tree
    }
}

impl Frame {
    fn start(&self) -> usize {
        self.words.first().map_or(self.brace, |name| name.span).start as usize
    }

    fn unclosed(&self) -> SyntaxError {
        match self.words.first() {
            Some(name) => fault::unclosed_block(name, head(&self.words), false),
            None => fault::unclosed_brace(self.brace),
        }
    }
}

/// From the first word to the last.
fn head(words: &[Word]) -> Span {
    match words {
        [] => Span::new(0, 0),
        [first, ..] => first.span.to(words[words.len() - 1].span),
    }
}
