//! Variables and objects, and what two branches of a program make of them.

use std::collections::BTreeMap;

use super::call::PROTOTYPE;
use super::stack::Stack;
use super::value::{Kind, Object, ObjectId, Value, choice};
use crate::policy::Condition;
use crate::source::Location;

/// How many prototypes are looked through.
const MOST_ANCESTORS: usize = 16;

/// Index into the scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ScopeId(pub(super) u32);

/// The variables of a block.
#[derive(Debug, Default)]
struct Scope {
    parent: Option<ScopeId>,
    names: BTreeMap<String, Value>,
}

/// A place that can be written to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Variable(ScopeId, String),
    Property(ObjectId, String),
    Elements(ObjectId),
}

/// What was in a place.
#[derive(Debug, Clone)]
enum Content {
    Nothing,
    Value(Value),
    Elements(Vec<Value>),
}

/// All variables and objects.
#[derive(Debug, Default)]
pub(super) struct Memory<'m> {
    scopes: Vec<Scope>,
    heap: Vec<Object<'m>>,
    /// For each branch that is open, the innermost last, what was in the places that were written to since it began.
    open: Vec<BTreeMap<Cell, Content>>,
}

/// What a branch has written, to be put together with what the other one has.
pub(super) struct Written(BTreeMap<Cell, Content>);

/// Where a branch begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    heap: usize,
    scopes: usize,
}

impl<'m> Memory<'m> {
    /// A new block inside another.
    pub(super) fn open(&mut self, parent: Option<ScopeId>) -> ScopeId {
        let id = ScopeId(u32::try_from(self.scopes.len()).unwrap_or(u32::MAX));
        self.scopes.push(Scope { parent, names: BTreeMap::new() });
        id
    }

    /// Makes a variable of a block.
    pub(super) fn declare(&mut self, scope: ScopeId, name: &str, value: Value) {
        self.note(Cell::Variable(scope, name.to_owned()));
        self.scopes[scope.0 as usize].names.insert(name.to_owned(), value);
    }

    /// The value of a variable, if there is one of that name.
    pub(super) fn variable(&self, scope: ScopeId, name: &str) -> Option<Value> {
        let owner = self.owner(scope, name)?;
        self.scopes[owner.0 as usize].names.get(name).cloned()
    }

    /// Gives a variable another value; one that is nowhere declared becomes one of the outermost block.
    pub(super) fn assign(&mut self, scope: ScopeId, name: &str, value: Value) {
        let owner = self.owner(scope, name).unwrap_or_else(|| self.outermost(scope));
        self.declare(owner, name, value);
    }

    fn owner(&self, mut scope: ScopeId, name: &str) -> Option<ScopeId> {
        loop {
            let inner = &self.scopes[scope.0 as usize];
            if inner.names.contains_key(name) {
                return Some(scope);
            }
            scope = inner.parent?;
        }
    }

    fn outermost(&self, mut scope: ScopeId) -> ScopeId {
        while let Some(parent) = self.scopes[scope.0 as usize].parent {
            scope = parent;
        }
        scope
    }

    /// Puts an object into the heap.
    pub(super) fn allocate(&mut self, object: Object<'m>) -> ObjectId {
        let id = ObjectId(u32::try_from(self.heap.len()).unwrap_or(u32::MAX));
        self.heap.push(object);
        id
    }

