//! Compose files: which folder of the tree a host name stands for (<https://compose-spec.io>).
//!
//! They are read for that alone: what is wrong with them is nobody's business here, and says nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

use crate::discover::real;

/// Bytes of a compose file; longer ones are something else.
const LONGEST: u64 = 1 << 20;

/// How many folders are looked through for compose files.
const MOST_FOLDERS: usize = 1_000;

/// A service that is built from a folder of the tree, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Service {
    /// The names that other services know it by, in lower case.
    names: BTreeSet<String>,
    /// The folder of the file that it stands in.
    pub(super) project: PathBuf,
    /// What it is built from; none for one that comes from elsewhere.
    pub(super) build: Option<Build>,
    /// Ports of the machine, and those in the container that they lead to.
    published: Vec<(u16, u16)>,
    /// Whether its environment says which port to take.
    pub(super) is_told_port: bool,
}

/// What an image is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Build {
    /// The folder that its files are from.
    pub(super) context: PathBuf,
    /// The file that says how, if it is not that of the folder.
    dockerfile: Option<PathBuf>,
    /// The stage of it that is meant.
    target: Option<String>,
}

impl Build {
    /// The folder below the context that the image alone is about, if how it is made is said there.
    pub(super) fn folder(&self) -> Option<&Path> {
        let folder = self.dockerfile.as_deref()?.parent()?;
        (folder != self.context && folder.starts_with(&self.context)).then_some(folder)
    }

    /// Whether another image has the same files to choose from and is made in another way.
    pub(super) fn is_other_of_same(&self, other: &Self) -> bool {
        self.context == other.context && self != other
    }
}

impl Service {
    pub(super) fn is_called(&self, host: &str) -> bool {
        self.names.contains(host)
    }

    /// Whether both go by one name: a service for development and the same for production.
    pub(super) fn is_namesake(&self, other: &Self) -> bool {
        !self.names.is_disjoint(&other.names)
    }

    pub(super) fn publishes(&self, port: u16) -> bool {
        self.published.iter().any(|(outside, _)| *outside == port)
    }

    /// The port in the container that one of the machine leads to; other ports are those of the container.
    pub(super) fn inside(&self, port: u16) -> u16 {
        self.published.iter().find(|(outside, _)| *outside == port).map_or(port, |(_, inside)| *inside)
    }
}

/// The services of the compose files that lie beside or above `files`, as far as those `folders` reach.
pub(super) fn services<'p>(files: impl Iterator<Item = &'p Path>, folders: &[PathBuf]) -> Vec<Service> {
    let mut above: BTreeSet<PathBuf> = BTreeSet::new();
    for file in files {
        let file = real(file);
        let inside = |folder: &&Path| folders.iter().any(|top| folder.starts_with(top));
        for folder in file.ancestors().skip(1).take_while(inside) {
            if above.len() == MOST_FOLDERS || !above.insert(folder.to_path_buf()) {
                break;
            }
        }
    }
    above.iter().flat_map(|folder| compose_files(folder)).flat_map(|file| read(&file)).collect()
}

fn compose_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_compose(path)).collect();
    files.sort();
    files
}

/// `compose.yaml`, `docker-compose.prod.yml` …
fn is_compose(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"));
    stem.is_some_and(|stem| stem.starts_with("docker-compose") || stem == "compose" || stem.starts_with("compose."))
}

fn read(file: &Path) -> Vec<Service> {
    let is_small = fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LONGEST);
    let text = is_small.then(|| fs::read_to_string(file).ok()).flatten();
    let mut tree: Option<Value> = text.and_then(|text| serde_yaml::from_str(&text).ok());
    // `<<: *common`
    let merged = tree.as_mut().is_none_or(|tree| tree.apply_merge().is_ok());
    let tree = tree.filter(|_| merged);
    let folder = file.parent().unwrap_or(Path::new(""));
    let services = tree.as_ref().and_then(|tree| tree.get("services")?.as_mapping());
    let service = |(name, service): (&Value, &Value)| Some(service_of(name.as_str()?, service, folder));
    services.into_iter().flatten().filter_map(service).collect()
}

