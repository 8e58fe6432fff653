use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Configuration, Insides, link};
use crate::link::LinkProblemKind;
use crate::parse;
use crate::source::{Source, SourceId, Sources};
use crate::syntax::directive::Tree;

struct Files {
    sources: Sources,
    trees: BTreeMap<SourceId, Tree>,
}

fn files(texts: impl IntoIterator<Item = (String, &'static str)>) -> Files {
    let mut files = Files { sources: Sources::default(), trees: BTreeMap::new() };
    for (name, text) in texts {
        let id = files.sources.add(Source::new(PathBuf::from(&name), name, text.to_owned()));
        files.trees.insert(id, parse::apache::parse(text));
    }
    files
}

impl Files {
    fn link(&self) -> Vec<Configuration<'_>> {
        link(&self.sources, &self.trees, &Insides::new())
    }

    fn name(&self, id: SourceId) -> &str {
        &self.sources.get(id).name
    }
}

const LINE: &str = "Header set X-One 1\n";

#[test]
fn a_folder_belongs_to_the_outermost_one_with_a_file() {
    let names = ["a/.htaccess", "a/b/c/.htaccess", "a/b/c/d/.htaccess", "z/.htaccess", "a/b/htaccess.txt"];
    let files = files(names.map(|name| (name.to_owned(), LINE)));
    let shown: Vec<(&str, Vec<&str>)> = files
        .link()
        .iter()
        .map(|one| (files.name(one.root), one.folders.iter().map(|folder| folder.path.clone()).collect::<Vec<_>>()))
        .map(|(root, paths)| (root, paths.into_iter().map(|path| &*path.leak()).collect()))
        .collect();
    assert_eq!(
        shown,
        [("a/.htaccess", vec!["", "b/c", "b/c/d"]), ("a/b/htaccess.txt", vec![""]), ("z/.htaccess", vec![""])]
    );
}

#[test]
fn of_very_many_in_each_other_the_deeper_ones_stand_for_themselves() {
    let files = files((0..80).map(|depth| (format!("{}.htaccess", "a/".repeat(depth)), LINE)));
    let configurations = files.link();
    let sizes: Vec<usize> = configurations.iter().map(|configuration| configuration.folders.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 80, "{sizes:?}");
    assert!(sizes.iter().all(|size| *size <= 32), "{sizes:?}");
    let told = configurations.iter().flat_map(|configuration| &configuration.problems);
    let told: Vec<LinkProblemKind> = told.map(|problem| problem.kind).collect();
    assert_eq!(told, vec![LinkProblemKind::TooDeep; sizes.len() - 1]);
}

#[test]
fn a_file_that_includes_its_own_folder_is_read_once() {
    let files = files([
        ("a.conf".to_owned(), "Include *.conf\n<VirtualHost *:80>\nHeader set X-One 1\n</VirtualHost>\n"),
        ("b.conf".to_owned(), "Include a.conf\nHeader set X-Two 2\n"),
    ]);
    let configurations = files.link();
    let [configuration] = configurations.as_slice() else { panic!("{}", configurations.len()) };
    assert_eq!(configuration.files.iter().map(|id| files.name(*id)).collect::<Vec<_>>(), ["a.conf", "b.conf"]);
    let kinds: Vec<LinkProblemKind> = configuration.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [LinkProblemKind::IncludeCycle; 2]);
}
