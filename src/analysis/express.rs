//! JavaScript and TypeScript: reading what imports name, and one unit for each program.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rayon::prelude::*;

use super::{Unit, Variant};
use crate::discover::{self, Dialect, Discovered};
use crate::link::express::{Environment, ModuleFile, Modules, Program, candidates, imported, link};
use crate::link::{LinkProblem, LinkProblemKind};
use crate::lower;
use crate::parse;
use crate::policy::{Remark, RemarkKind};
use crate::source::{Source, SourceId};
use crate::syntax::directive::Tree;
use crate::syntax::express::{Module, Statement};

/// How many modules may be read because others import them.
const MOST_IMPORTED: usize = 2_000;

/// The stack that a program is run on, in bytes: calls, blocks and modules in each other nest on it. What is not
/// touched of it is not taken.
const STACK: usize = 256 << 20;

/// How many files without a word of CORS are looked through for imports of those with one.
const MOST_BYSTANDERS: usize = 5_000;

/// Parses every module, those within `folders` that are imported, and those that start an application.
pub(super) fn read(found: &mut Discovered, folders: &[PathBuf]) -> Modules {
    let mut reader = Reader { files: Vec::new(), done: 0, seen: BTreeSet::new() };
    reader.follow(found, folders);
    for path in starters(found, &reader.files) {
        discover::include(&path, Dialect::Express, found);
    }
    reader.follow(found, folders);
    Modules::new(reader.files)
}

struct Reader {
    files: Vec<ModuleFile>,
    /// How many of the files that were found have been parsed.
    done: usize,
    seen: BTreeSet<PathBuf>,
}

impl Reader {
    /// Parses what is new, and what that imports.
    fn follow(&mut self, found: &mut Discovered, folders: &[PathBuf]) {
        loop {
            let is_module = |(_, dialect): &&(SourceId, Dialect)| *dialect == Dialect::Express;
            let fresh: Vec<SourceId> = found.files[self.done..].iter().filter(is_module).map(|(id, _)| *id).collect();
            self.done = found.files.len();
            if fresh.is_empty() {
                return;
            }
            let sources = &found.sources;
            let new: Vec<ModuleFile> = fresh.par_iter().map(|id| module_file(*id, sources.get(*id))).collect();
            let mut wanted: Vec<PathBuf> = Vec::new();
            for file in &new {
                let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
                let paths = file.imports.iter().map(|name| candidates(folder, name));
                wanted.extend(paths.filter_map(|paths| paths.into_iter().find(|path| path.is_file())));
            }
            self.files.extend(new);
            for path in wanted {
                if self.seen.len() < MOST_IMPORTED
                    && self.seen.insert(path.clone())
                    && super::may_be_read(&path, folders)
                {
                    discover::include(&path, Dialect::Express, found);
                }
            }
        }
    }
}

/// The bystanders that import a module of an application, be it by way of others.
fn starters(found: &Discovered, files: &[ModuleFile]) -> BTreeSet<PathBuf> {
    let mut open: Vec<PathBuf> =
        files.iter().filter(|file| file.serves).map(|file| PathBuf::from(&file.path)).collect();
    let mut starters = BTreeSet::new();
    if open.is_empty() {
        return starters;
    }
    let bystanders: Vec<(&PathBuf, BTreeSet<PathBuf>)> = found
        .bystanders
        .par_iter()
        .take(MOST_BYSTANDERS)
        .filter_map(|path| {
            let text = std::fs::read_to_string(path).ok()?;
            let folder = path.parent()?;
            let wanted: BTreeSet<PathBuf> = imported(&text).iter().flat_map(|name| candidates(folder, name)).collect();
            (!wanted.is_empty()).then_some((path, wanted))
        })
        .collect();
    while let Some(module) = open.pop() {
        for (path, wanted) in &bystanders {
            if wanted.contains(&module) && starters.insert((*path).clone()) {
                open.push((*path).clone());
            }
        }
    }
    starters
}