fn service_of(name: &str, service: &Value, folder: &Path) -> Service {
    let text = |key: &str| service.get(key).and_then(Value::as_str);
    let mut names = BTreeSet::from([name.to_lowercase()]);
    names.extend(["container_name", "hostname"].into_iter().filter_map(text).map(str::to_lowercase));
    let networks = service.get("networks").and_then(Value::as_mapping).into_iter().flatten();
    let aliases = networks.filter_map(|(_, network)| network.get("aliases")?.as_sequence()).flatten();
    names.extend(aliases.filter_map(Value::as_str).map(str::to_lowercase));
    let build = service.get("build").map(|build| build_of(build, folder));
    let ports = service.get("ports").and_then(Value::as_sequence).into_iter().flatten();
    let published = ports.filter_map(port).collect();
    Service { names, project: folder.to_path_buf(), build, published, is_told_port: is_told_port(service) }
}

fn build_of(build: &Value, folder: &Path) -> Build {
    let text = |key: &str| build.get(key).and_then(Value::as_str);
    let context = folder.join(build.as_str().or_else(|| text("context")).unwrap_or("."));
    let dockerfile = text("dockerfile").map(|file| real(&context.join(file)));
    Build { context: real(&context), dockerfile, target: text("target").map(str::to_owned) }
}

/// `"8080:3000"`, `"127.0.0.1:8080:3000/tcp"`, or the long form.
fn port(port: &Value) -> Option<(u16, u16)> {
    let number = |value: &Value| match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64().and_then(|port| u16::try_from(port).ok()),
    };
    if let Some(text) = port.as_str() {
        let mut parts = text.split('/').next()?.rsplit(':');
        let inside = parts.next()?.parse().ok()?;
        return Some((parts.next()?.parse().ok()?, inside));
    }
    Some((number(port.get("published")?)?, number(port.get("target")?)?))
}

/// Whether `environment` names a `PORT`, as a mapping or a list, or a file may.
fn is_told_port(service: &Value) -> bool {
    if service.get("env_file").is_some() {
        return true;
    }
    match service.get("environment") {
        Some(Value::Mapping(variables)) => variables.keys().any(|name| name.as_str() == Some("PORT")),
        Some(Value::Sequence(variables)) => {
            variables.iter().filter_map(Value::as_str).any(|variable| variable.starts_with("PORT="))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
services:
  api:
    build: {context: ./api}
    container_name: Backend
    ports: ['127.0.0.1:8080:3000/tcp', {published: '81', target: 82}, 9]
    environment: [PORT=3000]
    networks: {inner: {aliases: [app.internal]}, outer: null}
  db:
    image: postgres
";

    #[test]
    fn names_folders_and_ports_are_read() {
        let tree: Value = serde_yaml::from_str(TEXT).expect("is YAML");
        let of = |name: &str| service_of(name, &tree["services"][name], Path::new("/nowhere"));
        let api = of("api");
        assert_eq!(api.names.iter().collect::<Vec<_>>(), ["api", "app.internal", "backend"]);
        assert_eq!(api.build.as_ref().map(|build| build.context.as_path()), Some(Path::new("/nowhere/./api")));
        assert_eq!(api.published, [(8080, 3000), (81, 82)]);
        assert!(api.is_told_port && api.publishes(81) && !api.publishes(3000));
        assert_eq!((api.inside(8080), api.inside(7)), (3000, 7));
        assert_eq!((of("db").build, of("db").is_told_port), (None, false));
    }

    #[test]
    fn only_files_of_that_name_are_read() {
        for name in ["compose.yaml", "docker-compose.yml", "docker-compose.prod.yaml", "compose.override.yml"] {
            assert!(is_compose(Path::new(name)), "{name}");
        }
        for name in ["composer.json", "compose.txt", "composed.yml", "service.yml"] {
            assert!(!is_compose(Path::new(name)), "{name}");
        }
    }
}
