//! Why a browser refuses, and how Chromium says so.

use std::fmt;

/// Why a browser refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No Access-Control-Allow-Origin.
    MissingAllowOrigin,
    /// Several values, joined from several lines or written in one.
    MultipleAllowOrigin(String),
    /// A value that is not even a URL.
    InvalidAllowOrigin(String),
    /// Another origin than the request's.
    OriginMismatch(String),
    /// `*` for a request with credentials.
    WildcardWithCredentials,
    /// Access-Control-Allow-Credentials is not `true`, but this; empty when there is none.
    CredentialsNotTrue(String),
    /// The preflight was answered with a status that is not 2xx.
    PreflightStatus(u16),
    /// The preflight was answered with a redirect.
    PreflightRedirect,
    /// The preflight's answer does not list this method.
    MethodNotAllowed(String),
    /// The preflight's answer lists methods in a way that cannot be read.
    UnreadableMethods,
    /// The preflight's answer does not list this header, in lower case.
    HeaderNotAllowed(String),
    /// The preflight's answer lists headers in a way that cannot be read.
    UnreadableHeaders,
    /// Nothing was answered at all.
    NoAnswer,
}

/// Which response is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The answer to the preflight.
    Preflight,
    /// The answer to the request itself.
    Actual,
}

impl Reason {
    /// Its name in reports and in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MissingAllowOrigin => "missing-allow-origin",
            Self::MultipleAllowOrigin(_) => "multiple-allow-origin",
            Self::InvalidAllowOrigin(_) => "invalid-allow-origin",
            Self::OriginMismatch(_) => "origin-mismatch",
            Self::WildcardWithCredentials => "wildcard-with-credentials",
            Self::CredentialsNotTrue(_) => "credentials-not-true",
            Self::PreflightStatus(_) => "preflight-status",
            Self::PreflightRedirect => "preflight-redirect",
            Self::MethodNotAllowed(_) | Self::UnreadableMethods => "method-not-allowed",
            Self::HeaderNotAllowed(_) | Self::UnreadableHeaders => "header-not-allowed",
            Self::NoAnswer => "no-answer",
        }
    }

    /// What Chromium prints to the console when `fetch(url)` on a page of `origin` fails for this reason.
    ///
    /// Without an answer that is no matter of CORS, but a line of its own. The texts are those of
    /// `cors_error_string.cc`, as it has been since the advice to use `no-cors` was dropped from it.
    #[must_use]
    pub fn console(&self, url: &str, origin: &str, stage: Stage) -> String {
        if *self == Self::NoAnswer {
            return "Failed to load resource: net::ERR_EMPTY_RESPONSE".to_owned();
        }
        let lists = matches!(
            self,
            Self::MethodNotAllowed(_) | Self::UnreadableMethods | Self::HeaderNotAllowed(_) | Self::UnreadableHeaders
        );
        let preflight = match stage {
            Stage::Preflight if !lists => "Response to preflight request doesn't pass access control check: ",
            _ => "",
        };
        format!("Access to fetch at '{url}' from origin '{origin}' has been blocked by CORS policy: {preflight}{self}")
    }
}

impl fmt::Display for Reason {
    /// The sentence in which Chromium says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALLOW_ORIGIN: &str = "The 'Access-Control-Allow-Origin' header";
        const ADVICE: &str = "Have the server send the header with a valid value.";
        match self {
            Self::MissingAllowOrigin => {
                f.write_str("No 'Access-Control-Allow-Origin' header is present on the requested resource.")
            }
            Self::MultipleAllowOrigin(value) => {
                write!(f, "{ALLOW_ORIGIN} contains multiple values '{value}', but only one is allowed. {ADVICE}")
            }
            Self::InvalidAllowOrigin(value) => {
                write!(f, "{ALLOW_ORIGIN} contains the invalid value '{value}'. {ADVICE}")
            }
            Self::OriginMismatch(value) => {
                write!(f, "{ALLOW_ORIGIN} has a value '{value}' that is not equal to the supplied origin. {ADVICE}")
            }
            Self::WildcardWithCredentials => f.write_str(
                "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' \
                 when the request's credentials mode is 'include'.",
            ),
            Self::CredentialsNotTrue(value) => write!(
                f,
                "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must \
                 be 'true' when the request's credentials mode is 'include'."
            ),
            Self::PreflightStatus(_) => f.write_str("It does not have HTTP ok status."),
            Self::PreflightRedirect => f.write_str("Redirect is not allowed for a preflight request."),
            Self::MethodNotAllowed(method) => {
                write!(f, "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response.")
            }
            Self::UnreadableMethods => {
                f.write_str("Cannot parse Access-Control-Allow-Methods response header field in preflight response.")
            }
            Self::HeaderNotAllowed(name) => {
                write!(
                    f,
                    "Request header field {name} is not allowed by Access-Control-Allow-Headers in preflight response."
                )
            }
            Self::UnreadableHeaders => {
                f.write_str("Cannot parse Access-Control-Allow-Headers response header field in preflight response.")
            }
            Self::NoAnswer => f.write_str("The server never answers."),
        }
    }
}
