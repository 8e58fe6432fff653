//! Modules → programs: what a file that nobody imports runs, and which module an import means.
//!
//! In: the trees of JavaScript and TypeScript modules with their paths. Out: one [`Program`] for each module that no other
//! imports. Sources: Node's module resolution (`require`, ESM), TypeScript's. Must not know: what a module does.

mod package;
mod resolve;

use std::collections::BTreeMap;

use crate::source::SourceId;
use crate::syntax::express::Module;

pub use resolve::{candidates, imported};

/// A module with the path of its file.
#[derive(Debug)]
pub struct ModuleFile {
    /// The file.
    pub source: SourceId,
    /// Its path, absolute and with `/`.
    pub path: String,
    /// What it does.
    pub module: Module,
    /// What it holds, if it is a file of JSON.
    pub data: Option<serde_json::Value>,
    /// What it imports, as it is written.
    pub imports: Vec<String>,
    /// Whether it looks like a part of a server rather than of a page or a tool.
    pub serves: bool,
}

/// All modules, ready to be looked up.
#[derive(Debug, Default)]
pub struct Modules {
    /// In the order in which they were read.
    pub files: Vec<ModuleFile>,
    by_path: BTreeMap<String, usize>,
}

/// The variables of the environment, as far as somebody says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Environment {
    /// Those that are known.
    pub known: BTreeMap<String, String>,
    /// Whether others are looked at unset as well as set wherever they are used, not only where a default is written
    /// for them. Somebody who deploys a program sets what it cannot do without; somebody who asks for its answers
    /// may not.
    pub tells_unset_apart: bool,
}

impl Environment {
    /// These variables; others are set where they are needed.
    #[must_use]
    pub fn known(variables: &BTreeMap<String, String>) -> Self {
        Self { known: variables.clone(), tells_unset_apart: false }
    }
}

/// What one start of Node runs.
#[derive(Debug)]
pub struct Program<'t> {
    /// All modules of the tree.
    pub modules: &'t Modules,
    /// Where it begins.
    pub entry: usize,
    /// The modules that it can come to, itself included.
    pub reached: Vec<usize>,
    /// The major version of Express that the nearest `package.json` asks for.
    pub express: Option<u32>,
    /// The environment that it finds.
    pub environment: Environment,
}

impl Modules {
    /// Takes modules.
    #[must_use]
    pub fn new(files: Vec<ModuleFile>) -> Self {
        let by_path = files.iter().enumerate().map(|(index, file)| (file.path.clone(), index)).collect();
        Self { files, by_path }
    }

    /// The module that `name` means in another; `None` for packages and what is not in the tree.
    #[must_use]
    pub fn resolve(&self, from: usize, name: &str) -> Option<usize> {
        resolve::wanted(&self.files[from].path, name).into_iter().find_map(|path| self.by_path.get(&path).copied())
    }

    /// What a module can come to, itself included.
    fn reached(&self, from: usize) -> Vec<usize> {
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(module) = reached.get(next).copied() {
            next += 1;
            for name in &self.files[module].imports {
                let wanted = self.resolve(module, name).filter(|wanted| !reached.contains(wanted));
                reached.extend(wanted);
            }
        }
        reached
    }
}

/// One program for each module that no other imports; of modules that only import each other, for the first.
/// `given`: variables of the environment that somebody says.
#[must_use]
pub fn link<'t>(modules: &'t Modules, given: &Environment) -> Vec<Program<'t>> {
    let mut is_imported = vec![false; modules.files.len()];
    for (index, file) in modules.files.iter().enumerate() {
        for name in &file.imports {
            if let Some(wanted) = modules.resolve(index, name).filter(|wanted| *wanted != index) {
                is_imported[wanted] = true;
            }
        }
    }
    let mut is_reached = vec![false; modules.files.len()];
    let mut programs = Vec::new();
    let roots = (0..modules.files.len()).filter(|index| !is_imported[*index]);
    for entry in roots.chain(0..modules.files.len()) {
        if is_reached[entry] {
            continue;
        }
        let reached = modules.reached(entry);
        for module in &reached {
            is_reached[*module] = true;
        }
        programs.push(program(modules, entry, reached, given));
    }
    programs
}

fn program<'t>(modules: &'t Modules, entry: usize, reached: Vec<usize>, given: &Environment) -> Program<'t> {
    let path = &modules.files[entry].path;
    let reads = |name: &String| matches!(name.as_str(), "dotenv" | "dotenv/config" | "@nestjs/config" | "dotenv-flow");
    let reads_file = reached.iter().any(|module| modules.files[*module].imports.iter().any(reads));
    let mut environment = given.clone();
    if reads_file {
        environment.known = package::environment(path);
        environment.known.extend(given.known.clone());
    }
    Program { modules, entry, reached, express: package::express_major(path), environment }
}
