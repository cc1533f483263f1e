//! What the simulator knows to be true: who made what, what the server applied, who is where.

mod accounts;
mod told;

use crate::acts::{Expect, act};
use hearth_protocol::{
    Pos,
    body::Body,
    error::{ErrorClass, ErrorCode},
    ids::{CollectionId, ConversationId, GroupId, MutationId, SessionId, UserId},
    mutation::{Acked, Outcome},
    mutations::{Intent, RemoveMember, SendMessage},
};
use hearth_server::inside::AccountStanding;
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
    /// The person has tried it again or given it up: its place in the lane is no longer a promise.
    pub touched: bool,
    /// The person gave it up, or a later one replaced it.
    pub dropped: bool,
    /// Its device knows that it was applied.
    pub heard: bool,
    /// After a restored backup, what it is done to was not there: others of its lane may pass it.
    pub late: bool,
    /// The server has refused it for good, which its device may not have heard: what was made later does not wait for it.
    pub refused: bool,
}

/// What the server holds; a backup is a copy of this.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    pub applied: BTreeSet<MutationId>,
    pub members: BTreeMap<ConversationId, BTreeSet<UserId>>,
    /// Who is in which group.
    pub groups: BTreeMap<GroupId, BTreeSet<UserId>>,
    /// Who is whose contact.
    pub contacts: BTreeSet<(UserId, UserId)>,
    /// Who has blocked whom.
    pub blocks: BTreeSet<(UserId, UserId)>,
    /// Nobody is in these ever again.
    pub deleted_groups: BTreeSet<GroupId>,
    /// Nor in these.
    pub deleted_conversations: BTreeSet<ConversationId>,
    pub sent: BTreeMap<MutationId, (ConversationId, UserId)>,
    /// What was scheduled, also what was sent or given up since.
    pub scheduled: BTreeMap<MutationId, Scheduled>,
    pub markers: BTreeMap<(UserId, ConversationId), Pos>,
    /// Who has starred what, also of what is deleted by now.
    pub stars: BTreeSet<(UserId, MutationId)>,
    /// The mutations by which that came about.
    pub starred_by: BTreeSet<MutationId>,
    /// Who has hidden what for themselves, also of what is deleted by now.
    pub hidden: BTreeSet<(UserId, MutationId)>,
    /// The mutations by which that came about.
    pub hidden_by: BTreeSet<MutationId>,
    /// Whose collections there are, by name; `None`: deleted.
    pub collections: BTreeMap<(UserId, CollectionId), Option<String>>,
    /// What is in them, also of what is deleted by now.
    pub collected: BTreeSet<(UserId, CollectionId, MutationId)>,
    /// The mutations by which that came about.
    pub collected_by: BTreeSet<MutationId>,
    /// Who has said something in which thread.
    pub said_in: BTreeSet<(UserId, MutationId)>,
    /// Who has ever left which.
    pub left_threads: BTreeSet<(UserId, MutationId)>,
    /// Who was ever taken out of which conversation, or of a group: the threads there are over for them then.
    pub taken_out: BTreeSet<(UserId, Option<ConversationId>)>,
    /// How many places of conversations are taken, by messages and by what happened to them.
    pub taken: BTreeMap<ConversationId, Pos>,
    /// Where messages stand.
    pub places: BTreeMap<MutationId, Pos>,
    /// Texts that messages were given later, by revision.
    pub edits: BTreeMap<MutationId, BTreeMap<u32, Body>>,
    pub deleted: BTreeSet<MutationId>,
    /// What was ever said of somebody's emoji on a message; in which order, two devices may hear differently.
    pub reactions: BTreeMap<(MutationId, UserId, String), Reaction>,
    /// Ids that were taken back before anything of them arrived.
    pub cancelled: BTreeSet<MutationId>,
    /// Of these, those that the server need not keep any more.
    pub purged: BTreeSet<MutationId>,
    /// The places that somebody may see of a group, `[from, to)`, as the server has them; of what is not named, all.
    pub windows: BTreeMap<(UserId, ConversationId), Windows>,
    /// From where on conversations are kept; of what is not named, all.
    pub retained: BTreeMap<ConversationId, Pos>,
    /// How accounts stand, once anybody has done anything to one; until then as in the template.
    pub accounts: BTreeMap<UserId, AccountStanding>,
    /// What people have changed their passwords to.
    pub passwords: BTreeMap<UserId, String>,
}

