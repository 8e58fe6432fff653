//! What a template decides of a directive.

use crate::link::Item;
use crate::syntax::directive::Word;
use crate::syntax::hole;

/// Whether any word of a directive is filled in by a template.
pub(super) fn has_hole(item: &Item<'_>) -> bool {
    item.directive.is_hole() || item.directive.arguments.iter().any(Word::has_hole)
}

/// Whether the name of a header that a directive adds or sets is filled in by a template.
pub(super) fn names_unknown_header(item: &Item<'_>) -> bool {
    let arguments = &item.directive.arguments;
    match item.directive.name.value.as_str() {
        "add_header" => arguments.first().is_some_and(Word::has_hole),
        "more_set_headers" | "more_clear_headers" => {
            arguments.iter().any(|word| hole::has_hole(word.value.split(':').next().unwrap_or_default()))
        }
        _ => false,
    }
}