    /// How many objects there are.
    pub(super) fn size(&self) -> u32 {
        u32::try_from(self.heap.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn object(&self, id: ObjectId) -> &Object<'m> {
        &self.heap[id.0 as usize]
    }

    /// All applications and routers.
    pub(super) fn stacks(&self) -> Vec<(ObjectId, Stack)> {
        let stack = |(index, object): (usize, &Object<'m>)| match object.kind {
            Kind::Stack(stack) => Some((ObjectId(u32::try_from(index).ok()?), stack)),
            _ => None,
        };
        self.heap.iter().enumerate().filter_map(stack).collect()
    }

    /// Notes where a property is written.
    pub(super) fn locate(&mut self, id: ObjectId, name: &str, location: Location) {
        let locations = &mut self.heap[id.0 as usize].locations;
        locations.retain(|(known, _)| known != name);
        locations.push((name.to_owned(), location));
    }

    /// Where a property is written.
    pub(super) fn located(&self, id: ObjectId, name: &str) -> Option<Location> {
        self.object(id).locations.iter().find(|(known, _)| known == name).map(|(_, location)| *location)
    }

    /// Makes another kind of an object.
    pub(super) fn set_kind(&mut self, id: ObjectId, kind: Kind<'m>) {
        self.heap[id.0 as usize].kind = kind;
    }

    /// What a program sees of an object's own properties.
    pub(super) fn properties(&self, id: ObjectId) -> Vec<(String, Value)> {
        let is_seen = |(name, _): &&(String, Value)| !name.starts_with("[[");
        self.object(id).properties.iter().filter(is_seen).cloned().collect()
    }

    /// The value of an object's own property.
    pub(super) fn property(&self, id: ObjectId, name: &str) -> Option<Value> {
        self.object(id).properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// The value of an object's own or inherited property.
    pub(super) fn inherited(&self, id: ObjectId, name: &str) -> Option<Value> {
        let mut id = id;
        for _ in 0..MOST_ANCESTORS {
            if let Some(value) = self.property(id, name) {
                return Some(value);
            }
            let Some(Value::Object(parent)) = self.property(id, PROTOTYPE) else { break };
            id = parent;
        }
        None
    }

    pub(super) fn set_property(&mut self, id: ObjectId, name: &str, value: Value) {
        self.note(Cell::Property(id, name.to_owned()));
        let properties = &mut self.heap[id.0 as usize].properties;
        match properties.iter_mut().find(|(known, _)| known == name) {
            Some((_, slot)) => *slot = value,
            None => properties.push((name.to_owned(), value)),
        }
    }

    /// The elements of an array or set.
    pub(super) fn elements(&self, id: ObjectId) -> Option<&[Value]> {
        match &self.object(id).kind {
            Kind::Array(elements) | Kind::Set(elements) => Some(elements),
            _ => None,
        }
    }

    /// Puts elements at the end of an array; how many there are then.
    pub(super) fn push(&mut self, id: ObjectId, more: Vec<Value>) -> usize {
        self.note(Cell::Elements(id));
        match &mut self.heap[id.0 as usize].kind {
            Kind::Array(elements) | Kind::Set(elements) => {
                elements.extend(more);
                elements.len()
            }
            _ => 0,
        }
    }

    pub(super) fn set_elements(&mut self, id: ObjectId, new: Vec<Value>) {
        self.note(Cell::Elements(id));
        if let Kind::Array(elements) | Kind::Set(elements) = &mut self.heap[id.0 as usize].kind {
            *elements = new;
        }
    }

    /// Begins a branch, or two that are run in turn; [`Memory::merge`] or [`Memory::keep`] ends it.
    pub(super) fn mark(&mut self) -> Mark {
        self.open.push(BTreeMap::new());
        Mark { heap: self.heap.len(), scopes: self.scopes.len() }
    }

    /// Takes back what was written since the branch that was begun last, and says what it was.
    pub(super) fn take_back(&mut self) -> Written {
        let before = self.open.last_mut().map(std::mem::take).unwrap_or_default();
        let written = before.keys().map(|cell| (cell.clone(), self.read(cell))).collect();
        for (cell, content) in before {
            self.write(&cell, content);
        }
        Written(written)
    }

    /// Ends the branch that was begun last; what it has written stays.
    pub(super) fn keep(&mut self) {
        let ended = self.open.pop().unwrap_or_default();
        if let Some(outer) = self.open.last_mut() {
            for (cell, before) in ended {
                outer.entry(cell).or_insert(before);
            }
        }
    }

    /// Writes what two branches since a mark have written: what the first did where the condition holds, else what the
    /// second did. What only one of them has made is as it has made it.
    ///
    /// Returns the places in which a choice between two values stands now.
    pub(super) fn merge(&mut self, mark: Mark, condition: &Condition, one: Written, mut other: Written) -> Vec<Cell> {
        self.keep();
        let mut joined = Vec::new();
        let mut pairs: Vec<(Cell, Option<Content>, Option<Content>)> = Vec::new();
        for (cell, content) in one.0 {
            let otherwise = other.0.remove(&cell);
            pairs.push((cell, Some(content), otherwise));
        }
        pairs.extend(other.0.into_iter().map(|(cell, content)| (cell, None, Some(content))));
        for (cell, then, otherwise) in pairs {
            if mark.is_before(&cell) {
                self.note(cell.clone());
                if let Some(content) = then.or(otherwise) {
                    self.write(&cell, content);
                }
                continue;
            }
            let then = then.unwrap_or_else(|| self.read(&cell));
            let otherwise = otherwise.unwrap_or_else(|| self.read(&cell));
            self.join(condition, &cell, then, otherwise);
            joined.push(cell);
        }
        joined
    }

    /// The value of a variable or property.
    pub(super) fn value_in(&self, cell: &Cell) -> Option<Value> {
        match self.read(cell) {
            Content::Value(value @ Value::Choice(..)) => Some(value),
            _ => None,
        }
    }

    /// Gives a list other elements, without a note of what they were since the last ones.
    pub(super) fn replace_elements(&mut self, id: ObjectId, new: Vec<Value>) {
        self.write(&Cell::Elements(id), Content::Elements(new));
    }

    /// Gives a variable or property another value, without a note of what it was since the last one.
    pub(super) fn replace_in(&mut self, cell: &Cell, value: Value) {
        self.write(cell, Content::Value(value));
    }

    fn join(&mut self, condition: &Condition, cell: &Cell, then: Content, otherwise: Content) {
        let joined = match (then, otherwise) {
            (Content::Elements(then), Content::Elements(otherwise)) => {
                let longest = then.len().max(otherwise.len());
                let at = |list: &[Value], index: usize| list.get(index).cloned().unwrap_or(Value::Undefined);
                let element = |index| choice(condition, at(&then, index), at(&otherwise, index));
                Content::Elements((0..longest).map(element).collect())
            }
            (then, otherwise) => Content::Value(choice(condition, then.value(), otherwise.value())),
        };
        self.note(cell.clone());
        self.write(cell, joined);
    }

    /// Keeps what is in a place, unless the branch at hand has written to it already: what is kept twice of a list that
    /// grows is as much as the square of its length.
    fn note(&mut self, cell: Cell) {
        if self.open.last().is_some_and(|known| !known.contains_key(&cell)) {
            let before = self.read(&cell);
            if let Some(known) = self.open.last_mut() {
                known.insert(cell, before);
            }
        }
    }

    fn read(&self, cell: &Cell) -> Content {
        let value = match cell {
            Cell::Variable(scope, name) => self.scopes[scope.0 as usize].names.get(name).cloned(),
            Cell::Property(id, name) => self.property(*id, name),
            Cell::Elements(id) => return Content::Elements(self.elements(*id).unwrap_or_default().to_vec()),
        };
        value.map_or(Content::Nothing, Content::Value)
    }

    fn write(&mut self, cell: &Cell, content: Content) {
        match (cell, content) {
            (Cell::Variable(scope, name), Content::Value(value)) => {
                self.scopes[scope.0 as usize].names.insert(name.clone(), value);
            }
            (Cell::Variable(scope, name), _) => drop(self.scopes[scope.0 as usize].names.remove(name)),
            (Cell::Property(id, name), content) => {
                let properties = &mut self.heap[id.0 as usize].properties;
                let at = properties.iter().position(|(known, _)| known == name);
                match (content, at) {
                    (Content::Value(value), Some(at)) => properties[at].1 = value,
                    (Content::Value(value), None) => properties.push((name.clone(), value)),
                    (_, Some(at)) => drop(properties.remove(at)),
                    (_, None) => {}
                }
            }
            (Cell::Elements(id), Content::Elements(new)) => {
                if let Kind::Array(elements) | Kind::Set(elements) = &mut self.heap[id.0 as usize].kind {
                    *elements = new;
                }
            }
            (Cell::Elements(_), _) => {}
        }
    }
}

impl Written {
    /// To how many places.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Mark {
    /// Whether something was made only since.
    fn is_before(self, cell: &Cell) -> bool {
        match cell {
            Cell::Variable(scope, _) => scope.0 as usize >= self.scopes,
            Cell::Property(id, _) | Cell::Elements(id) => id.0 as usize >= self.heap,
        }
    }
}

impl Content {
    fn value(self) -> Value {
        match self {
            Self::Value(value) => value,
            Self::Nothing | Self::Elements(_) => Value::Undefined,
        }
    }
}
