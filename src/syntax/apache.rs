//! What stands in the words of Apache httpd's directives.
//!
//! A word's value is as `ap_getword_conf` leaves it: quotes stripped, `\"` (in single quotes `\'`) and `\\` replaced; every
//! other backslash stays. `RewriteRule` and `RewriteCond` have a reader of their own, in which a backslash hides a blank.

use std::cmp::Ordering;

use crate::source::Span;

/// An expression of `<If>`, `Require expr`, `Header … "expr=…"`, `SetEnvIfExpr`, `RewriteCond expr` that is true or false
/// (`ap_expr`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `true`, `false`
    Always(bool),
    /// `!…`
    Not(Box<Self>),
    /// `… && …`
    And(Vec<Self>),
    /// `… || …`
    Or(Vec<Self>),
    /// `left == right` and its kin.
    Compare {
        /// One side.
        left: Text,
        /// How.
        how: Comparison,
        /// The other side.
        right: Text,
    },
    /// `text =~ m#pattern#i`
    Match {
        /// What is searched.
        text: Text,
        /// For what; captures can be used afterwards.
        pattern: Regex,
    },
    /// `text in { 'a', 'b' }`
    In {
        /// What is looked for.
        text: Text,
        /// In these.
        list: Vec<Text>,
    },
    /// `-n text`, `-strmatch` and whatever else is asked with a letter or a word.
    Ask {
        /// Which, without its dash: `n`, `z`, `f`, `T`, `strmatch`, `ipmatch` …; case counts.
        what: String,
        /// What it is asked of: one text, or the two on its sides.
        of: Vec<Text>,
    },
}

/// How two texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`, `=`, `-eq`
    Same,
    /// `!=`, `-ne`
    Different,
    /// `<`, `<=`, `>`, `>=` as texts, or `-lt`, `-le`, `-gt`, `-ge` as whole numbers.
    Ordered(Order),
}

/// Which of two comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `<`, `-lt`
    Less,
    /// `<=`, `-le`
    AtMost,
    /// `>`, `-gt`
    Greater,
    /// `>=`, `-ge`
    AtLeast,
}

impl Order {
    /// Whether two that compare so are in this order.
    #[must_use]
    pub fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }
}

/// A regular expression with its flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regex {
    /// Without delimiters; `%{…}` in it is not replaced. Tags of templates are spelt as [`super::hole::encode`] spells them.
    pub pattern: String,
    /// Whether case is ignored.
    pub ignore_case: bool,
    /// Where the pattern stands, delimiters included.
    pub span: Span,
}

/// A text that is put together from pieces; adjacent literals are one piece, and an empty text has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Piece>);

/// A piece of a [`Text`] or of a text in `mod_rewrite`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Itself; tags of templates are spelt as [`super::hole::encode`] spells them.
    Literal(String),
    /// `%{NAME}`, as it is spelt.
    Variable(String),
    /// `%{name:argument}`, `name(argument)`; in `mod_rewrite` `%{HTTP:Origin}`, `%{ENV:NAME}`, `%{LA-U:NAME}` too.
    Function {
        /// As it is spelt.
        name: String,
        /// What it is given.
        argument: Text,
    },
    /// `$0` … `$9`: what the last regular expression of the `<If>` or, in `mod_rewrite`, the rule's pattern matched.
    Capture(usize),
    /// `%0` … `%9` in `mod_rewrite`: what the last matching `RewriteCond` captured.
    ConditionCapture(usize),
    /// `${map:key|default}` in `mod_rewrite`.
    Map {
        /// Name of the map.
        map: String,
        /// What is looked up.
        key: Text,
        /// What it gives if nothing is found.
        default: Option<Text>,
    },
}

/// The pattern of a `RewriteCond`, or of a `RewriteRule` (which has only the first kind).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CondPattern {
    /// A regular expression; `[NC]` is among the flags, not here.
    Regex {
        /// As it is written, without `!`.
        pattern: String,
        /// `!pattern`
        negated: bool,
    },
    /// `=text`, `!=text`; `=""` is the empty text.
    Same {
        /// What it is compared with; may hold `%{…}`.
        text: String,
        /// `!=text`
        negated: bool,
    },
    /// `-f`, `!-d`, `-s`, `-F` …
    File {
        /// The letter.
        what: char,
        /// `!-f`
        negated: bool,
    },
    /// `<text`, `>=text`, `-eq 5` …
    Other {
        /// Without `!`.
        text: String,
        /// `!…`
        negated: bool,
    },
}

/// A flag of a `RewriteRule` or `RewriteCond`: `L`, `R=301`, `E=NAME:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// As it is spelt; case does not count.
    pub name: String,
    /// What stands behind `=`.
    pub value: Option<String>,
}

/// A piece of a value of `Header`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// Itself, `%%` replaced.
    Literal(String),
    /// `%{NAME}e`: a variable of the environment.
    Environment(String),
    /// `%{NAME}s`: a variable of TLS.
    Tls(String),
    /// `%t`, `%D`, `%l`, `%i`, `%b` …: figures that nobody knows before.
    Figure(char),
    /// `%{NAME}x` with another letter that httpd takes, as it is spelt.
    Other(String),
}

/// A piece of a word before `Define`d names in it are replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands; never empty.
    Text(String),
    /// `${NAME}`, without the marks: what `Define` or httpd's own environment has of that name, else as it is written.
    Define(String),
    /// What a template fills in: its tag.
    Hole(String),
}
