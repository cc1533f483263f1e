//! What a screen reader finds in a window: the objects of the accessibility bus, as lines of text.

use crate::Desktop;
use anyhow::{Context as _, Result, bail};
use serde::{Serialize, de::DeserializeOwned};
use zbus::{
    Connection,
    connection::Builder,
    zvariant::{DynamicType, OwnedObjectPath, Type, Value},
};

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const TEXT: &str = "org.a11y.atspi.Text";
/// The bus's own object, under which each program has one.
const REGISTRY: (&str, &str) = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root");
/// What stands for no object.
const NOTHING: &str = "/org/a11y/atspi/null";
/// What a page is called.
const DOCUMENT: &str = "document web";
/// Only hold others: where they say nothing themselves nobody hears of them.
const BOXES: &[&str] = &["section", "panel", "grouping", "filler"];
/// Of AT-SPI's states those that are read aloud, by their number. What has the focus is left out: that is where somebody was last.
const STATES: &[(u32, &str)] = &[
    (4, "checked"),
    (10, "expanded"),
    (11, "focusable"),
    (16, "modal"),
    (20, "pressed"),
    (23, "selected"),
    (33, "required"),
    (36, "invalid"),
    (42, "opens"),
];
/// Far more than a page has: a tree without an end is a mistake.
const OBJECTS_MAX: usize = 20_000;
/// Stands in a text for an object within it.
const OBJECT: char = '\u{fffc}';

/// An object of some program.
#[derive(Clone, Debug)]
struct Object {
    program: String,
    path: OwnedObjectPath,
}

/// A connection to the accessibility bus of a desktop that is read aloud.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
}

impl Reader {
    pub async fn connect(desktop: &Desktop) -> Result<Self> {
        let address = desktop.bus().accessibility().await?;
        let connection = Builder::address(address.as_str())?.build().await.context("the accessibility bus does not answer")?;
        Ok(Self { connection })
    }

    /// The page of the first window, a line for each object that says something, those within another one further in.
    pub async fn page(&self) -> Result<String> {
        let (program, path) = REGISTRY;
        let mut waiting = vec![(None, Object { program: program.to_owned(), path: OwnedObjectPath::try_from(path)? })];
        let (mut lines, mut outside, mut looked_at) = (Vec::new(), Vec::new(), 0);
        while let Some((level, object)) = waiting.pop() {
            looked_at += 1;
            if looked_at > OBJECTS_MAX {
                bail!("the page has more than {OBJECTS_MAX} objects");
            }
            let role: String = self.ask(&object, ACCESSIBLE, "GetRoleName", &()).await?;
            let within = match level {
                None if role == DOCUMENT && lines.is_empty() => Some(0),
                None => None,
                Some(level) => Some(level),
            };
            if within.is_none() {
                outside.push(format!("{role} {:?}", self.name(&object).await?));
            }
            let mut below = within;
            if let Some(level) = within
                && let Some(said) = self.says(&object, &role).await?
            {
                lines.push(format!("{}{said}", "  ".repeat(level)));
                below = Some(level + 1);
            }
            let children: Vec<(String, OwnedObjectPath)> = self.ask(&object, ACCESSIBLE, "GetChildren", &()).await?;
            let there = children.into_iter().rev().filter(|(_, path)| path.as_str() != NOTHING);
            waiting.extend(there.map(|(program, path)| (below, Object { program, path })));
        }
        if lines.is_empty() {
            bail!("no window has a page on the accessibility bus, only {outside:?}");
        }
        Ok(lines.join("\n") + "\n")
    }

    /// An object in one line; nothing for a box that says nothing.
    async fn says(&self, object: &Object, role: &str) -> Result<Option<String>> {
        let name = self.name(object).await?;
        let interfaces: Vec<String> = self.ask(object, ACCESSIBLE, "GetInterfaces", &()).await?;
        let text = if interfaces.iter().any(|one| one == TEXT) {
            self.ask::<String>(object, TEXT, "GetText", &(0_i32, -1_i32)).await?
        } else {
            String::new()
        };
        let text: String = text.chars().filter(|c| *c != OBJECT).collect();
        let (name, text) = (in_one_line(&name), in_one_line(&text));
        let states = self.states(object).await?;
        if BOXES.contains(&role) && name.is_empty() && text.is_empty() && states.is_empty() {
            return Ok(None);
        }
        let mut said = role.to_owned();
        if !name.is_empty() {
            said.push_str(&format!(" {name:?}"));
        }
        // Mostly it is what it is called by.
        if !text.is_empty() && text != name {
            said.push_str(&format!(": {text}"));
        }
        if !states.is_empty() {
            said.push_str(&format!(" [{}]", states.join(", ")));
        }
        Ok(Some(said))
    }

    async fn name(&self, object: &Object) -> Result<String> {
        let reply = self
            .connection
            .call_method(
                Some(object.program.as_str()),
                object.path.as_str(),
                Some("org.freedesktop.DBus.Properties"),
                "Get",
                &(ACCESSIBLE, "Name"),
            )
            .await?;
        let body = reply.body();
        match body.deserialize::<Value<'_>>()? {
            Value::Str(name) => Ok(name.as_str().to_owned()),
            other => bail!("a name is no text but {other:?}"),
        }
    }

    async fn states(&self, object: &Object) -> Result<Vec<&'static str>> {
        let bits: Vec<u32> = self.ask(object, ACCESSIBLE, "GetState", &()).await?;
        let has = |state: u32| bits.get((state / 32) as usize).is_some_and(|word| *word & (1_u32 << (state % 32)) != 0);
        Ok(STATES.iter().filter(|(state, _)| has(*state)).map(|(_, word)| *word).collect())
    }

    async fn ask<T: DeserializeOwned + Type>(
        &self,
        object: &Object,
        interface: &str,
        what: &str,
        with: &(impl Serialize + DynamicType),
    ) -> Result<T> {
        let reply = self.connection.call_method(Some(object.program.as_str()), object.path.as_str(), Some(interface), what, with).await?;
        let body = reply.body();
        Ok(body.deserialize::<T>()?)
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
