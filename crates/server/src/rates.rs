//! How often: per account, per address, per device, per session; and for how much work, per account.

mod cost;

pub(crate) use cost::Cost;

use crate::config::Limits;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _, clock::DefaultClock};
use hearth_protocol::{
    admin::Rate,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, DeviceId, SessionId, UserId},
    limits::TYPING_EVERY_MS,
};
use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

/// As often as clients say it, with some room for those whose clocks run fast.
const SIGNALS: Rate = Rate::new(2, (60_000 / TYPING_EVERY_MS) as u32 + 5);

/// What somebody waits for which no waiting helps.
const NEVER: Duration = Duration::from_secs(60);

/// All the limits of one server.
pub(crate) struct Rates {
    sign_in_accounts: Limiter<String>,
    sign_in_addresses: Limiter<IpAddr>,
    sign_in_devices: Limiter<DeviceId>,
    sign_up_addresses: Limiter<IpAddr>,
    code_accounts: Limiter<String>,
    code_addresses: Limiter<IpAddr>,
    code_devices: Limiter<DeviceId>,
    letters: Limiter<UserId>,
    people_searches: Limiter<UserId>,
    invite_links: Limiter<UserId>,
    pictures: Limiter<UserId>,
    tickets: Limiter<SessionId>,
    signals: Limiter<(SessionId, ConversationId)>,
    costs: Limiter<UserId>,
}

impl Rates {
    pub fn new(limits: &Limits) -> Self {
        Self {
            sign_in_accounts: Limiter::new(limits.sign_in_per_account),
            sign_in_addresses: Limiter::new(limits.sign_in_per_address),
            sign_in_devices: Limiter::new(limits.sign_in_per_device),
            sign_up_addresses: Limiter::new(limits.sign_up_per_address),
            code_accounts: Limiter::new(limits.codes_per_account),
            code_addresses: Limiter::new(limits.codes_per_address),
            code_devices: Limiter::new(limits.codes_per_device),
            letters: Limiter::new(limits.codes_per_account),
            people_searches: Limiter::new(limits.people_search),
            invite_links: Limiter::new(limits.invite_links),
            pictures: Limiter::new(limits.pictures),
            tickets: Limiter::new(limits.tickets),
            signals: Limiter::new(SIGNALS),
            costs: Limiter::new(limits.costs),
        }
    }

    /// A password or a code is tried. `account` is what was typed, whether there is such an account or not.
    pub fn sign_in(&self, account: &str, (address, device): (IpAddr, DeviceId)) -> Result<(), ApiError> {
        self.sign_in_addresses.check(network(address))?;
        self.sign_in_devices.check(device)?;
        self.sign_in_accounts.check(shortened(account))
    }

    /// A code is asked for, in the same way.
    pub fn code(&self, account: &str, (address, device): (IpAddr, DeviceId)) -> Result<(), ApiError> {
        self.code_addresses.check(network(address))?;
        self.code_devices.check(device)?;
        self.code_accounts.check(shortened(account))
    }

    /// A letter is about to go to somebody, whichever of their names it was asked for by.
    pub fn letter(&self, user: UserId) -> Result<(), ApiError> {
        self.letters.check(user)
    }

    pub fn sign_up(&self, address: IpAddr) -> Result<(), ApiError> {
        self.sign_up_addresses.check(network(address))
    }

    /// A provider is asked on somebody's behalf, whoever that is.
    pub fn provider(&self, address: IpAddr) -> Result<(), ApiError> {
        self.sign_in_addresses.check(network(address))
    }

    pub fn search_people(&self, user: UserId) -> Result<(), ApiError> {
        self.people_searches.check(user)
    }

    /// A link into a group is made, looked at or tried.
    pub fn invite_link(&self, user: UserId) -> Result<(), ApiError> {
        self.invite_links.check(user)
    }

    /// A picture is uploaded.
    pub fn picture(&self, user: UserId) -> Result<(), ApiError> {
        self.pictures.check(user)
    }

    pub fn ticket(&self, session: SessionId) -> Result<(), ApiError> {
        self.tickets.check(session)
    }

    /// One person's signals in one conversation.
    pub fn signal(&self, session: SessionId, conversation: ConversationId) -> Result<(), ApiError> {
        self.signals.check((session, conversation))
    }

