//! What a screen reader finds in a window: the objects of the accessibility bus, as lines of text.

mod roles;

use crate::Desktop;
use anyhow::{Context as _, Result, bail};
use roles::ROLES;
use serde::{Serialize, de::DeserializeOwned};
use zbus::{
    Connection,
    connection::Builder,
    zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type},
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
            let number: u32 = self.ask(&object, ACCESSIBLE, "GetRole", &()).await?;
            let role = *ROLES.get(number as usize).with_context(|| format!("there is no role {number}"))?;
            let within = match level {
                None if role == DOCUMENT && lines.is_empty() => Some(0),
                None => None,
                Some(level) => Some(level),
            };
            if within.is_none() {
                outside.push(format!("{role} {:?}", self.property::<String>(&object, "Name").await?));
            }
            let mut below = within;
            if let Some(level) = within
                && let Some(said) = self.says(&object, role).await?
            {
                lines.push(format!("{}{said}", "  ".repeat(level)));
                below = Some(level + 1);
            }
            waiting.extend(self.children(&object).await?.into_iter().rev().map(|child| (below, child)));
        }
        if lines.is_empty() {
            bail!("no window has a page on the accessibility bus, only {outside:?}");
        }
        Ok(lines.join("\n") + "\n")
    }

    async fn children(&self, object: &Object) -> Result<Vec<Object>> {
        let mut children: Vec<(String, OwnedObjectPath)> = self.ask(object, ACCESSIBLE, "GetChildren", &()).await?;
        if children.is_empty() && self.property::<i32>(object, "ChildCount").await? > 0 {
            // Of what another process draws, as a page, GTK tells only by its place.
            children.push(self.ask(object, ACCESSIBLE, "GetChildAtIndex", &0_i32).await?);
        }
        let there = children.into_iter().filter(|(_, path)| path.as_str() != NOTHING);
        Ok(there.map(|(program, path)| Object { program, path }).collect())
    }

    /// An object in one line; nothing for a box that says nothing.
    async fn says(&self, object: &Object, role: &str) -> Result<Option<String>> {
        let name = self.property::<String>(object, "Name").await?;
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

    async fn property<T: TryFrom<OwnedValue>>(&self, object: &Object, property: &str) -> Result<T>
    where
        T::Error: Into<zbus::zvariant::Error>,
    {
        let reply = self
            .connection
            .call_method(
                Some(object.program.as_str()),
                object.path.as_str(),
                Some("org.freedesktop.DBus.Properties"),
                "Get",
                &(ACCESSIBLE, property),
            )
            .await?;
        let value: OwnedValue = reply.body().deserialize()?;
        T::try_from(value).map_err(|error| error.into().into())
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
