//! Who is here at this moment: who has a socket open, and is away when all their apps say that nobody touches them. In memory alone, told
//! to the sockets that watch, and found out with the heartbeat: who is back before it comes was never gone.

use super::{Fanout, socket::SocketQueue, text};
use hearth_protocol::{
    frame::ServerFrame,
    ids::UserId,
    presence::{Presence, PresenceOf},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering::SeqCst},
};

/// Whom one socket watches.
#[derive(Default)]
pub(super) struct Watching(Mutex<State>);

#[derive(Default)]
struct State {
    /// Counts the changes of what this person may see.
    ver: u64,
    /// What was told last of each.
    told: BTreeMap<UserId, Presence>,
}

impl Watching {
    pub fn ver(&self) -> u64 {
        self.state().ver
    }

    fn forget(&self) {
        let mut state = self.state();
        state.ver += 1;
        state.told.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fanout {
    /// Whether nobody touches the app behind this socket.
    pub fn set_idle(&self, socket: &SocketQueue, idle: bool) {
        socket.idle.store(idle, SeqCst);
        self.doors.stirred.store(true, SeqCst);
    }

    /// Tells a socket how these people are, and of those whom it may know of from now on when that changes. Nothing if that is somebody else
    /// since `ver`: then it has been told to ask again.
    pub fn watch(&self, socket: &SocketQueue, ver: u64, (people, hidden): (&[UserId], &[UserId])) {
        let present = self.present();
        let mut watching = socket.watching.state();
        if watching.ver != ver {
            return;
        }
        watching.told = people.iter().map(|user| (*user, how(&present, *user))).collect();
        let told = watching.told.iter().map(|(user, presence)| PresenceOf { user: *user, presence: *presence });
        let hidden = hidden.iter().map(|user| PresenceOf { user: *user, presence: Presence::Unknown });
        if !tell(socket, told.chain(hidden).collect()) {
            watching.told.values_mut().for_each(|told| *told = Presence::Unknown);
            self.doors.stirred.store(true, SeqCst);
        }
    }

    /// What these people may see of others is different now: whom their apps watch is forgotten until they ask again.
    pub fn unwatch<'a>(&self, people: impl IntoIterator<Item = &'a UserId>) {
        let open = self.doors.open();
        for socket in people.into_iter().filter_map(|user| open.get(user)).flatten() {
            socket.watching.forget();
        }
    }

    /// Tells every socket what has changed with those whom it watches.
    pub fn look_round(&self) {
        if !self.doors.stirred.swap(false, SeqCst) {
            return;
        }
        let present = self.present();
        for socket in self.doors.all() {
            let mut watching = socket.watching.state();
            let changed: Vec<_> = watching
                .told
                .iter()
                .map(|(user, told)| (told, PresenceOf { user: *user, presence: how(&present, *user) }))
                .filter_map(|(told, now)| (*told != now.presence).then_some(now))
                .collect();
            if changed.is_empty() {
                continue;
            }
            if tell(&socket, changed.clone()) {
                watching.told.extend(changed.into_iter().map(|now| (now.user, now.presence)));
            } else {
                // It reads too slowly just now: the next heartbeat says it.
                self.doors.stirred.store(true, SeqCst);
            }
        }
    }

    fn present(&self) -> HashMap<UserId, Presence> {
        let idle = |socket: &Arc<SocketQueue>| socket.idle.load(SeqCst);
        let presence = |sockets: &[Arc<SocketQueue>]| if sockets.iter().all(idle) { Presence::Away } else { Presence::Online };
        self.doors.open().iter().map(|(user, sockets)| (*user, presence(sockets))).collect()
    }
}

fn how(present: &HashMap<UserId, Presence>, user: UserId) -> Presence {
    present.get(&user).copied().unwrap_or(Presence::Offline)
}

/// Whether there was room for it.
fn tell(socket: &SocketQueue, people: Vec<PresenceOf>) -> bool {
    text(&ServerFrame::Presence(people)).is_some_and(|text| socket.say(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::config::Faults;
    use hearth_protocol::ids::{Epoch, SessionId};

    #[test]
    fn who_is_back_before_the_heartbeat_was_never_gone_and_a_slow_reader_hears_it_later() {
        let fanout = Fanout::new(Epoch::new(), 0, 2, Faults::default());
        let (alice, bob) = (UserId::new(), UserId::new());
        let open = |user| fanout.open(user, SessionId::new()).unwrap();
        let (mut watching, here) = (open(alice), open(bob));
        let told = |watching: &mut super::super::SocketFrames| {
            let frame = watching.ready().map(|text| serde_json::from_str(text.as_str()).unwrap());
            frame.map(|frame| if let ServerFrame::Presence(people) = frame { people[0].presence } else { panic!("{frame:?}") })
        };
        fanout.watch(watching.queue(), 0, (&[bob], &[]));
        assert_eq!(told(&mut watching), Some(Presence::Online));
        drop(here);
        let back = open(bob);
        fanout.look_round();
        assert_eq!(told(&mut watching), None);
        for idle in [true, false, true, false, true] {
            fanout.set_idle(back.queue(), idle);
            fanout.look_round();
        }
        for expected in [Some(Presence::Away), Some(Presence::Online), None] {
            assert_eq!(told(&mut watching), expected);
        }
        fanout.look_round();
        assert_eq!(told(&mut watching), Some(Presence::Away), "there was no room for it before");
        fanout.unwatch(&[alice]);
        drop(back);
        fanout.look_round();
        fanout.watch(watching.queue(), 0, (&[bob], &[]));
        assert_eq!(told(&mut watching), None, "it was asked before");
    }
}