    /// Somebody wants something that is work. Everything that they want takes from one budget.
    pub fn spend(&self, user: UserId, cost: Cost) -> Result<(), ApiError> {
        self.costs.check_n(user, cost.units())
    }

    /// Takes for rows that were read over those that were asked for, or as much as is left: they are told even so, and what is asked next
    /// waits for them.
    pub fn charge(&self, user: UserId, told: usize, asked: u32) {
        let rows = told.saturating_sub(usize::try_from(asked).unwrap_or(usize::MAX));
        if rows > 0 {
            self.costs.take(user, Cost::Over { rows }.units().get());
        }
    }

    /// Forgets those who have been quiet, so that the tables stay as small as the traffic.
    pub fn forget(&self) {
        self.sign_in_accounts.0.retain_recent();
        self.sign_in_addresses.0.retain_recent();
        self.sign_in_devices.0.retain_recent();
        self.sign_up_addresses.0.retain_recent();
        self.code_accounts.0.retain_recent();
        self.code_addresses.0.retain_recent();
        self.code_devices.0.retain_recent();
        self.letters.0.retain_recent();
        self.people_searches.0.retain_recent();
        self.invite_links.0.retain_recent();
        self.pictures.0.retain_recent();
        self.tickets.0.retain_recent();
        self.signals.0.retain_recent();
        self.costs.0.retain_recent();
    }
}

struct Limiter<K: Clone + Eq + Hash>(DefaultKeyedRateLimiter<K>);

impl<K: Clone + Eq + Hash> Limiter<K> {
    fn new(rate: Rate) -> Self {
        let per_minute = NonZeroU32::new(rate.per_minute).unwrap_or(NonZeroU32::MIN);
        let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
        Self(RateLimiter::keyed(Quota::per_minute(per_minute).allow_burst(burst)))
    }

    fn check(&self, key: K) -> Result<(), ApiError> {
        self.check_n(key, NonZeroU32::MIN)
    }

    /// Takes so many, or all that are left: each try takes what it asks for or nothing.
    fn take(&self, key: K, mut wanted: u32) {
        let mut some = wanted;
        while let Some(n) = NonZeroU32::new(some.min(wanted)) {
            if matches!(self.0.check_key_n(&key, n), Ok(Ok(()))) {
                wanted -= n.get();
            } else {
                some = n.get() / 2;
            }
        }
    }

    fn check_n(&self, key: K, n: NonZeroU32) -> Result<(), ApiError> {
        let wait = match self.0.check_key_n(&key, n) {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(denied)) => denied.wait_time_from(DefaultClock::default().now()),
            // More than there can ever be at once.
            Err(_) => NEVER,
        };
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1);
        let seconds = ms.div_ceil(1_000);
        Err(ApiError::new(ErrorCode::RateLimited, format!("That was too often. Try again in {seconds} seconds.")).retry_after(ms))
    }
}

/// What somebody typed, without being kept at any length.
fn shortened(account: &str) -> String {
    account.chars().take(64).collect()
}

/// One IPv6 customer has a whole /64 to take addresses from.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_neighbour_in_the_same_network_shares_the_limit_and_others_do_not() {
        let rates = Rates::new(&Limits { sign_up_per_address: Rate::new(1, 1), ..Limits::default() });
        rates.sign_up("2001:db8::1".parse().unwrap()).unwrap();
        let error = rates.sign_up("2001:db8::2".parse().unwrap()).unwrap_err();
        assert_eq!(error.code, ErrorCode::RateLimited);
        assert!(error.retry_after_ms.unwrap() <= 60_000);
        rates.sign_up("2001:db8:0:1::1".parse().unwrap()).unwrap();
        rates.sign_up("192.0.2.1".parse().unwrap()).unwrap();
    }

    #[test]
    fn what_was_read_over_takes_all_that_is_left_and_no_more_than_it_costs() {
        let rates = Rates::new(&Limits { costs: Rate::new(1_000, 1), ..Limits::default() });
        let [little, much, other] = [(); 3].map(|()| UserId::new());
        rates.charge(little, 12 * 989, 0);
        rates.spend(little, Cost::Versions).unwrap();
        for (user, rows) in [(much, 12 * 1_500), (little, 12)] {
            rates.charge(user, rows, 0);
            assert_eq!(rates.spend(user, Cost::Versions).unwrap_err().code, ErrorCode::RateLimited);
        }
        rates.spend(other, Cost::Versions).unwrap();
    }
}