/// A message that the server is to send at its time.
#[derive(Clone, Debug)]
pub struct Scheduled {
    pub conversation: ConversationId,
    pub by: UserId,
    /// As it is from this revision on.
    pub body: Body,
    pub revision: u32,
    pub given_up: bool,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Reaction {
    pub put: bool,
    pub taken_back: bool,
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
    /// Messages that were deleted or given up by a server that was set back since.
    pub gone_once: BTreeSet<MutationId>,
    /// What was scheduled in a backup and given up after it, before the server was set back to it.
    pub given_up_once: BTreeSet<MutationId>,
    /// Sessions after whose end nothing may be told.
    pub ended: BTreeSet<SessionId>,
    /// Who at some time was not to see all of a conversation, or was taken out of it.
    pub bounded: BTreeSet<(UserId, ConversationId)>,
    /// Somebody was taken out of a group.
    pub out_of_group: bool,
    /// Direct conversations of two of whom one wanted to block the other at some time: what is said there may be refused.
    pub parted: BTreeSet<ConversationId>,
    /// Whose account was deleted or waited at some time.
    pub gone: BTreeSet<UserId>,
    /// Whose role on the server allowed less at some time than it had.
    pub demoted: BTreeSet<UserId>,
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
                if self.cancelled.contains(&acked.id) {
                    return Err(format!("{:?} was applied after it was taken back", made.intent));
                }
                if made.expect == Expect::Refused {
                    return Err(format!("{:?} was applied and must not be", made.intent));
                }
                if !self.applied.contains(&acked.id) {
                    self.check_rights(by, &made.intent)?;
                }
                if let Some(later) = self.overtaken_by(&made).filter(|_| !self.applied.contains(&acked.id)) {
                    return Err(format!("{:?} was made before {:?}, and applied after it", made.intent, later.intent));
                }
                let rows = parts.iter().flat_map(|part| &part.rows);
                let place = rows.filter(|row| row.data.key().id == acked.id.to_string()).find_map(|row| row.data.pos());
                // An answer that is given again says what was done then, not that it is done now.
                let first = self.applied.insert(acked.id);
                self.lost.remove(&acked.id);
                if first {
                    if let Some(conversation) =
                        made.intent.lane().conversation().filter(|_| place.is_some() || self.leaves(by, &made.intent))
                    {
                        *self.taken.entry(conversation).or_default() += 1;
                    }
                    act(&made.intent).applied(self, acked.id, by);
                }
                self.places.extend(place.map(|pos| (acked.id, pos)));
            }
            Outcome::Refused(error) if error.class() == ErrorClass::Retry => {}
            Outcome::Refused(error) if error.code == ErrorCode::Cancelled => {
                if self.applied.contains(&acked.id) {
                    return Err(format!("{:?} was applied, and the server says that it was taken back", made.intent));
                }
                self.cancelled.insert(acked.id);
            }
            Outcome::Refused(error) => {
                if error.code == ErrorCode::NotFound && self.lost.contains(&acked.id) {
                    self.missed(acked.id, &made)?;
                }
                let excused = self.may_be_barred(&made.intent) || self.may_lack_rights(by, &made.intent, error.code);
                if made.expect == Expect::Applied && !self.restored && !excused {
                    return Err(format!("{:?} was refused: {error}", made.intent));
                }
                if let Some(made) = self.made.get_mut(&acked.id) {
                    made.refused = true;
                }
            }
        }
        Ok(())
    }

    /// That somebody left takes a place, which their answer does not tell them.
    fn leaves(&self, by: UserId, intent: &Intent) -> bool {
        let is_in = |conversation| self.members.get(conversation).is_some_and(|members| members.contains(&by));
        matches!(intent, Intent::RemoveMember(RemoveMember { conversation, member }) if *member == by && is_in(conversation))
    }

    /// What was lost came again, and there was nothing to do it to.
    fn missed(&mut self, id: MutationId, made: &Made) -> Result<(), String> {
        if let Intent::SendMessage(SendMessage { conversation, reply_to: None, thread_root: None, .. }) = &made.intent {
            let is_in = self.members.get(conversation).is_some_and(|members| members.contains(&made.by));
            if is_in && !self.bounded.contains(&(made.by, *conversation)) && !self.parted.contains(conversation) {
                return Err(format!("{:?} was sent again, and refused although its author is there", made.intent));
            }
        }
        if let Some(made) = self.made.get_mut(&id) {
            made.late = true;
        }
        Ok(())
    }

    /// Whether a block may stand in its way: in a direct conversation, or where it names people.
    fn may_be_barred(&self, intent: &Intent) -> bool {
        match intent {
            Intent::CreateConversation(_) | Intent::CreateChannel(_) | Intent::SetChannelPrivate(_) => !self.parted.is_empty(),
            Intent::AddMembers(_) | Intent::AddGroupMembers(_) => !self.parted.is_empty(),
            _ => intent.lane().conversation().is_some_and(|conversation| self.parted.contains(&conversation)),
        }
    }

    /// Whether one of the two has blocked the other.
    pub fn is_barred(&self, one: UserId, other: UserId) -> bool {
        self.blocks.contains(&(one, other)) || self.blocks.contains(&(other, one))
    }

    /// A mutation that was made later in the same lane, and was applied first.
    fn overtaken_by(&self, made: &Made) -> Option<&Made> {
        if made.refused {
            return None;
        }
        let lane = made.intent.lane();
        // Marks of what has come are made by the replica itself, and seen here only when they go out.
        let marks = |made: &Made| matches!(made.intent, Intent::MarkDelivered(_));
        let in_lane = |other: &&Made| other.device == made.device && other.intent.lane() == lane && !marks(other);
        // What was tried again by hand comes late, and so does what needs it.
        if self.made.values().filter(in_lane).any(|other| other.n <= made.n && (other.touched || other.late)) {
            return None;
        }
        let applied = self.applied.iter().filter_map(|id| self.made.get(id));
        applied.filter(in_lane).find(|other| other.n > made.n)
    }

    /// The person wants a mutation back: whether it arrives, and what builds on it, is open from here on.
    pub fn wanted_back(&mut self, id: MutationId) {
        let Some((device, lane)) = self.made.get(&id).map(|made| (made.device, made.intent.lane())) else { return };
        for made in self.made.values_mut().filter(|made| made.device == device && made.intent.lane() == lane) {
            if made.expect == Expect::Applied {
                made.expect = Expect::Either;
            }
        }
        if let Some(made) = self.made.get_mut(&id) {
            made.touched = true;
        }
    }

    /// It goes out again as something new.
    pub fn renewed(&mut self, old: MutationId, new: MutationId) {
        for (id, other) in &mut self.made {
            if let Intent::SendMessage(reply) = &mut other.intent
                && reply.reply_to == Some(old)
                && !self.truth.applied.contains(id)
            {
                reply.reply_to = Some(new);
            }
        }
        let Some(made) = self.made.get_mut(&old) else { return };
        let again = Made { touched: true, dropped: false, heard: false, ..made.clone() };
        made.dropped = true;
        self.made.insert(new, again);
    }

    /// The server has forgotten what was deleted.
    pub fn forget(&mut self) {
        let deleted = self.deleted.clone();
        self.purged.extend(deleted);
    }

    /// Whether the server has forgotten messages of a conversation.
    pub fn is_purged(&self, conversation: ConversationId) -> bool {
        self.purged.iter().any(|id| self.sent.get(id).is_some_and(|(sent_in, _)| *sent_in == conversation))
    }

    pub fn truth(&self) -> Truth {
        self.truth.clone()
    }

    /// The server's database is this one now.
    pub fn restore(&mut self, truth: Truth) {
        let lost: Vec<MutationId> = self.truth.applied.difference(&truth.applied).copied().collect();
        self.lost.extend(lost);
        self.restored = true;
        let given_up =
            self.sent.iter().filter(|(id, (conversation, _))| self.places.get(id).is_some_and(|pos| self.is_given_up(*conversation, *pos)));
        let gone: Vec<MutationId> = given_up.map(|(id, _)| *id).chain(self.deleted.iter().copied()).collect();
        self.gone_once.extend(gone);
        let waits = |id: &MutationId| truth.scheduled.get(id).is_some_and(|scheduled| !scheduled.given_up) && !truth.sent.contains_key(id);
        let given_up: Vec<MutationId> =
            self.scheduled.iter().filter(|(id, scheduled)| scheduled.given_up && waits(id)).map(|(id, _)| *id).collect();
        self.given_up_once.extend(given_up);
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

    /// Who is in which group, as the server has it now.
    pub fn set_groups(&mut self, now: Vec<(UserId, GroupId)>) {
        let before: usize = self.groups.values().map(BTreeSet::len).sum();
        let known = now.iter().filter(|(user, group)| self.groups.get(group).is_some_and(|members| members.contains(user))).count();
        self.out_of_group |= known < before;
        self.groups.values_mut().for_each(BTreeSet::clear);
        for (user, group) in now {
            self.groups.entry(group).or_default().insert(user);
        }
    }

    /// A deleted group or conversation has nobody, and every other group that has somebody has one owner.
    pub fn check_groups(&self, owners: &[(UserId, GroupId)]) -> Result<(), String> {
        for conversation in &self.deleted_conversations {
            if let Some(people) = self.members.get(conversation).filter(|people| !people.is_empty()) {
                return Err(format!("{conversation} was deleted, and {} are in it", people.len()));
            }
        }
        for (group, people) in self.groups.iter().filter(|(_, people)| !people.is_empty()) {
            if self.deleted_groups.contains(group) {
                return Err(format!("{group} was deleted, and {} are in it", people.len()));
            }
            let owners = owners.iter().filter(|(_, owned)| owned == group).count();
            if owners != 1 {
                return Err(format!("{group} has {owners} owners"));
            }
        }
        Ok(())
    }
}
