//! What the simulator knows to be true: who made what, what the server applied, who is where.

use crate::acts::{Expect, act};
use hearth_protocol::{
    Pos,
    body::Body,
    error::ErrorClass,
    ids::{ConversationId, MutationId, SessionId, UserId},
    mutation::{Acked, Outcome},
    mutations::Intent,
    stream::StreamId,
};
use std::collections::{BTreeMap, BTreeSet};

/// A mutation that somebody made: their device's disk has taken it.
#[derive(Clone, Debug)]
pub struct Made {
    pub device: usize,
    pub by: UserId,
    /// The order on this device.
    pub n: u64,
    pub intent: Intent,
    pub expect: Expect,
    /// The person has tried it again or given it up, or something of its lane was under way when the server refused it for now: its
    /// place in the lane is no longer a promise.
    pub touched: bool,
    /// The server has refused it for now, and its device has not heard so.
    pub refused_unheard: bool,
    /// The person gave it up, or a later one replaced it.
    pub dropped: bool,
}

/// What the server holds; a backup is a copy of this.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    pub applied: BTreeSet<MutationId>,
    pub members: BTreeMap<ConversationId, BTreeSet<UserId>>,
    pub sent: BTreeMap<MutationId, (ConversationId, UserId)>,
    pub markers: BTreeMap<(UserId, ConversationId), Pos>,
    /// Where messages stand.
    pub places: BTreeMap<MutationId, Pos>,
    /// Texts that messages were given later, by revision.
    pub edits: BTreeMap<MutationId, BTreeMap<u32, Body>>,
    pub deleted: BTreeSet<MutationId>,
    /// The places that somebody may see of a group, `[from, to)`, as the server has them; of what is not named, all.
    pub windows: BTreeMap<(UserId, ConversationId), Windows>,
    /// From where on conversations are kept; of what is not named, all.
    pub retained: BTreeMap<ConversationId, Pos>,
}

/// Places `[from, to)`; without an end the window is open.
pub type Windows = Vec<(Pos, Option<Pos>)>;

#[derive(Default)]
pub struct Model {
    pub made: BTreeMap<MutationId, Made>,
    truth: Truth,
    /// What a restored backup took.
    pub lost: BTreeSet<MutationId>,
    pub restored: bool,
    /// Sessions after whose end nothing may be told.
    pub ended: BTreeSet<SessionId>,
    /// Who at some time was not to see all of a conversation, or was taken out of it.
    pub bounded: BTreeSet<(UserId, ConversationId)>,
}

impl std::ops::Deref for Model {
    type Target = Truth;
    fn deref(&self) -> &Truth {
        &self.truth
    }
}

impl std::ops::DerefMut for Model {
    fn deref_mut(&mut self) -> &mut Truth {
        &mut self.truth
    }
}

impl Model {
    /// The server has answered, whether or not anybody hears it.
    pub fn answered(&mut self, by: UserId, acked: &Acked) -> Result<(), String> {
        let Some(made) = self.made.get(&acked.id).cloned() else { return Err(format!("{} was answered, and nobody made it", acked.id)) };
        match &acked.outcome {
            Outcome::Applied(parts) => {
                if made.expect == Expect::Refused {
                    return Err(format!("{:?} was applied and must not be", made.intent));
                }
                self.overtake(&made);
                self.applied.insert(acked.id);
                self.lost.remove(&acked.id);
                act(&made.intent).applied(self, acked.id, by);
                let rows = parts.iter().flat_map(|part| &part.rows);
                let place = rows.filter(|row| row.data.key().id == acked.id.to_string()).find_map(|row| row.data.pos());
                self.places.extend(place.map(|pos| (acked.id, pos)));
            }
            Outcome::Refused(error) if error.class() == ErrorClass::Retry => {
                if let Some(made) = self.made.get_mut(&acked.id) {
                    made.refused_unheard = true;
                }
            }
            Outcome::Refused(error) => {
                if made.expect == Expect::Applied && !self.restored {
                    return Err(format!("{:?} was refused: {error}", made.intent));
                }
            }
        }
        Ok(())
    }

    /// What follows a mutation in its lane may be under way when that is refused for now, and is applied before it.
    fn overtake(&mut self, later: &Made) {
        let lane = later.intent.lane();
        for made in self.made.values_mut().filter(|made| made.device == later.device && made.n < later.n && made.intent.lane() == lane) {
            made.touched |= made.refused_unheard;
        }
    }

    /// A device hears that a mutation was refused for now. `others`: what else of it is under way.
    pub fn heard_refusal(&mut self, id: MutationId, others: &[MutationId]) {
        let Some(lane) = self.made.get(&id).map(|made| made.intent.lane()) else { return };
        let followed = others.iter().filter_map(|other| self.made.get(other)).any(|other| other.intent.lane() == lane);
        if let Some(made) = self.made.get_mut(&id) {
            made.touched |= followed;
            made.refused_unheard = false;
        }
    }

    pub fn truth(&self) -> Truth {
        self.truth.clone()
    }

    /// The server's database is this one now.
    pub fn restore(&mut self, truth: Truth) {
        let lost: Vec<MutationId> = self.truth.applied.difference(&truth.applied).copied().collect();
        self.lost.extend(lost);
        self.restored = true;
        self.truth = truth;
    }

    /// Who is where, as the server has it now.
    pub fn set_sights(&mut self, sights: Vec<(UserId, ConversationId, Windows)>) {
        let before: Vec<(UserId, ConversationId)> =
            self.members.iter().flat_map(|(id, members)| members.iter().map(|user| (*user, *id))).collect();
        self.members.values_mut().for_each(BTreeSet::clear);
        self.windows.clear();
        for (user, conversation, windows) in sights {
            self.members.entry(conversation).or_default().insert(user);
            if windows != [(1, None)] {
                self.bounded.insert((user, conversation));
                self.windows.insert((user, conversation), windows);
            }
        }
        let gone = before.into_iter().filter(|(user, id)| !self.members.get(id).is_some_and(|members| members.contains(user)));
        let gone: Vec<_> = gone.collect();
        self.bounded.extend(gone);
    }

    /// What a message says by now: `None` once it is deleted.
    pub fn text(&self, message: MutationId) -> Option<&Body> {
        if self.deleted.contains(&message) {
            return None;
        }
        let edited = self.edits.get(&message).and_then(|edits| edits.values().next_back());
        edited.or_else(|| match &self.made.get(&message)?.intent {
            Intent::SendMessage(intent) => Some(&intent.body),
            _ => None,
        })
    }

    /// How often it was edited.
    pub fn revision(&self, message: MutationId) -> u32 {
        self.edits.get(&message).and_then(|edits| edits.keys().next_back()).copied().unwrap_or(0)
    }

    /// Whether a place of a conversation was given up.
    pub fn is_given_up(&self, conversation: ConversationId, pos: Pos) -> bool {
        self.retained.get(&conversation).is_some_and(|retained| pos < *retained)
    }

    /// Whether a place of a conversation may be seen by somebody who is in it.
    pub fn in_window(&self, user: UserId, conversation: ConversationId, pos: Pos) -> bool {
        let windows = self.windows.get(&(user, conversation));
        !self.is_given_up(conversation, pos)
            && windows.is_none_or(|windows| windows.iter().any(|(from, to)| *from <= pos && to.is_none_or(|to| pos < to)))
    }

    pub fn may_see(&self, user: UserId, stream: StreamId) -> bool {
        match stream {
            StreamId::User(owner) => owner == user,
            StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => {
                self.members.get(&id).is_some_and(|members| members.contains(&user))
            }
        }
    }
}
