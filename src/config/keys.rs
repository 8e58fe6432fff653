//! What can be said in a `corslint.toml`: the one table from which the file is checked, and its schema and the file of
//! `corslint init` are written.

/// A key and what may stand behind it.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What it says: sentences, of which editors show all and the commented file does, too.
    pub(super) doc: &'static str,
    pub(super) shape: Shape,
    /// Whether what it stands in has to have it.
    pub(super) required: bool,
    /// What is written behind it in the commented file; tables have none of their own.
    pub(super) sample: &'static str,
}

/// What a value looks like.
#[derive(Debug)]
pub(super) enum Shape {
    /// `true` or `false`.
    Flag,
    /// One of these.
    Word(&'static [&'static str]),
    /// Text.
    Text(Text),
    /// A status or `"missing"`.
    Answer,
    /// A list of texts.
    List(Text),
    /// A table with these keys.
    Table(&'static [Key]),
    /// `[[…]]`: tables with these keys.
    Tables(&'static [Key]),
    /// A table of texts by names of the user's own.
    Names(Text),
    /// A number of seconds.
    Seconds,
    /// A table of severities, or of tables with the keys of a rule, by ids of rules.
    Rules,
    /// A table of severities, or of tables with a severity, by ids of rules.
    Levels,
}

impl Shape {
    /// What can be set of a rule in a table of this shape, which is one of rules.
    pub(super) fn keys_of(&self, rule: &str) -> &'static [Key] {
        let own = OWN.iter().find(|(id, _)| *id == rule && matches!(self, Self::Rules));
        own.map_or(RULE, |(_, keys)| keys)
    }
}

/// What a text has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Anything.
    Any,
    /// The path of a file.
    Path,
    /// The path of a file or folder that is there.
    Present,
    /// A pattern as in a `.gitignore`.
    Glob,
    /// A serialized origin.
    Origin,
    /// A serialized origin or `null`.
    Page,
    /// Host and port, perhaps with `http://` before them.
    Upstream,
    /// A path or a URL.
    Url,
    /// A method.
    Method,
    /// A header's name, perhaps with `:` and a value.
    Header,
}

/// What a rule can be set to.
pub(super) const LEVELS: &[&str] = &["off", "info", "warning", "error"];

/// Every key of the file, in the order of the commented file.
pub(super) static KEYS: &[Key] = &[
    Key {
        name: "exclude",
        doc: "What is passed over when folders are walked: patterns as in a .gitignore, relative to this file. A file \
              that is named on the command line is read all the same.",
        shape: Shape::List(Text::Glob),
        required: false,
        sample: r#"["vendor/**", "*.example.conf"]"#,
    },
    Key {
        name: "fail-on",
        doc: "The least severity that makes the exit code 1.",
        shape: Shape::Word(&["error", "warning", "info", "never"]),
        required: false,
        sample: r#""warning""#,
    },
    Key {
        name: "min-severity",
        doc: "The least severity that is reported.",
        shape: Shape::Word(&["error", "warning", "info"]),
        required: false,
        sample: r#""info""#,
    },
    Key {
        name: "pedantic",
        doc: "Whether the rules that are off by default are checked, too.",
        shape: Shape::Flag,
        required: false,
        sample: "false",
    },
    Key {
        name: "baseline",
        doc: "The file of findings that are known and not reported.",
        shape: Shape::Text(Text::Path),
        required: false,
        sample: r#""corslint-baseline.json""#,
    },
    Key {
        name: "env",
        doc: "Values of environment variables, which are else unknown.",
        shape: Shape::Names(Text::Any),
        required: false,
        sample: r#"NODE_ENV = "production""#,
    },
    Key {
        name: "trust",
        doc: "Whom the site trusts beyond the origins that its configuration names.",
        shape: Shape::Table(TRUST),
        required: false,
        sample: "",
    },
    Key {
        name: "rules",
        doc: "How severe the findings of a rule are; \"off\": not checked. What hangs on an assumption stays at most a \
              warning. A rule that is off by default is checked if it has a severity here.",
        shape: Shape::Rules,
        required: false,
        sample: "missing-vary = \"error\"\nwildcard-list-with-credentials = \"off\"\n\
                 excessive-max-age = { severity = \"info\", limit = 86400 }",
    },
    Key {
        name: "override",
        doc: "The same for some of the files; the last that says something of a file and a rule holds.",
        shape: Shape::Tables(OVERRIDE),
        required: false,
        sample: "",
    },
    Key {
        name: "link",
        doc: "Which application of the tree an upstream of nginx or Apache is, where that cannot be told from a port or a \
              service's name.",
        shape: Shape::Tables(LINK),
        required: false,
        sample: "",
    },
    Key {
        name: "expect",
        doc: "A fetch that a page makes, and whether the browser shall allow it; an error if it is otherwise.",
        shape: Shape::Tables(EXPECT),
        required: false,
        sample: "",
    },
];

