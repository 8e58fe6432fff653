//! What the tree is built of.

/// A token. What it says is in the text.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Token {
    /// What it is.
    pub(in super::super) kind: Kind,
    /// Whether a line ends between the token before it and this one.
    pub(in super::super) newline: bool,
    /// Of a bracket that opens: whether the partner is the one that closes it, or merely where it has to end.
    pub(in super::super) closed: bool,
    /// Its first byte.
    pub(in super::super) start: u32,
    /// The byte behind it.
    pub(in super::super) end: u32,
    /// Of a bracket: the index of the other one. A piece of a template that an expression follows opens one.
    pub(in super::super) partner: u32,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// A name or keyword.
    Word,
    /// `#name`
    Private,
    /// A number.
    Number,
    /// A string with both of its quotes.
    String,
    /// An operator or bracket.
    Mark,
    /// A regular expression with its flags.
    Regex,
    /// `` `text` ``
    TemplateWhole,
    /// `` `text${ ``
    TemplateHead,
    /// `}text${`
    TemplateMiddle,
    /// `` }text` ``
    TemplateTail,
    /// An element or fragment of JSX.
    Jsx,
    /// A string or template that does not end, or a character that begins no token.
    Broken,
    /// The end of the text.
    End,
}
