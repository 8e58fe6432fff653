//! Lines → sections, with a stack of its own: no nesting makes anything recurse.

use std::ops::Range;

use super::grammar::{self, Line, Reader};
use super::guard::{MAX_DEPTH, MAX_ERRORS, MAX_WORDS};
use super::{fault, masked, vocabulary};
use crate::parse::masked::Masked;
use crate::source::Span;
use crate::syntax::directive::{Body, Directive, Quote, Tree, Word};
use crate::syntax::{Comment, SyntaxError};

/// Reads a whole text.
pub(super) fn assemble(masked: &Masked<'_>) -> Tree {
    let text = masked.text.as_ref();
    let tree = Tree { conditionals: masked.conditionals(), readings: masked.readings(), ..Tree::default() };
    let mut assembler = Assembler { masked, text, at: 0, tree, frames: Vec::new(), buried: Vec::new(), words: 0 };
    assembler.skip_byte_order_mark();
    while assembler.at < text.len() {
        if let Err(error) = assembler.step() {
            assembler.tree.errors.push(error);
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
    /// Offset of the next line.
    at: usize,
    tree: Tree,
    /// The sections that are open, outermost first.
    frames: Vec<Frame>,
    /// The names of those that are open below the deepest frame; what they hold is dropped.
    buried: Vec<String>,
    /// How many words the tree holds.
    words: usize,
}

/// An open section.
struct Frame {
    name: Word,
    arguments: Vec<Word>,
    /// From `<` to `>`.
    head: Span,
    /// Whether its own end stands on its first line.
    has_end: bool,
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

    /// Takes in one line; the error says why reading has to end here.
    fn step(&mut self) -> Result<(), SyntaxError> {
        let here = Span::new(self.at, self.at);
        if self.tree.errors.len() >= MAX_ERRORS {
            return Err(fault::given_up("there are too many errors", here));
        }
        let mut line = grammar::line(self.text, self.at);
        if line.is_cut {
            return Err(fault::given_up("a line is longer than 1 MiB", here));
        }
        masked::fill(self.masked, &mut line);
        self.words += line.words.len();
        if self.words > MAX_WORDS {
            return Err(fault::given_up("there are too many words", here));
        }
        self.at = line.next;
        self.tree.comments.extend(line.comment.map(|span| Comment { span, own_line: true }));
        self.take(line);
        Ok(())
    }

    fn take(&mut self, line: Line) {
        // httpd passes over a line whose first word is empty.
        let Some(name) = line.words.first().filter(|name| !name.value.is_empty()) else { return };
        if let Some(closed) = name.value.strip_prefix("</") {
            let (closed, span) = (closed.to_owned(), name.span);
            self.close(&closed, span);
        } else if name.value.starts_with('<') {
            self.open(line);
        } else {
            self.add_simple(line.words);
        }
    }

    fn add_simple(&mut self, words: Vec<Word>) {
        let mut words = self.masked.include("Include", &words).unwrap_or(words);
        let mut arguments = words.split_off(1);
        let mut name = words.swap_remove(0);
        if name.value.ends_with('>') && name.value.len() > 1 {
            name.value.pop();
            name.span = trim(&name, 0, 1);
        }
        if name.value.eq_ignore_ascii_case("Require") {
            self.join_expression(&mut arguments);
        }
        let span = arguments.last().map_or(name.span, |last| name.span.to(last.span));
        self.add(name, arguments, None, span);
    }

    /// `Require expr` takes all that follows, less the quotes round it, in which nothing is an escape
    /// (`expr_parse_config` of `mod_authz_core`).
    fn join_expression(&self, arguments: &mut Vec<Word>) {
        let not = usize::from(arguments.first().is_some_and(|first| first.value.eq_ignore_ascii_case("not")));
        if arguments.get(not).is_none_or(|word| word.value != "expr") {
            return;
        }
        let (Some(first), Some(last)) = (arguments.get(not + 1), arguments.last()) else { return };
        let span = first.span.to(last.span);
        let spelling = self.masked.value(span.range(), |part| grammar::join(part).into_owned());
        let stripped = spelling.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
        let quote = if stripped.is_some() { Quote::Double } else { Quote::Bare };
        let value = stripped.unwrap_or(&spelling).to_owned();
        arguments.truncate(not + 1);
        arguments.push(Word { value, span, quote });
    }

    /// A line that begins with `<`; its arguments end at its last `>`, and what follows that is not read.
    fn open(&mut self, mut line: Line) {
        let words = line.words.split_off(1);
        let mut name = line.words.swap_remove(0);
        if !name.has_hole() && !name.value[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            if !self.may_be_uneven() {
                self.tree.errors.push(fault::no_name(&name.value, name.span));
            }
            return;
        }
        let start = name.span.start as usize;
        let rest = name.span.end as usize..line.next;
        let whole = name.value.ends_with('>');
        name.span = trim(&name, 1, usize::from(whole));
        name.value.truncate(name.value.len() - usize::from(whole));
        name.value.remove(0);
        let alone = words.is_empty() && whole;
        let (arguments, end) = self.section_arguments(words, rest.clone());
        let head = Span::new(start, end.unwrap_or(rest.start).max(rest.start));
        if end.is_none() && !alone {
            let head = head.to(arguments.last().map_or(head, |last| last.span));
            self.tree.errors.push(fault::no_bracket(&name.value, head));
            return self.push(Frame { name, arguments, head, has_end: false, directives: Vec::new() });
        }
        if vocabulary::is_element(&name.value) {
            return self.tree.errors.push(fault::element(&name.value, head));
        }
        let negated = arguments.first().is_some_and(|first| first.value.starts_with('!'));
        let own_end = format!("</{}>", name.value).to_ascii_lowercase();
        let has_end = !negated && self.text[head.range()].to_ascii_lowercase().contains(&own_end);
        self.push(Frame { name, arguments, head, has_end, directives: Vec::new() });
    }

    /// What stands before the last `>` of a line, and the offset behind that; without one, all its words.
    fn section_arguments(&self, words: Vec<Word>, rest: Range<usize>) -> (Vec<Word>, Option<usize>) {
        let line = self.text[rest.clone()].split('\0').next().unwrap_or_default();
        let Some(bracket) = line.rfind('>') else { return (words, None) };
        let mut words = grammar::words(self.text, rest.start..rest.start + bracket);
        masked::fill_words(self.masked, &mut words, Reader::Common);
        (words, Some(rest.start + bracket + 1))
    }

    fn push(&mut self, frame: Frame) {
        if !self.buried.is_empty() {
            self.buried.push(frame.name.value);
        } else if self.frames.len() == MAX_DEPTH {
            self.tree.errors.push(fault::too_deep(MAX_DEPTH, frame.head));
            self.buried.push(frame.name.value);
        } else {
            self.frames.push(frame);
        }
    }

    /// `</Name>`; what stands behind it on its line is not read.
    fn close(&mut self, closed: &str, span: Span) {
        let name = closed.strip_suffix('>').unwrap_or(closed);
        if name.len() == closed.len() {
            self.tree.errors.push(fault::no_bracket(&format!("/{name}"), span));
        }
        if self.buried.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) {
            self.buried.pop();
            return;
        }
        let opened = self.frames.iter().rposition(|frame| frame.name.value.eq_ignore_ascii_case(name));
        let Some(opened) = opened else {
            if !vocabulary::is_element(name) && !self.may_be_uneven() {
                self.tree.errors.push(fault::not_open(name, span));
            }
            return;
        };
        self.buried.clear();
        // A macro may hold one end of a section only.
        let is_foreign = vocabulary::is_foreign_inside(&self.frames[opened].name.value);
        if let Some(inner) = self.frames[opened + 1..].last().filter(|_| !is_foreign) {
            let error = inner.unclosed(Some(name));
            self.tree.errors.push(error);
        }
        while self.frames.len() > opened + 1 {
            self.end_section(span.start as usize);
        }
        self.end_section(span.end as usize);
    }

    /// Whether sections may begin or end somewhere else: in another part of what a template makes, or where a macro is used.
    fn may_be_uneven(&self) -> bool {
        self.masked.is_template() || self.frames.iter().any(|frame| vocabulary::is_foreign_inside(&frame.name.value))
    }

    fn end_section(&mut self, end: usize) {
        if let Some(frame) = self.frames.pop() {
            let span = Span::new(frame.head.start as usize, end);
            self.add(frame.name, frame.arguments, Some(Body::Directives(frame.directives)), span);
        }
    }

    fn add(&mut self, name: Word, arguments: Vec<Word>, body: Option<Body>, span: Span) {
        if !self.buried.is_empty() {
            return;
        }
        for reading in &mut self.tree.readings {
            if reading.reach.start <= span.start && span.start < reading.reach.end {
                reading.reach = reading.reach.to(span);
            }
        }
        let block = self.frames.last().map_or(0, |frame| frame.head.end);
        let when = self.masked.standing(span.start, block);
        let siblings = self.frames.last_mut().map_or(&mut self.tree.directives, |frame| &mut frame.directives);
        siblings.push(Directive { name, arguments, body, span, when });
    }

    /// One missing end leaves all sections around it open: the innermost is named. Sections that httpd reads at once may
    /// stay open, with all that stands in them, if they are read at all: that depends on the server
    /// (`ap_build_cont_config`).
    fn report_unclosed(&mut self) {
        if !self.buried.is_empty() || self.masked.is_template() {
            return;
        }
        let may_stay = |frame: &Frame| vocabulary::is_conditional(&frame.name.value);
        let required = self.frames.iter().position(may_stay).unwrap_or(self.frames.len());
        let on_one_line = self.frames.iter().rfind(|frame| frame.has_end);
        let error = on_one_line.or(self.frames[..required].last()).map(|frame| frame.unclosed(None));
        self.tree.errors.extend(error);
    }

    fn into_tree(mut self) -> Tree {
        self.buried.clear();
        while !self.frames.is_empty() {
            self.end_section(self.text.len());
        }
        self.tree.errors.sort_by_key(|error| error.span.start);
        self.tree
    }
}

impl Frame {
    fn unclosed(&self, instead: Option<&str>) -> SyntaxError {
        if self.has_end {
            fault::closed_on_its_line(&self.name.value, self.head)
        } else {
            fault::not_closed(&self.name.value, self.head, instead)
        }
    }
}

/// The span of a word that lost characters; a quoted one keeps its own.
fn trim(word: &Word, start: usize, end: usize) -> Span {
    match word.quote {
        Quote::Bare => Span::new(word.span.start as usize + start, word.span.end as usize - end),
        _ => word.span,
    }
}