static TRUST: &[Key] = &[Key {
    name: "origins",
    doc: "Origins of your own or of friends, as browsers send them. Their domains are no strangers', and look-alikes of \
          them are tried.",
    shape: Shape::List(Text::Origin),
    required: false,
    sample: r#"["https://partner.example"]"#,
}];

const SEVERITY: Key = Key {
    name: "severity",
    doc: "How severe its findings are; \"off\": not checked.",
    shape: Shape::Word(LEVELS),
    required: false,
    sample: "",
};

/// What can be set of any rule.
static RULE: &[Key] = &[SEVERITY];

/// What can be set of single rules; `rules::Limits` takes it in.
static OWN: &[(&str, &[Key])] = &[(
    "excessive-max-age",
    &[
        SEVERITY,
        Key {
            name: "limit",
            doc: "Seconds above which it is reported; 7200 if nothing is said, as Chromium has it.",
            shape: Shape::Seconds,
            required: false,
            sample: "",
        },
    ],
)];

static OVERRIDE: &[Key] = &[
    Key {
        name: "paths",
        doc: "The files in which a finding has its place: patterns as in a .gitignore, relative to this file.",
        shape: Shape::List(Text::Glob),
        required: true,
        sample: r#"["legacy/**"]"#,
    },
    Key {
        name: "rules",
        doc: "Severities as in [rules].",
        shape: Shape::Levels,
        required: true,
        sample: r#"{ missing-vary = "off" }"#,
    },
];

static LINK: &[Key] = &[
    Key {
        name: "from",
        doc: "The upstream as it is written there: host, or host and port.",
        shape: Shape::Text(Text::Upstream),
        required: true,
        sample: r#""http://api:3000""#,
    },
    Key {
        name: "to",
        doc: "The folder or file of the application, relative to this file.",
        shape: Shape::Text(Text::Present),
        required: true,
        sample: r#""services/api""#,
    },
];

static EXPECT: &[Key] = &[
    Key {
        name: "url",
        doc: "What is fetched: a URL, or a path of the first site that has a name.",
        shape: Shape::Text(Text::Url),
        required: true,
        sample: r#""https://api.example.com/v1/orders""#,
    },
    Key {
        name: "origin",
        doc: "The origin of the page, or \"null\".",
        shape: Shape::Text(Text::Page),
        required: true,
        sample: r#""https://app.example.com""#,
    },
    Key {
        name: "method",
        doc: "GET if nothing is said.",
        shape: Shape::Text(Text::Method),
        required: false,
        sample: r#""PUT""#,
    },
    Key {
        name: "headers",
        doc: "Headers that the page sets: names, or names and values.",
        shape: Shape::List(Text::Header),
        required: false,
        sample: r#"["Authorization", "Content-Type: application/json"]"#,
    },
    Key {
        name: "credentials",
        doc: "Whether the fetch is made with the user's cookies.",
        shape: Shape::Flag,
        required: false,
        sample: "true",
    },
    Key {
        name: "login",
        doc: "Whether the user is logged in where the server asks for a login.",
        shape: Shape::Flag,
        required: false,
        sample: "false",
    },
    Key {
        name: "answer",
        doc: "What the application behind the server answers: a status (200 if nothing is said), or \"missing\" for no \
              such file or script.",
        shape: Shape::Answer,
        required: false,
        sample: "200",
    },
    Key {
        name: "in",
        doc: "A file of the configuration that is asked, where there are several; relative to this file.",
        shape: Shape::Text(Text::Present),
        required: false,
        sample: r#""nginx/site.conf""#,
    },
    Key {
        name: "allow",
        doc: "Whether the browser shall let the page read the answer.",
        shape: Shape::Flag,
        required: true,
        sample: "true",
    },
];