/// Whether a module is part of a server rather than of a page.
fn is_of_server(text: &str) -> bool {
    ["express", "@nestjs", "cors(", "'cors'", "\"cors\"", "Access-Control-Allow-", "access-control-allow-"]
        .iter()
        .any(|word| text.contains(word))
}

fn module_file(id: SourceId, source: &Source) -> ModuleFile {
    let path = discover::real(&source.path);
    let path = path.to_string_lossy().replace('\\', "/");
    if Path::new(&path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let data = serde_json::from_str(&source.text).unwrap_or(serde_json::Value::Null);
        return ModuleFile {
            source: id,
            path,
            module: Module::default(),
            data: Some(data),
            imports: Vec::new(),
            serves: false,
        };
    }
    let module = parse::express::parse(&source.text);
    let imports = imported(&without_comments(&source.text, &module));
    let serves = is_of_server(&source.text);
    ModuleFile { source: id, path, module, data: None, imports, serves }
}

/// A text with blanks in the place of its comments.
fn without_comments(text: &str, module: &Module) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for comment in &module.comments {
        let (start, end) = (comment.span.start as usize, comment.span.end as usize);
        if let Some(code) = text.get(at..start) {
            rest.push_str(code);
            rest.push(' ');
            at = end;
        }
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    rest
}

/// What there is to say about the text of a module, and what it is made of.
///
/// What follows the first error is rarely one of its own: a dialect that is not read has hundreds. A page's script that
/// only fetches with `mode: 'cors'` is nobody's configuration, whatever is wrong with it.
pub(super) fn tree(file: ModuleFile) -> (Tree, Vec<Statement>) {
    let errors = file.module.errors.into_iter().take(usize::from(file.serves)).collect();
    (Tree { comments: file.module.comments, errors, ..Tree::default() }, file.module.body)
}

/// One unit for each program that answers requests.
pub(super) fn units(modules: &Modules, environment: &Environment) -> Vec<Unit> {
    let programs = link(modules, environment);
    let programs = telling(modules, programs);
    programs.par_iter().filter_map(|program| on_large_stack(|| unit(program))).collect()
}

/// The programs that run something of a server that no larger one runs, or are something of it themselves: of a tree with
/// hundreds of scripts that all load the same application, one tells all.
fn telling<'t>(modules: &Modules, mut programs: Vec<Program<'t>>) -> Vec<Program<'t>> {
    let serving = |program: &Program<'_>| -> Vec<usize> {
        program.reached.iter().copied().filter(|module| modules.files[*module].serves).collect()
    };
    programs.sort_by_cached_key(|program| std::cmp::Reverse(serving(program).len()));
    let mut told: BTreeSet<usize> = BTreeSet::new();
    programs.retain(|program| {
        let serving = serving(program);
        let is_own = modules.files[program.entry].serves;
        let tells = is_own || serving.iter().any(|module| !told.contains(module));
        told.extend(serving);
        tells
    });
    programs
}

/// Runs something on a stack of its own; on the one at hand where there is no thread to be had.
fn on_large_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &run) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => run(),
    })
}

fn unit(program: &Program<'_>) -> Option<Unit> {
    let policy = lower::express::lower(program);
    if policy.sites.is_empty() && policy.remarks.is_empty() {
        return None;
    }
    let problem = |remark: &Remark| LinkProblem {
        kind: LinkProblemKind::UnresolvedInclude,
        location: remark.location,
        message: remark.message.clone(),
    };
    let unresolved = policy.remarks.iter().filter(|remark| remark.kind == RemarkKind::Unresolved);
    let problems = unresolved.map(problem).collect();
    let source = |module: &usize| program.modules.files[*module].source;
    Some(Unit {
        variants: vec![Variant { policy: Arc::new(policy), taken: Vec::new() }],
        root: source(&program.entry),
        files: program.reached.iter().map(source).collect(),
        // What of a module cannot be read is passed over.
        needed: BTreeSet::new(),
        fragment: true,
        problems,
    })
}
