//! What a configuration comes to when its templates are filled in one way or another.

use std::collections::BTreeMap;

use super::{Item, Stand};
use crate::source::{Location, SourceId, Sources};
use crate::syntax::template::{Arm, Conditional};

/// Up to so many questions every combination of answers is tried, if these are not too many.
const FEW_QUESTIONS: usize = 4;
/// Most combinations that are tried.
const MOST_COMBINATIONS: usize = 16;
/// Of more questions, how many are answered otherwise while the others are answered as at first.
const MOST_TURNS: usize = 12;

/// Lists of directives under answers to the questions of the templates in them.
#[derive(Debug)]
pub(super) struct Variant<'t> {
    /// What is left of each; `None` where there is no question, so that nothing changes.
    pub(super) lists: Option<Vec<Vec<Item<'t>>>>,
    /// The answers, in the same order in all variants.
    pub(super) answers: Vec<Answer<'t>>,
}

/// How a question of a template is answered.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'t> {
    /// The file of the first conditional that asks it.
    pub source: SourceId,
    /// That conditional.
    pub conditional: &'t Conditional,
    /// Which answer, as [`Conditional::arm`] takes it.
    pub choice: usize,
}

impl Answer<'_> {
    /// In words fit to follow "assuming ".
    #[must_use]
    pub fn phrase(&self, sources: &Sources) -> String {
        let conditional = self.conditional;
        let tag = |arm: &Arm| {
            let tag = sources.slice(Location { source: self.source, span: arm.tag });
            format!("`{}`", shortened(tag))
        };
        let (runs, run) = if conditional.is_loop() { ("runs", "run") } else { ("holds", "hold") };
        if let Some(arm) = conditional.arm(self.choice).map(|arm| &conditional.arms[arm]).filter(|arm| !arm.otherwise) {
            return format!("{} {runs}", tag(arm));
        }
        let tags: Vec<String> = conditional.arms.iter().filter(|arm| !arm.otherwise).map(tag).collect();
        match tags.as_slice() {
            [only] => format!("{only} does not {run}"),
            _ => format!("none of {} {runs}", tags.join(", ")),
        }
    }
}

/// A tag on one line.
fn shortened(tag: &str) -> String {
    const LONGEST: usize = 80;
    let spaced = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    match spaced.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &spaced[..end]),
        None => spaced,
    }
}

/// The variants of lists that belong together; the first has the first arm of everything. Questions that ask the same, in
/// whatever file, are answered alike.
///
/// With few questions these are all combinations; with more, all first arms, no first arm, and each of the most telling
/// questions turned by itself.
pub(super) fn variants<'t>(lists: &[&[Item<'t>]]) -> Vec<Variant<'t>> {
    let questions = Questions::of(lists);
    let variant = |answers: Vec<usize>| Variant {
        lists: (!questions.all.is_empty()).then(|| lists.iter().map(|items| questions.kept(items, &answers)).collect()),
        answers: questions.answers(&answers),
    };
    questions.combinations().into_iter().map(variant).collect()
}

/// What the templates of a configuration ask.
struct Questions<'t> {
    all: Vec<Question<'t>>,
    by_text: BTreeMap<(&'t str, usize), usize>,
}

/// A question.
struct Question<'t> {
    source: SourceId,
    conditional: &'t Conditional,
    /// How much what it decides has to do with CORS.
    weight: usize,
}

