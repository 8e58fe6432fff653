//! The schema that editors check the file by, made from the table of keys and held fresh.

use serde_json::{Map, Value, json};

use super::SCHEMA;
use super::keys::{KEYS, Key, LEVELS, Shape, Text};
use crate::rules::catalogue;

fn made() -> String {
    let mut schema = object(KEYS);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = "corslint.toml".into();
    schema["definitions"] = json!({
        "level": { "enum": LEVELS },
    });
    let json = serde_json::to_string_pretty(&schema).expect("has text keys alone");
    format!("{json}\n")
}

fn object(keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut schema = value(&key.shape);
        schema["description"] = key.doc.into();
        (key.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Word(words) if *words == LEVELS => json!({ "allOf": [{ "$ref": "#/definitions/level" }] }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Text(wanted) => text(*wanted),
        Shape::Answer => json!({ "anyOf": [
            { "type": "integer", "minimum": 100, "maximum": 599 },
            { "const": "missing" },
        ]}),
        Shape::List(wanted) => json!({ "type": "array", "items": text(*wanted) }),
        Shape::Table(keys) => object(keys),
        Shape::Tables(keys) => json!({ "type": "array", "items": object(keys) }),
        Shape::Names(wanted) => json!({ "type": "object", "additionalProperties": text(*wanted) }),
        Shape::Seconds => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Shape::Rules | Shape::Levels => rules(shape),
    }
}

fn rules(shape: &Shape) -> Value {
    let rule = |entry: &catalogue::Entry| {
        let one = [json!({ "$ref": "#/definitions/level" }), object(shape.keys_of(&entry.id))];
        (entry.id.clone(), json!({ "description": entry.title, "anyOf": one }))
    };
    let properties: Map<String, Value> = catalogue::entries().iter().map(rule).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// What a text has to be is told only as far as a simple pattern does; the program itself says more.
fn text(wanted: Text) -> Value {
    let pattern = match wanted {
        Text::Any => return json!({ "type": "string" }),
        Text::Path | Text::Present | Text::Glob => r"\S",
        Text::Origin => r"^[a-z][a-z0-9+.-]*://[^/*A-Z\s]+$",
        Text::Page => r"^(null|[a-z][a-z0-9+.-]*://[^/*A-Z\s]+)$",
        Text::Upstream => r"^([hH][tT][tT][pP][sS]?://)?[^/\s]+/?$",
        Text::Url => r"^(/|[hH][tT][tT][pP][sS]?://)",
        Text::Method => r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
        Text::Header => r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+(:.*)?$",
    };
    json!({ "type": "string", "pattern": pattern })
}

#[test]
fn the_schema_is_that_of_the_table() {
    let made = made();
    if made == SCHEMA {
        return;
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/schema.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        return std::fs::write(file, made).expect("file can be written");
    }
    panic!(
        "src/config/schema.json is not what the table of keys gives; `UPDATE_DOCS=1 cargo test --lib schema` writes it"
    );
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&made()).expect("is JSON");
    jsonschema::draft7::meta::validate(&schema).expect("is a schema");
    let validator = jsonschema::draft7::new(&schema).expect("is a schema");
    let takes = |text: &str| {
        let instance: Value = toml::from_str(text).expect("is TOML");
        validator.is_valid(&instance)
    };
    let sample = super::tests::uncommented();
    assert!(takes(&sample), "{sample}");
    for good in ["", "[rules.missing-vary]\nseverity = \"off\"", "[[expect]]\nurl='/'\norigin='null'\nallow=false"] {
        assert!(takes(good), "{good}");
    }
    for bad in [
        "excludes = []",
        "exclude = [1]",
        "fail-on = \"off\"",
        "rules.missing-varry = \"off\"",
        "rules.missing-vary = \"never\"",
        "rules.missing-vary.level = \"off\"",
        "rules.missing-vary.limit = 5",
        "rules.excessive-max-age.limit = -5",
        "[[override]]\npaths = []\nrules.excessive-max-age.limit = 5",
        "trust.origins = [\"https://*.example.com\"]",
        "[[expect]]\nurl = \"/\"\norigin = \"null\"",
        "[[expect]]\nurl = \"/\"\norigin = \"null\"\nallow = true\nanswer = 99",
    ] {
        assert!(!takes(bad), "{bad}");
    }
}
