//! What `case.json` says about running its site and asking it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::case::Headers;

/// What `site/` alone does not say. All optional.
#[allow(clippy::struct_excessive_bools, reason = "each is another fact about how the case is recorded")]
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Setup {
    /// Files that the server loads first; by default (nginx) an `nginx.conf` with `http`, else all `*.conf` that none
    /// includes. Express: the file that node runs; by default the `main` of
    /// `package.json` or one of the usual names (`server.js`, `src/app.ts`…).
    pub(crate) entry: Vec<String>,
    /// What the entry files are wrapped in: `none`, `http`, `server` or `location`; by default told from their content.
    pub(crate) wrap: Option<String>,
    /// Directives for the wrapper's `http`.
    pub(crate) prelude: String,
    /// Directives for the wrapper's `server`.
    pub(crate) inside: String,
    /// Files below roots and aliases: absolute path as in `site/` → text. Where `site/` is the document root itself
    /// (Apache, `.htaccess`), the path of the URL.
    pub(crate) fixtures: BTreeMap<String, String>,
    /// Apache: more such paths, of scripts that are the application. Those that routes and requests ask for are there
    /// anyway, unless the answer is to be `missing`.
    pub(crate) scripts: Vec<String>,
    /// Apache: everything is rewritten to this path below each document root, where the application is.
    pub(crate) front_controller: Option<String>,
    /// Apache: names that it is started with (`-D NAME`).
    pub(crate) defines: Vec<String>,
    /// Apache: modules that are usually loaded, and here are not.
    pub(crate) modules_off: Vec<String>,
    /// Express: environment variables; nothing else is set.
    pub(crate) env: BTreeMap<String, String>,
    /// Express: each request goes to a process of its own, because the application remembers the one before.
    pub(crate) restart: bool,
    /// Express: some requests are never answered, or end the process. Recorded as status 0, like Fetch's network error.
    pub(crate) silent: bool,
    /// Express: answers hold what another process has answered. The program need not know what that is, but has to say
    /// that it does not.
    pub(crate) copies: bool,
    /// Stack: the applications behind the server. Host and port as its configuration names them → a folder of `site/`.
    pub(crate) applications: BTreeMap<String, String>,
    /// Paths of the application that check a login: 200 with `Authorization`, 401 without.
    pub(crate) auth_paths: Vec<String>,
    /// How to ask each of the routes; parallel to them, may be shorter.
    pub(crate) routes: Vec<Ask>,
    /// `tolerate`: the answers hang on an environment that the files do not show, so no rule is required.
    pub(crate) judge: Option<String>,
    /// Rules that may be reported besides.
    pub(crate) tolerated: Vec<String>,
    /// The first version of the server that can run `site/`; an older one runs `written-out/`, which says the same.
    pub(crate) needs: Option<String>,
    /// The server refuses to start, or (Apache, `.htaccess`) to answer anything below the faulty file.
    pub(crate) rejected: bool,
}

/// How a route is asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Ask {
    /// Host; by default the first plain server name.
    pub(crate) host: Option<String>,
    /// Port as in `site/`; by default 443 if that server listens there, else its first.
    pub(crate) port: Option<u16>,
    /// The path that answers; by default `items` below the route. Apache: the route itself if it has an extension, else
    /// `items.php` below it for a script and `data.json` for a file. Express: the route itself.
    pub(crate) success: Option<String>,
    /// Paths that fail; by default `__404` and `__500` below that, or a missing file or script beside it. Express:
    /// `__404` alone, for which there is no route.
    pub(crate) errors: Option<Vec<Failing>>,
    /// Express: what the preflight is for; by default the path that answers.
    pub(crate) preflight: Option<String>,
    /// Express: sent with each GET besides.
    pub(crate) headers: Headers,
    /// Send a login (user and password `probe`) with each GET, and the successful GET once more without.
    pub(crate) auth: Option<String>,
}

/// A request that fails.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Failing {
    /// A path that tells the stand-in how to fail, or of a file that is not there.
    Path(String),
    /// Express: what the site's own code answers there to whom it lets in.
    Answered(u16, String),
}

impl Failing {
    /// What is asked for.
    pub(crate) fn path(&self) -> &str {
        let (Self::Path(path) | Self::Answered(_, path)) = self;
        path
    }

    /// The status that the site's own code answers with, where the path does not tell.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Path(_) => None,
            Self::Answered(status, _) => Some(*status),
        }
    }
}