impl<'t> Questions<'t> {
    fn of(lists: &[&[Item<'t>]]) -> Self {
        let mut questions = Self { all: Vec::new(), by_text: BTreeMap::new() };
        for items in lists {
            questions.collect(items);
        }
        questions
    }

    /// Returns the greatest weight of the items.
    fn collect(&mut self, items: &[Item<'t>]) -> usize {
        let mut greatest = 0;
        for item in items {
            let asked: Vec<usize> = item.when.iter().map(|stand| self.index(stand)).collect();
            let weight = weight(item).max(self.collect(&item.children));
            for index in asked {
                let question = &mut self.all[index];
                question.weight = question.weight.max(weight);
            }
            greatest = greatest.max(weight);
        }
        greatest
    }

    fn index(&mut self, stand: &Stand<'t>) -> usize {
        let conditional = stand.conditional;
        *self.by_text.entry((conditional.question.as_str(), conditional.answers())).or_insert_with(|| {
            self.all.push(Question { source: stand.source, conditional, weight: 0 });
            self.all.len() - 1
        })
    }

    /// The answers of each variant.
    fn combinations(&self) -> Vec<Vec<usize>> {
        let first: Vec<usize> = self.all.iter().map(|question| question.conditional.first_answer()).collect();
        let count = |question: &Question<'_>| question.conditional.answers();
        let product = self.all.iter().map(count).try_fold(1usize, usize::checked_mul);
        if self.all.len() <= FEW_QUESTIONS && product.is_some_and(|product| product <= MOST_COMBINATIONS) {
            return (0..product.unwrap_or(1)).map(|number| self.turned(&first, number)).collect();
        }
        let none = self.all.iter().zip(&first).map(|(question, first)| (first + count(question) - 1) % count(question));
        let mut combinations = vec![first.clone(), none.collect()];
        let mut by_weight: Vec<usize> = (0..self.all.len()).collect();
        by_weight.sort_by_key(|index| std::cmp::Reverse(self.all[*index].weight));
        let turns = by_weight.into_iter().flat_map(|index| (1..count(&self.all[index])).map(move |turn| (index, turn)));
        for (index, turn) in turns.take(MOST_TURNS) {
            let mut answers = first.clone();
            answers[index] = (answers[index] + turn) % count(&self.all[index]);
            combinations.push(answers);
        }
        combinations
    }

    /// The answers of the `number`th combination; those of the 0th are `first`.
    fn turned(&self, first: &[usize], mut number: usize) -> Vec<usize> {
        let turn = |(question, first): (&Question<'_>, &usize)| {
            let count = question.conditional.answers();
            let turn = number % count;
            number /= count;
            (first + turn) % count
        };
        self.all.iter().zip(first).map(turn).collect()
    }

    fn answers(&self, answers: &[usize]) -> Vec<Answer<'t>> {
        let answer = |(question, answer): (&Question<'t>, &usize)| Answer {
            source: question.source,
            conditional: question.conditional,
            choice: *answer,
        };
        self.all.iter().zip(answers).map(answer).collect()
    }

    fn kept(&self, items: &[Item<'t>], answers: &[usize]) -> Vec<Item<'t>> {
        let there = |stand: &Stand<'t>| {
            let conditional = stand.conditional;
            let index = self.by_text.get(&(conditional.question.as_str(), conditional.answers()));
            let answer = index.and_then(|index| answers.get(*index));
            answer.is_some_and(|answer| conditional.arm(*answer) == Some(stand.arm))
        };
        let items = items.iter().filter(|item| item.when.iter().all(there));
        items.map(|item| Item { children: self.kept(&item.children, answers), ..item.clone() }).collect()
    }
}

/// How much a directive, without what stands in it, has to do with CORS.
fn weight(item: &Item<'_>) -> usize {
    let words = std::iter::once(&item.directive.name).chain(&item.directive.arguments);
    let text = words.map(|word| word.value.to_ascii_lowercase()).collect::<Vec<_>>().join(" ");
    let name = item.directive.name.value.as_str();
    if text.contains("access-control-") || text.contains("origin") {
        2
    } else {
        usize::from(item.directive.is_hole() || TELLING.contains(&name.to_ascii_lowercase().as_str()))
    }
}

/// Directives that can change what becomes of an answer's headers, in lower case.
const TELLING: [&str; 25] = [
    "add_header",
    "auth_basic",
    "auth_request",
    "deny",
    "directory",
    "error_page",
    "errordocument",
    "filesmatch",
    "header",
    "if",
    "include",
    "limit_except",
    "location",
    "more_clear_headers",
    "more_set_headers",
    "proxy_hide_header",
    "proxy_pass",
    "proxypass",
    "require",
    "return",
    "rewrite",
    "rewriterule",
    "server",
    "setenvif",
    "virtualhost",
];

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::link::nginx::link;
    use crate::parse::nginx::parse;
    use crate::source::Source;

    /// The names of the directives in each variant of a file, and the answers that make it.
    fn show(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let id = sources.add(Source::new(PathBuf::from("a.conf"), "a.conf".to_owned(), text.to_owned()));
        let trees = BTreeMap::from([(id, parse(text))]);
        let configurations = link(&sources, &trees, &super::super::Insides::new());
        let mut shown = Vec::new();
        for (configuration, answers) in configurations.iter().flat_map(super::super::nginx::Configuration::variants) {
            let names: String = configuration.items.iter().map(|item| item.directive.name.value.as_str()).collect();
            let phrases: Vec<String> = answers.iter().map(|answer| answer.phrase(&sources)).collect();
            shown.push(format!("{names}: {}", phrases.join(", ")));
        }
        shown
    }

    #[test]
    fn few_questions_are_answered_in_every_way() {
        assert_eq!(show("a;"), ["a: "]);
        assert_eq!(
            show("{% if x %}a;{% elif y %}b;{% else %}c;{% endif %}{% if not z %}d;{% endif %}"),
            [
                "ad: `{% if x %}` holds, `{% if not z %}` holds",
                "bd: `{% elif y %}` holds, `{% if not z %}` holds",
                "cd: none of `{% if x %}`, `{% elif y %}` holds, `{% if not z %}` holds",
                "a: `{% if x %}` holds, `{% if not z %}` does not hold",
                "b: `{% elif y %}` holds, `{% if not z %}` does not hold",
                "c: none of `{% if x %}`, `{% elif y %}` holds, `{% if not z %}` does not hold",
            ]
        );
    }

    #[test]
    fn the_same_question_has_the_same_answer() {
        assert_eq!(
            show("{{#x}}a;{{/x}}{{^x}}b;{{/x}}{{#x}}c;{{/x}}"),
            ["ac: `{{#x}}` holds", "b: `{{#x}}` does not hold"]
        );
    }

    #[test]
    fn of_many_questions_each_is_turned_by_itself() {
        let text =
            ["a", "b", "c", "d", "e", "f"].map(|name| format!("{{% for x in {name} %}}{name};{{% endfor %}}")).concat();
        let shown = show(&text);
        let names: Vec<&str> = shown.iter().filter_map(|variant| variant.split(':').next()).collect();
        assert_eq!(names, ["abcdef", "", "bcdef", "acdef", "abdef", "abcef", "abcdf", "abcde"]);
        assert!(shown[1].ends_with("`{% for x in f %}` does not run"), "{shown:?}");
    }
}
