//! Which card stands under which id.

use super::{Card, Click, Place, service::Signal};
use hearth_protocol::ids::MessageId;
use std::collections::HashMap;

/// Services that never say that a card is gone must not fill the memory.
const CARDS_MAX: usize = 200;

/// The cards that are believed to stand on the screen or in its history.
#[derive(Default)]
pub struct Shown {
    cards: HashMap<u32, Standing>,
    tokens: HashMap<u32, String>,
}

struct Standing {
    place: Place,
    message: Option<MessageId>,
}

impl Shown {
    pub fn id(&self, place: Place) -> Option<u32> {
        self.cards.iter().find(|(_, card)| card.place == place).map(|(id, _)| *id)
    }

    pub fn ids(&self) -> impl Iterator<Item = u32> {
        self.cards.keys().copied()
    }

    pub fn keep(&mut self, id: u32, card: &Card) {
        if self.cards.len() >= CARDS_MAX {
            self.cards.clear();
            self.tokens.clear();
        }
        // The service may have given a new id after it was started anew.
        self.cards.retain(|_, standing| standing.place != card.place);
        self.cards.insert(id, Standing { place: card.place, message: card.message });
    }

    pub fn forget(&mut self, place: Place) -> Option<u32> {
        let id = self.id(place)?;
        self.cards.remove(&id);
        Some(id)
    }

    /// Takes a signal in, of whichever app: only ids of ours mean something.
    pub fn heard(&mut self, signal: Signal) -> Option<Click> {
        match signal {
            Signal::Token { id, token } => {
                if self.cards.contains_key(&id) {
                    self.tokens.insert(id, token);
                }
                None
            }
            Signal::Clicked { id } => {
                let card = self.cards.remove(&id)?;
                Some(Click { place: card.place, message: card.message, token: self.tokens.remove(&id), answer: None })
            }
            Signal::Answered { id, text } => {
                let card = self.cards.remove(&id)?;
                self.tokens.remove(&id);
                // Nothing but blanks is nothing said.
                let answer = Some(text).filter(|text| !text.trim().is_empty())?;
                Some(Click { place: card.place, message: card.message, token: None, answer: Some(answer) })
            }
            Signal::Closed { id } => {
                self.cards.remove(&id);
                self.tokens.remove(&id);
                None
            }
            Signal::Restarted => {
                *self = Self::default();
                None
            }
        }
    }
}
