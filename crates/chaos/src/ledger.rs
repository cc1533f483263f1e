//! What people were promised, held against what is there in the end.

use crate::talk::Line;
use anyhow::{Result, bail, ensure};
use hearth_protocol::{Pos, ids::MessageId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The messages of one conversation; each text is written once.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In the order in which each person wrote them; the app may have died before it answered.
    tried: HashMap<String, Vec<String>>,
    /// The app said that it is safe.
    accepted: BTreeMap<String, MessageId>,
    /// Somebody saw that the server has it, there.
    placed: HashMap<MessageId, Pos>,
}

impl Ledger {
    /// The next text of this person, which is being handed to their app now.
    pub fn next(&mut self, person: &str) -> String {
        let tried = self.tried.entry(person.to_owned()).or_default();
        let text = format!("{person} says number {}, and some more words so that pages fill up", tried.len());
        tried.push(text.clone());
        text
    }

    /// The app has answered.
    pub fn accept(&mut self, text: &str, id: MessageId) {
        self.accepted.insert(text.to_owned(), id);
    }

    pub fn accepted(&self) -> usize {
        self.accepted.len()
    }

    /// What an app shows as sent has its place for ever.
    ///
    /// # Errors
    /// It had another one before.
    pub fn see(&mut self, lines: &[Line]) -> Result<()> {
        for line in lines {
            let Some(pos) = line.pos else { continue };
            let known = *self.placed.entry(line.id).or_insert(pos);
            ensure!(known == pos, "the message {:?} was acknowledged at place {known} and is at {pos} now", line.text);
        }
        Ok(())
    }

    /// A new epoch gives places anew.
    pub fn forget_places(&mut self) {
        self.placed.clear();
    }

    /// Whether a text was accepted and is not in these lines.
    pub fn missing(&self, lines: &[Line]) -> Vec<String> {
        let there: BTreeSet<_> = lines.iter().map(|line| line.text.as_str()).collect();
        self.accepted.keys().filter(|text| !there.contains(text.as_str())).cloned().collect()
    }

    /// Everything accepted is there once under its id, nothing else is there twice or unknown, what was acknowledged is where it was,
    /// and each person's messages are in their order.
    pub fn check(&mut self, lines: &[Line]) -> Result<()> {
        self.see(lines)?;
        let missing = self.missing(lines);
        ensure!(missing.is_empty(), "{} accepted messages are lost, the first is {:?}", missing.len(), missing.first());
        self.check_present(lines)
    }

    /// The same without asking that everything is there.
    pub fn check_present(&self, lines: &[Line]) -> Result<()> {
        let mut places: HashMap<&str, Pos> = HashMap::new();
        for line in lines {
            let Some(pos) = line.pos else { bail!("{:?} is still not sent", line.text) };
            ensure!(places.insert(&line.text, pos).is_none(), "{:?} is there twice", line.text);
            if let Some(id) = self.accepted.get(&line.text) {
                ensure!(*id == line.id, "{:?} is there under another id", line.text);
            }
        }
        let mut known = 0;
        for (person, tried) in &self.tried {
            let order: Vec<Pos> = tried.iter().filter_map(|text| places.get(text.as_str()).copied()).collect();
            known += order.len();
            ensure!(order.is_sorted(), "the messages of {person} are not in the order in which they were written");
        }
        ensure!(known == lines.len(), "{} messages are there that nobody wrote", lines.len() - known);
        let mut places: Vec<Pos> = lines.iter().filter_map(|line| line.pos).collect();
        places.sort_unstable();
        ensure!(places.iter().zip(1..).all(|(pos, expected)| *pos == expected), "the places are not dense: {places:?}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn line(text: &str, id: MessageId, pos: Pos) -> Line {
        Line { id, pos: Some(pos), at: 0, text: text.into() }
    }

    #[test]
    fn loss_repetition_and_disorder_are_found() {
        let mut ledger = Ledger::default();
        let (first, second) = (ledger.next("Ada"), ledger.next("Ada"));
        let (a, b) = (MessageId::new(), MessageId::new());
        ledger.accept(&first, a);
        ledger.check(&[line(&first, a, 1)]).unwrap();
        ledger.check(&[line(&first, a, 1), line(&second, b, 2)]).unwrap();
        let told = |result: Result<()>| result.unwrap_err().to_string();
        assert!(told(ledger.check(&[line(&second, b, 2)])).contains("lost"));
        assert!(told(ledger.check(&[line(&first, a, 1), line(&first, b, 2)])).contains("twice"));
        assert!(told(ledger.check(&[line(&first, a, 2)])).contains("at place 1"));
        assert!(told(ledger.check_present(&[line(&first, a, 2), line(&second, b, 1)])).contains("order"));
        assert!(told(ledger.check_present(&[line("strange", b, 1)])).contains("nobody wrote"));
    }
}
